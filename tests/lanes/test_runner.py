"""The lanes as threads: what wakes them, who holds them, how they end."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from pos_app import paths
from pos_app.bootstrap import Shop, enrol_for_port, lanes_of, lanes_status
from pos_app.config import SmsSettings
from pos_app.domain.workflow import Source
from pos_app.lanes import runner
from pos_app.lanes.lane import Down, Lane
from pos_app.lanes.lease import Lease
from pos_app.lanes.runner import Lanes
from pos_app.lanes.sync import sync_once
from pos_app.store import lanes as lane_rows
from pos_app.store import messages
from tests.support.gateway import PASSWORD, USERNAME, Gateway, running
from tests.support.guest_pages import number_at
from tests.support.leaks import LogWatch
from tests.support.processes import Process
from tests.support.shops import open_test_shop, pickup
from tests.support.waiting import until
from tests.tracking.live import live_site


@contextmanager
def started(shop: Shop) -> Iterator[Lanes]:
    lanes = lanes_of(shop)
    lanes.start()
    try:
        until(lambda: lanes.sends, "the lanes to start")
        yield lanes
    finally:
        lanes.stop()


def quick_rules(shop: Shop) -> None:
    """Texts without grace, for lanes on the real clock."""
    with shop.database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE rule_versions SET document ="
            " replace(replace(document, '\"grace_s\":30', '\"grace_s\":0'),"
            " '\"grace_s\":10', '\"grace_s\":0')"
        )


def text_states(shop: Shop, order_id: int) -> list[str]:
    with shop.database.read() as connection:
        return [m.state for m in messages.of_orders(connection, [order_id])[order_id]]


def test_a_bump_reaches_the_page_and_a_guests_act_the_board_by_themselves(tmp_path: Path) -> None:
    data = tmp_path / "shop"
    with open_test_shop(data) as shop, live_site(paths.site_file(data)) as site:
        enrol_for_port(shop, site.settings.port)
        with started(shop) as lanes:
            order = shop.desk.place(pickup(shop)).order
            url = shop.desk.tracking_url(order.id)
            assert url is not None
            until(lambda: number_at(url) == order.number, "the page")
            assert httpx.post(f"{url}/arrived", timeout=10).status_code == 303

            def arrived() -> bool:
                card = shop.desk.order(order.id)
                return card is not None and card.order.arrived_at is not None

            until(arrived, "the guest on the board", 5)
            begun = time.monotonic()
            lanes.stop()
            assert time.monotonic() - begun < 2, "a long poll must not hold up the end"


def test_texts_leave_by_themselves(tmp_path: Path) -> None:
    gateway = Gateway()
    with running(gateway) as url, open_test_shop(tmp_path / "shop", practice=False) as shop:
        shop.desk.set_sms(SmsSettings("smsgate", url, USERNAME, lan=True), PASSWORD)
        quick_rules(shop)
        with started(shop):
            order = shop.desk.place(pickup(shop, source=Source.PHONE)).order
            gateway.wait_for_texts(1)
            until(lambda: text_states(shop, order.id) == ["sent"], "the record")


def test_a_gateway_that_is_set_up_later_gets_what_waits(tmp_path: Path) -> None:
    gateway = Gateway()
    gateway.always = "reset"
    with running(gateway) as url, open_test_shop(tmp_path / "shop", practice=False) as shop:
        shop.desk.set_sms(SmsSettings("smsgate", url, USERNAME, lan=True), PASSWORD)
        quick_rules(shop)
        with started(shop):
            shop.desk.place(pickup(shop, source=Source.PHONE))
            until(lambda: "SMS phone" in lanes_status(shop, "en").sentence, "the sentence")
            gateway.always = ""
            shop.desk.set_sms(SmsSettings("smsgate", url, USERNAME, lan=True), PASSWORD)
            gateway.wait_for_texts(1)
            until(lambda: lanes_status(shop, "en").sentence == "", "all to be well")


def test_the_end_does_not_wait_for_a_silent_gateway_and_the_text_is_sent_later(
    tmp_path: Path,
) -> None:
    gateway = Gateway()
    gateway.plan.append("take-silent")
    with running(gateway) as url, open_test_shop(tmp_path / "shop", practice=False) as shop:
        shop.desk.set_sms(SmsSettings("smsgate", url, USERNAME, lan=True), PASSWORD)
        quick_rules(shop)
        with started(shop) as lanes:
            order = shop.desk.place(pickup(shop, source=Source.PHONE)).order
            gateway.wait_for_requests(1)
            begun = time.monotonic()
            lanes.stop()
            assert time.monotonic() - begun < 2
        assert text_states(shop, order.id) == ["sending"]
        assert sync_once(shop).sent == 1, "taken over while in flight"
        assert len(gateway.taken) == 1
        assert gateway.duplicates.total() == 1


def test_one_round_says_that_another_process_has_the_lanes(tmp_path: Path) -> None:
    with open_test_shop(tmp_path / "shop") as shop:
        with started(shop):
            assert sync_once(shop).held_elsewhere
            until(lambda: sync_once(shop).printed_elsewhere, "the printers to be taken")
        assert not sync_once(shop).held_elsewhere


HOLDER = """
import sys
from pathlib import Path
from pos_app.bootstrap import open_shop
from pos_app.lanes.runner import Lanes
shop = open_shop(Path(sys.argv[1]))
shop.watch.start()
lanes = Lanes(shop)
lanes.start()
while not lanes.sends:
    pass
print("holds", flush=True)
sys.stdin.readline()
lanes.stop()
shop.close()
"""


def test_two_processes_and_one_sender_until_it_dies(tmp_path: Path) -> None:
    gateway = Gateway()
    data = tmp_path / "shop"
    with running(gateway) as url, open_test_shop(data, practice=False) as shop:
        shop.desk.set_sms(SmsSettings("smsgate", url, USERNAME, lan=True), PASSWORD)
        quick_rules(shop)
        with Process([sys.executable, "-c", HOLDER, str(data)], name="holder") as holder:
            holder.line("holds")
            lanes = lanes_of(shop)
            lanes.start()
            try:
                for _ in range(3):
                    shop.desk.place(pickup(shop, source=Source.PHONE))
                gateway.wait_for_texts(3)
                assert not lanes.sends
                assert len(set(gateway.ids())) == 3
                assert gateway.duplicates.total() == 0
                gateway.plan.append("take-silent")
                order = shop.desk.place(pickup(shop, source=Source.PHONE)).order
                gateway.wait_for_texts(4)
                holder.kill()
                begun = time.monotonic()
                until(lambda: lanes.sends, "the other window to take over")
                assert time.monotonic() - begun < 2
                until(lambda: text_states(shop, order.id) == ["sent"], "the text in flight")
                assert len(gateway.taken) == 4
                assert gateway.duplicates.total() == 1
            finally:
                lanes.stop()


STANDBY = """
import sys
from pathlib import Path
from pos_app.bootstrap import open_shop
from pos_app.lanes import runner
runner.READY_AFTER_S = 0.0
shop = open_shop(Path(sys.argv[1]))
lanes = runner.Lanes(shop)
lanes.start()
print("stands by", flush=True)
for name in sys.stdin:
    print(name.strip() in sys.modules, flush=True)
lanes.stop()
shop.close()
"""


def test_a_window_that_does_not_send_has_read_in_what_it_would_need(tmp_path: Path) -> None:
    data = tmp_path / "shop"
    with open_test_shop(data, practice=False) as shop:
        shop.desk.set_sms(
            SmsSettings("smsgate", "http://127.0.0.1:9", USERNAME, lan=True), PASSWORD
        )
        with started(shop), Process([sys.executable, "-c", STANDBY, str(data)]) as standby:
            standby.line("stands by")

            def knows(module: str) -> bool:
                standby.tell(module)
                return standby.line("") == "True"

            until(lambda: knows("pos_app.channels.smsgate"), "the gateway's part to be read in")
            assert knows("pos_app.desk.rules_desk")
            assert standby.stop_by_input() == 0


def test_a_window_that_could_not_read_in_takes_over_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected_log: LogWatch
) -> None:
    expected_log.expect("lane readiness failed: ZeroDivisionError")
    tried = threading.Event()

    def fail(_shop: Shop) -> None:
        tried.set()
        raise ZeroDivisionError

    monkeypatch.setattr(runner, "READY_AFTER_S", 0.0)
    monkeypatch.setattr(runner, "get_ready", fail)
    data = tmp_path / "shop"
    with open_test_shop(data) as first, open_test_shop(data) as second:
        with started(first):
            standby = lanes_of(second)
            standby.start()
            assert tried.wait(10)
        try:
            until(lambda: standby.sends, "the other window to take over")
        finally:
            standby.stop()


def test_a_new_holder_has_a_higher_fence(tmp_path: Path) -> None:
    with open_test_shop(tmp_path / "shop") as shop:
        first, second = Lease(shop), Lease(shop)
        assert first.take()
        assert not second.take()
        before = first.fence
        first.release()
        assert second.take()
        assert second.fence == before + 1
        with shop.database.write() as connection:
            assert not lane_rows.beat(connection, before, shop.clock.now())
        second.release()


class Stumbling:
    """A worker that fails once in each way."""

    def __init__(self) -> None:
        self.ways: list[Exception] = [Down("timeout", 0.0), RuntimeError("secret +380671234567")]
        self.worked = threading.Event()
        self.closed = False

    def work(self) -> float | None:
        if self.ways:
            raise self.ways.pop(0)
        self.worked.set()
        return None

    def stop(self) -> None:
        """Nothing runs."""

    def close(self) -> None:
        self.closed = True


class Noted:
    """Remembers what lanes say."""

    def __init__(self) -> None:
        self.codes: list[str] = []

    def note(self, lane: str, code: str) -> None:
        self.codes.append(code)


def test_a_lane_survives_its_own_bugs_and_says_what_it_met(
    expected_log: LogWatch,
) -> None:
    expected_log.expect(r"lane odd failed: RuntimeError")
    worker, noted = Stumbling(), Noted()
    lane = Lane("odd", worker, noted, cap_s=0.05)
    lane.start()
    assert worker.worked.wait(5)
    lane.ask_to_stop()
    lane.join()
    assert noted.codes[:3] == ["timeout", "bug", ""]
    assert worker.closed
    assert not any("380671234567" in r.getMessage() for r in expected_log.records)
