"""Between the till and its page: what guests do there arrives, and no word of theirs is there."""

from __future__ import annotations

import logging
from pathlib import Path

import httpx
import pytest

from pos_app import paths
from pos_app.clock import HOUR_MS, Instant
from pos_app.config import Stop
from pos_app.domain.order import Address, Customer, Draft, Order, PaymentDraft
from pos_app.domain.staff import Role
from pos_app.domain.workflow import Fulfilment, Source
from tests.lanes.served import Served
from tests.support.shops import line

MARKER = "Mrkr"


def url(here: Served, order: Order, scope: str = "paper") -> str:
    found = here.shop.desk.tracking_url(order.id, scope)
    assert found is not None
    return found


def tap(here: Served, order: Order, form: str, scope: str = "paper", **data: str) -> None:
    answer = httpx.post(f"{url(here, order, scope)}/{form}", data=data, timeout=10)
    assert answer.status_code == 303
    here.pull.work()
    here.push.work()


def test_a_wish_to_cancel_and_its_answer_go_there_and_back(here: Served) -> None:
    order = here.place()
    here.push.work()
    tap(here, order, "cancel")
    card = here.shop.desk.order(order.id)
    assert card is not None
    assert card.order.cancel_asked_at == here.clock.now()
    assert "You asked to cancel. The shop decides." in here.page(order)
    here.shop.desk.decline_cancel(order.id)
    here.push.work()
    assert "It stays: the shop is already cooking it." in here.page(order)


def test_stopped_texts_are_stopped_at_the_till(here: Served) -> None:
    order = here.place()
    here.push.work()
    tap(here, order, "stop")
    card = here.shop.desk.order(order.id)
    assert card is not None
    assert card.order.texts_stopped_at is None, "the receipt's link may have been found"
    tap(here, order, "stop", "personal")
    card = here.shop.desk.order(order.id)
    assert card is not None
    assert card.order.texts_stopped_at == here.clock.now()
    assert "Texts about this order are stopped." in here.page(order)


def test_a_rating_reaches_the_till(here: Served) -> None:
    order = here.place()
    for _ in range(3):
        here.shop.desk.bump(order.id)
    here.push.work()
    tap(here, order, "rate", stars="5")
    assert here.shop.desk.timeline(order.id)[-1].payload["stars"] == 5
    assert "Thank you for rating: 5 of 5." in here.page(order)


def test_an_order_brought_back_owns_up_on_its_page(here: Served) -> None:
    order = here.place()
    for _ in range(2):
        here.shop.desk.bump(order.id)
    here.shop.desk.recall(order.id)
    here.push.work()
    assert "It was called ready too early." in here.page(order)


def test_what_is_stopped_reaches_the_page_and_ends_there_by_itself(here: Served) -> None:
    order = here.place()
    until = Instant(here.clock.now() + HOUR_MS)
    here.shop.desk.evening.stop(Stop(deliveries_until=until))
    here.push.work()
    assert "New deliveries are stopped until 22:00." in here.page(order)
    here.clock.advance(HOUR_MS)
    assert "stopped until" not in here.page(order)


def marked(shop_word: str) -> str:
    return f"{MARKER}-{shop_word}"


def test_no_free_text_is_anywhere_on_the_site(
    here: Served, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    desk = here.shop.desk
    desk.staff.add(marked("staff"), Role.MANAGER, pin="4711")
    draft = Draft(
        Fulfilment.DELIVERY,
        (line(here.shop, "Margherita", 2, note=marked("line")), line(here.shop, "Tiramisu")),
        source=Source.PHONE,
        customer=Customer(marked("name"), "+380671234567", "uk", order_texts=True),
        payment=PaymentDraft("cash", paid=False, change_from=100_000),
        tags=(marked("tag"),),
        allergy=marked("allergy"),
        note=marked("note"),
        address=Address(
            marked("street"), marked("entrance"), marked("floor"), marked("code"), marked("way")
        ),
        table=marked("table"),
    )
    order = desk.place(draft).order
    bodies = [_everything_the_guest_can_read(here, order)]
    tap(here, order, "cancel")
    desk.decline_cancel(order.id)
    desk.kitchen.hold(order.id)
    desk.kitchen.hold(order.id, on=False)
    desk.kitchen.rush(order.id)
    desk.kitchen.change_allergy(order.id, marked("newallergy"))
    desk.kitchen.change_note(order.id, marked("newnote"))
    desk.kitchen.ask_counter(order.id, marked("question"))
    bodies.append(_everything_the_guest_can_read(here, order))
    desk.kitchen.answer(order.id, marked("reply"))
    desk.kitchen.make_again(order.id, order.lines[0].id, marked("reason"))
    bodies.append(_everything_the_guest_can_read(here, order))
    tap(here, order, "stop", "personal")
    desk.cancel(order.id, marked("cancelled"))
    bodies.append(_everything_the_guest_can_read(here, order))
    bodies += [file.read_bytes() for file in _site_files(here)]
    bodies.append(caplog.text.encode())
    assert b"Margherita" in b"".join(bodies), "what may be read is there"
    assert MARKER.encode() in _till_files(here), "the till has the words"
    for body in bodies:
        assert MARKER.encode() not in body
        assert b"67123" not in body


def _everything_the_guest_can_read(here: Served, order: Order) -> bytes:
    """Both links in both languages, with the first event of each stream."""
    here.push.work()
    read = b""
    for scope in ("paper", "personal"):
        for language in ("en", "uk"):
            address = f"{url(here, order, scope)}"
            read += httpx.get(f"{address}?lang={language}", timeout=10).content
            with httpx.stream("GET", f"{address}/events?lang={language}", timeout=10) as events:
                read += next(events.iter_bytes())
    return read


def _site_files(here: Served) -> list[Path]:
    file = paths.site_file(here.shop.data)
    found = [*file.parent.glob(f"{file.name}*"), *file.parent.glob("logs/*")]
    assert len(found) >= 3, "database, write-ahead log and key"
    return [path for path in found if path.is_file()]


def _till_files(here: Served) -> bytes:
    files = here.shop.data.glob("store.sqlite*")
    return b"".join(file.read_bytes() for file in files)
