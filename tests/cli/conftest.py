"""A practice shop with the sample menu, made once and copied for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.till import Till, call
from tests.support.shops import copied_shop


@pytest.fixture(scope="session")
def practice_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("practice") / "shop"
    said = call("init", "--practice", "--name", "Trattoria", "--data", str(data))
    assert said.code == 0, said
    return data


@pytest.fixture
def till(practice_shop: Path, tmp_path: Path) -> Till:
    copied_shop(practice_shop, tmp_path / "shop")
    return Till(tmp_path / "shop")
