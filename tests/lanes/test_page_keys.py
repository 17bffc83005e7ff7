"""The keys that a page needs to ask a browser: there only where pushes can be sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from pos_app import keys
from pos_app.lanes.page_keys import NONE, page_keys
from pos_app.store.sites import Site
from tests.lanes.pushing import Pushing, pushing, turn_on
from tests.support.shops import open_test_shop


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Pushing]:
    with pushing(tmp_path / "trattoria") as found:
        yield found


def test_the_page_learns_the_keys_and_loses_them_with_the_way_out(here: Pushing) -> None:
    profile = here.profile()
    assert (len(profile.push_key), len(profile.box_key)) == (87, 43)
    order = here.place()
    here.ask(order, here.guests[0])
    turn_on(here.shop)
    here.push.work()
    assert here.profile().push_key == profile.push_key, "set up anew it keeps its key"
    here.shop.desk.channels.remove("push")
    here.push.work()
    assert (here.profile().push_key, here.profile().box_key) == ("", "")
    assert here.contacts(order) == [], "nothing arrives under a key that is gone"


def site_at(origin: str, mode: str) -> Site:
    return Site("site", mode, origin, "shop", "till", 17, 1, 1, 0, 0, 0, None)


def test_a_page_over_plain_http_is_told_no_keys(tmp_path: Path) -> None:
    with open_test_shop(tmp_path / "shop", practice=False) as shop:
        turn_on(shop)
        network = site_at("http://192.168.1.20:8123", "shop_network")
        assert page_keys(shop, shop.desk.setup(), network) == NONE
        assert page_keys(shop, shop.desk.setup(), site_at("https://t.example.ua", "hosted")).push


def test_pages_go_on_when_the_push_key_cannot_be_opened(here: Pushing) -> None:
    here.shop.keys.put(keys.STORE, bytes(32))
    here.shop.desk.channels.set_price("push", 1)
    order = here.place()
    assert here.profile().push_key == ""
    assert httpx.get(here.url(order), timeout=10).status_code == 200


def test_practice_offers_nobody_to_be_told(tmp_path: Path) -> None:
    with open_test_shop(tmp_path / "shop", practice=True) as shop:
        turn_on(shop)
        hosted = site_at("https://t.example.ua", "hosted")
        assert page_keys(shop, shop.desk.setup(), hosted) == NONE
