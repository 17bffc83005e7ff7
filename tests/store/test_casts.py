"""A cast shop is the one that `init_shop` would have made there."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pos_app import paths
from pos_app.bootstrap import init_shop, open_shop
from pos_app.clock import VirtualClock
from pos_app.config import ShopSettings
from tests.support.casts import cast_shop
from tests.support.shops import EVENING

SHOP = ShopSettings(name="Roma", zone="Europe/London", language="uk")
_UID = re.compile(r"'[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}'")


def _said(data: Path) -> list[str]:
    """Everything in the store; an id, which is new each time, is named by its place."""
    seen: dict[str, str] = {}
    with closing(sqlite3.connect(paths.store_file(data))) as connection:
        pragmas = ("user_version", "application_id", "journal_mode", "page_size", "auto_vacuum")
        facts = [f"{name} {connection.execute(f'PRAGMA {name}').fetchone()}" for name in pragmas]
        lines = list(connection.iterdump())
    named = [
        _UID.sub(lambda found: seen.setdefault(found[0], f"<{len(seen)}>"), line) for line in lines
    ]
    return facts + named


def _files(data: Path) -> dict[str, int]:
    """The folder and what lies in it, with who may read it."""
    return {path.relative_to(data).name: path.stat().st_mode for path in (data, *data.iterdir())}


@pytest.mark.parametrize("practice", [False, True])
@pytest.mark.parametrize("sample_menu", [False, True])
def test_a_cast_shop_is_the_one_that_was_made(
    tmp_path: Path, practice: bool, sample_menu: bool
) -> None:
    made, cast = tmp_path / "made", tmp_path / "cast"
    for make, data in ((init_shop, made), (cast_shop, cast)):
        make(data, SHOP, practice=practice, sample_menu=sample_menu, clock=VirtualClock(EVENING))
    assert _files(cast) == _files(made)
    assert _said(cast) == _said(made)


def test_two_casts_are_two_shops(tmp_path: Path) -> None:
    ids = []
    for name in ("one", "other"):
        cast_shop(tmp_path / name, SHOP)
        shop = open_shop(tmp_path / name)
        ids.append(shop.identity.store_id)
        assert shop.identity.epoch == 1
        shop.close()
    assert ids[0] != ids[1]


def test_a_cast_never_goes_over_a_shop(tmp_path: Path) -> None:
    cast_shop(tmp_path / "shop", SHOP)
    with pytest.raises(AssertionError, match="there is a shop"):
        cast_shop(tmp_path / "shop", SHOP)
