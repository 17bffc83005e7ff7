"""A till with its window on a folder of its own; closed when the test ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pos_app.bootstrap import init_shop
from pos_app.domain.staff import Rights
from tests.support.shops import copied_shop
from tests.support.window import SHOP, Till
from ui import rights
from ui.words import set_language

PAGE_PORT = 18_123


@pytest.fixture(autouse=True)
def nobody_stands_here() -> Iterator[None]:
    """Language and rights belong to the whole process: each test begins with the first ones."""
    yield
    rights.take(Rights())
    set_language("en")


@pytest.fixture(scope="session")
def stores(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    """A fresh shop and a fresh practice shop, made once: making one takes most of a second."""
    made = {}
    for practice in (False, True):
        made[practice] = tmp_path_factory.mktemp("fresh") / "shop"
        init_shop(made[practice], SHOP, practice=practice)
    return made


@pytest.fixture
def open_till(
    qapp: QApplication, tmp_path: Path, stores: dict[bool, Path]
) -> Iterator[Callable[..., Till]]:
    """Opens tills; `open_till(practice=True, port=None, …)` as `Till` takes it."""
    opened: list[Till] = []

    def open_one(**wanted: object) -> Till:
        data = tmp_path / "shop"
        if not data.exists() and "shop" not in wanted:
            copied_shop(stores[bool(wanted.get("practice"))], data)
        wanted.setdefault("data", data)
        till = Till(**wanted)  # type: ignore[arg-type]
        opened.append(till)
        return till

    yield open_one
    for till in reversed(opened):
        till.close()
    set_language("en")


@pytest.fixture
def till(open_till: Callable[..., Till]) -> Till:
    """A shop whose page has an address (nobody serves it here)."""
    return open_till(port=PAGE_PORT)
