"""The running program has a lane for each channel that is set up, and none for the others."""

from __future__ import annotations

from pathlib import Path

from pos_app.bootstrap import add_channel
from pos_app.lanes.runner import Lanes
from tests.lanes.ways import BLIND, way_to
from tests.support import any_gateway
from tests.support.any_gateway import AnyGateway
from tests.support.providers import running
from tests.support.shops import open_test_shop, pickup
from tests.support.waiting import until


def channels(lanes: Lanes) -> set[str]:
    return {name for name in lanes._senders if name == "sms" or name.startswith("channel:")}


def test_lanes_follow_the_ways_out(tmp_path: Path) -> None:
    sms, mail = AnyGateway(), AnyGateway()
    with (
        running(sms) as sms_url,
        running(mail) as mail_url,
        open_test_shop(tmp_path / "shop", practice=False) as shop,
    ):
        lanes = Lanes(shop)
        lanes.start()
        try:
            until(lambda: lanes.sends, "the lanes to begin")
            assert channels(lanes) == set()
            add_channel(shop, way_to(BLIND, "sms", sms_url, 0), any_gateway.SECRET)
            add_channel(shop, way_to(BLIND, "mail", mail_url, 0), any_gateway.SECRET)
            until(lambda: channels(lanes) == {"sms", "channel:mail"}, "a lane per channel")
            order = shop.desk.place(pickup(shop)).order
            shop.desk.bump(order.id)
            shop.desk.bump(order.id)
            shop.desk.channels.remove("http-mail")
            until(lambda: channels(lanes) == {"sms"}, "the lane of a removed way to end")
        finally:
            lanes.stop()


def test_practice_records_on_every_channel(tmp_path: Path) -> None:
    with open_test_shop(tmp_path / "shop") as shop:
        lanes = Lanes(shop)
        lanes.start()
        try:
            until(lambda: len(channels(lanes)) == 5, "a lane per channel")
        finally:
            lanes.stop()
