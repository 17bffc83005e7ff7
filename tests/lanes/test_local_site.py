"""The page served by this computer itself."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from pos_app.bootstrap import enrol_for_port, local_site
from pos_app.errors import Unavailable
from pos_app.lanes.sync import sync_once
from pos_app.store import sites
from tests.support.guest_pages import number_at
from tests.support.leaks import LogWatch
from tests.support.ports import free_port
from tests.support.shops import open_test_shop, pickup
from tests.support.waiting import until
from tests.tracking.live import live_site


def test_the_page_of_this_computer_is_served_restarted_and_ended(
    tmp_path: Path, expected_log: LogWatch
) -> None:
    expected_log.expect("started again")
    with open_test_shop(tmp_path / "shop") as shop:
        served = local_site(shop, port=free_port())
        served.start()
        try:
            order = shop.desk.place(pickup(shop)).order
            assert sync_once(shop).problems == ()
            url = shop.desk.tracking_url(order.id)
            assert url is not None
            assert url.startswith(served.origin)
            assert number_at(url) == order.number
            child = served._child
            assert child is not None
            child.kill()
            until(lambda: number_at(url) == order.number, "the page to be back", 20)
        finally:
            served.stop()
        with pytest.raises(httpx.HTTPError):
            httpx.get(url, timeout=5)


def test_a_second_window_uses_the_page_of_the_first(tmp_path: Path) -> None:
    with open_test_shop(tmp_path / "shop") as shop, open_test_shop(tmp_path / "shop") as same:
        port = free_port()
        first, second = local_site(shop, port=port), local_site(same, port=port)
        first.start()
        try:
            second.start()
            assert second._child is None
        finally:
            second.stop()
            first.stop()


def test_a_port_of_another_shops_page_is_refused(tmp_path: Path) -> None:
    with (
        live_site(tmp_path / "other" / "site.sqlite") as other,
        open_test_shop(tmp_path / "shop") as shop,
    ):
        served = local_site(shop, port=other.settings.port)
        with pytest.raises(Unavailable, match="could not be started"):
            served.start()
        served.stop()


def test_enrolling_twice_changes_nothing(tmp_path: Path) -> None:
    with open_test_shop(tmp_path / "shop") as shop:
        port = free_port()
        assert enrol_for_port(shop, port) == f"http://127.0.0.1:{port}"
        revision = shop.desk.setup().revision
        enrol_for_port(shop, port)
        assert shop.desk.setup().revision == revision
        with shop.database.read() as connection:
            site = sites.active(connection)
        assert site is not None
        assert (site.kid, site.mode) == (0, "loopback")
