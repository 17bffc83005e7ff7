"""Pages follow the board, and what guests do there comes back: against a real site."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from pos_app import paths
from pos_app.clock import VirtualClock
from pos_app.domain.workflow import Source
from pos_app.lanes.enrolment import LOOPBACK, use_local_site
from pos_app.lanes.lane import Down
from pos_app.lanes.push import PushWorker
from pos_app.lanes.site_client import SiteClient
from pos_app.lanes.state import PUSH, LaneStates, status
from pos_app.lanes.sync import sync_once
from pos_app.store import sites
from pos_app.tracking.enrolment import enrol_local
from pos_app.wire.envelopes import encode, seal
from pos_app.wire.snapshots import Action
from tests.lanes.rounds import evening
from tests.lanes.served import Served, served
from tests.support.guest_pages import number_at
from tests.support.leaks import LogWatch
from tests.support.shops import EVENING, open_test_shop
from tests.tracking.live import live_site


def test_a_placed_order_is_on_its_page_and_follows_each_bump(here: Served) -> None:
    order = here.place()
    assert "not reported" in here.page(order)
    here.push.work()
    assert order.number in here.page(order)
    assert here.waiting() == 0
    before = here.page(order)
    here.shop.desk.bump(order.id)
    here.push.work()
    assert here.page(order) != before


def test_a_backlog_is_one_row_per_order_and_the_page_is_right_in_the_end(here: Served) -> None:
    placed = [here.place() for _ in range(5)]
    for order in placed:
        here.shop.desk.bump(order.id)
        here.shop.desk.bump(order.id)
    assert here.waiting() == 5
    here.push.work()
    assert here.push.pushed == 5
    assert here.waiting() == 0
    assert here.active().push_seq == 2, "one request, and the number kept for the next"


def test_a_change_while_the_push_is_under_way_is_pushed_after_it(
    here: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = here.place()
    send = SiteClient.push
    bumped: list[int] = []

    def bump_first(self: SiteClient, body: bytes) -> object:
        if not bumped:
            bumped.append(here.shop.desk.bump(order.id).order.id)
        return send(self, body)

    monkeypatch.setattr(SiteClient, "push", bump_first)
    here.push.work()
    assert here.push.pushed == 2
    assert here.waiting() == 0


def test_many_orders_go_in_several_requests(here: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pos_app.lanes.push.BATCH", 3)
    placed = [here.place() for _ in range(7)]
    here.push.work()
    assert here.push.pushed == 7
    assert all(order.number in here.page(order) for order in placed)


def test_the_shops_new_name_reaches_the_page_without_an_order(here: Served) -> None:
    from dataclasses import replace

    order = here.place()
    here.push.work()
    shop = here.shop.desk.setup().settings.shop
    here.shop.desk.change_shop(replace(shop, name="Osteria Nova"))
    here.push.work()
    assert "Osteria Nova" in here.page(order)


def test_a_sold_out_dish_tells_the_site_nothing(here: Served) -> None:
    here.place()
    here.push.work()
    pushed_as = here.active().push_seq
    here.shop.desk.mark_sold_out(here.shop.desk.setup().menu.dishes[0].id, True)
    here.push.work()
    assert here.active().push_seq == pushed_as


def test_the_same_bytes_come_again_after_an_answer_that_got_lost(
    here: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.place()
    send = SiteClient.push
    sent: list[bytes] = []

    def lost_once(self: SiteClient, body: bytes) -> object:
        sent.append(body)
        answer = send(self, body)
        if len(sent) == 1:
            raise Down("reset")
        return answer

    monkeypatch.setattr(SiteClient, "push", lost_once)
    with pytest.raises(Down):
        here.push.work()
    here.push.work()
    assert sent[0] == sent[1]
    assert here.waiting() == 0


def test_a_site_that_lost_its_data_gets_everything_again(tmp_path: Path) -> None:
    data, clock = tmp_path / "shop", VirtualClock(EVENING)
    with served(data, clock=clock) as here:
        order = here.place()
        here.push.work()
        [other] = [here.place()]
        origin = here.site.origin
        port = here.site.settings.port
    for file in data.glob("site.sqlite*"):
        file.unlink()
    with (
        open_test_shop(data, clock=clock) as shop,
        live_site(paths.site_file(data), clock, origin=origin, port=port) as site,
    ):
        use_local_site(shop, site.origin, LOOPBACK, enrol_local)
        report = sync_once(shop)
        assert report.problems == ()
        assert report.pushed == 2
        for placed in (order, other):
            url = shop.desk.tracking_url(placed.id)
            assert url is not None
            assert number_at(url) == placed.number


def test_a_site_without_our_profile_gets_every_page_again(here: Served) -> None:
    order = here.place()
    here.push.work()
    with closing(sqlite3.connect(here.site.settings.database, isolation_level=None)) as site:
        site.execute("DELETE FROM profiles")
        here.shop.desk.bump(order.id)
        here.place()
        here.push.work()
        assert site.execute("SELECT count(*) FROM profiles").fetchone() == (1,)
    assert here.push.pushed == 1 + 2 + 2
    assert here.waiting() == 0


def test_the_guest_who_is_here_is_on_the_board_once(here: Served) -> None:
    order = here.place()
    here.push.work()
    url = here.shop.desk.tracking_url(order.id)
    assert url is not None
    httpx.post(f"{url}/arrived", timeout=10)
    here.pull.work()
    assert here.pull.applied == 1
    card = here.shop.desk.order(order.id)
    assert card is not None
    assert card.order.arrived_at == here.clock.now()
    assert here.active().action_cursor > 0
    here.pull.work()
    assert here.pull.applied == 1


def test_an_act_that_comes_again_after_a_crash_changes_nothing(here: Served) -> None:
    order = here.place()
    action = Action("a" * 36, 4, "arrived", order.uid, here.clock.now())
    assert here.shop.desk.apply_action(action) == "applied"
    here.clock.advance(60_000)
    assert here.shop.desk.apply_action(action) == "applied"
    kinds = [entry.kind for entry in here.shop.desk.timeline(order.id)]
    assert kinds.count("guest_arrived") == 1
    assert here.active().action_cursor == 4


def test_an_act_of_a_newer_site_is_recorded_and_passed_over(here: Served) -> None:
    order = here.place()
    here.push.work()
    here.shop.desk.skip_action("b" * 36, "rated_v9")
    known = Action("c" * 36, 9, "note_changed", order.uid, here.clock.now())
    assert here.shop.desk.apply_action(known) == "unsupported"
    assert here.active().action_cursor == 9


def test_a_till_whose_clock_is_wrong_still_pushes_and_says_so(tmp_path: Path) -> None:
    ahead = VirtualClock(EVENING)
    ahead.advance(20 * 60_000)
    with served(tmp_path / "shop", site_clock=ahead) as here:
        order = here.place()
        here.push.work()
        assert here.waiting() == 0
        assert order.number in here.page(order)
        said = status(here.shop, "en").sentence
        assert said == "The clock of this computer is wrong. Set it."


def test_a_copied_store_is_said_plainly(here: Served) -> None:
    here.place()
    here.push.work()
    with here.shop.database.write() as connection:
        sites.change(connection, here.active().site_id, push_seq=0)
    copy = PushWorker(here.shop, LaneStates(here.shop))
    here.place()
    try:
        with pytest.raises(Down) as down:
            copy.work()
    finally:
        copy.close()
    assert down.value.code == "fork"
    LaneStates(here.shop).note(PUSH, down.value.code)
    assert "copy of this shop" in status(here.shop, "en").sentence


def test_a_site_that_is_off_waits_and_the_page_is_right_afterwards(tmp_path: Path) -> None:
    data, clock = tmp_path / "shop", VirtualClock(EVENING)
    with served(data, clock=clock) as here:
        order = here.place()
        here.push.work()
        origin, port = here.site.origin, here.site.settings.port
    with open_test_shop(data, clock=clock) as shop:
        for _ in range(2):
            shop.desk.bump(order.id)
        report = sync_once(shop)
        assert {problem.code for problem in report.problems} == {"unreachable"}
        said = status(shop, "en").sentence
        assert said == "The page has not heard from us since 21:00; 1 change waits."
        with live_site(paths.site_file(data), clock, origin=origin, port=port):
            assert sync_once(shop).problems == ()
            assert status(shop, "en").sentence == ""
            url = shop.desk.tracking_url(order.id)
            assert url is not None
            assert "Ready" in httpx.get(f"{url}?lang=en", timeout=10).text


def test_the_accepted_text_carries_the_guests_own_link(tmp_path: Path) -> None:
    with (
        evening(tmp_path / "shop") as tonight,
        live_site(paths.site_file(tonight.shop.data), tonight.clock) as site,
    ):
        use_local_site(tonight.shop, site.origin, LOOPBACK, enrol_local)
        order = tonight.place(source=Source.PHONE)
        tonight.pass_time(11)
        tonight.send()
        [said] = tonight.gateway.texts()
        personal = tonight.shop.desk.tracking_url(order.id, "personal")
        assert personal is not None
        assert said.endswith(personal)
        assert personal != tonight.shop.desk.tracking_url(order.id)


def test_nothing_of_a_guest_is_in_what_is_pushed(
    here: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    bodies: list[bytes] = []
    send = SiteClient.push

    def noted(self: SiteClient, body: bytes) -> object:
        bodies.append(body)
        return send(self, body)

    monkeypatch.setattr(SiteClient, "push", noted)
    here.place()
    here.push.work()
    [body] = bodies
    for secret in (b"Iryna", b"380671234567", b"price", b"note"):
        assert secret not in body
    assert encode(seal("x", "order", Action("a", 1, "arrived", "u", 0)))


def test_an_item_that_the_site_refuses_does_not_stop_the_others(
    here: Served, monkeypatch: pytest.MonkeyPatch, expected_log: LogWatch
) -> None:
    first, second = here.place(), here.place()
    with here.shop.database.write() as connection:
        connection.exec_driver_sql(
            'UPDATE lines SET names = \'{"not a language": "x"}\' WHERE order_id = ?', (first.id,)
        )
    expected_log.expect("the site answered invalid")
    here.push.work()
    assert here.waiting() == 0
    assert second.number in here.page(second)
