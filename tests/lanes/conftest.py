"""A shop on a virtual evening, and its gateway phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lanes.rounds import Evening, evening
from tests.lanes.served import Served, served


@pytest.fixture
def tonight(tmp_path: Path) -> Iterator[Evening]:
    with evening(tmp_path / "shop") as found:
        yield found


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path / "shop") as found:
        yield found
