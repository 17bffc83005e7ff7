"""A delivery's slip from the till to the phone: its address, what is sealed, what the site sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pos_app.bootstrap import enrol_for_port
from pos_app.desk.pages import SLIP
from pos_app.domain.order import Address, Customer, PaymentDraft
from pos_app.store import links
from pos_app.wire import tokens
from tests.lanes.paired import Paired, paired
from tests.support.shops import delivery, line, open_test_shop, pickup
from tests.tracking.slips import forms

MARKERS = (
    "Zzyzx Nybbledy",
    "Kvitka-Osnovianenko",
    "380671119977",
    "hundedecken-left",
    "Quux-42-Quux-42",
    "frobnicated-bell",
)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Paired]:
    with paired(tmp_path) as found:
        yield found
        assert found.shop.desk.check().problems == ()


def test_a_delivery_on_a_hosted_site_has_a_slip_with_its_own_token_and_key(here: Paired) -> None:
    one, other = here.place(), here.place()
    first, second = (urlsplit(here.slip_url(order)) for order in (one, other))
    assert first.path.startswith("/D/")
    assert first.path != second.path
    assert first.fragment != second.fragment
    key = here.shop.desk.setup().link_key
    assert key is not None
    token = tokens.parse(first.path.rpartition("/")[2])
    assert tokens.is_genuine(token, key, tokens.DROP)
    assert not tokens.is_genuine(token, key)
    assert here.slip_url(one) == here.slip_url(one)


def test_whatever_is_no_delivery_of_ours_has_no_slip(here: Paired) -> None:
    desk = here.shop.desk
    for draft in (pickup(here.shop), replace(delivery(here.shop), partner="Glovo")):
        assert desk.tracking_url(desk.place(draft).order.id, SLIP) is None


def test_without_a_hosted_site_there_is_no_slip(tmp_path: Path) -> None:
    with open_test_shop(tmp_path / "shop") as shop:
        order = shop.desk.place(delivery(shop)).order
        assert shop.desk.tracking_url(order.id, SLIP) is None
        enrol_for_port(shop, 8123)
        order = shop.desk.place(delivery(shop)).order
        assert shop.desk.tracking_url(order.id) is not None
        assert shop.desk.tracking_url(order.id, SLIP) is None


def test_an_open_delivery_gets_its_slip_when_the_site_comes_later(tmp_path: Path) -> None:
    with open_test_shop(tmp_path / "shop") as shop:
        early = shop.desk.place(delivery(shop)).order
    with paired(tmp_path) as here:
        assert here.slip_url(early)
        here.push.work()
        assert here.phone(early).state()["phase"] == "free"


def test_the_guest_s_page_knows_nothing_of_the_slip(here: Paired) -> None:
    order = here.place()
    with here.shop.database.read() as connection:
        found = links.of_orders(connection, [order.id])[order.id]
    assert sorted(link.scope for link in found) == ["paper", "personal", "slip"]
    with here.site.repository.read() as session:
        shop_id = session.shops()[0].shop_id
        assert len(session.links_of(shop_id, order.uid)) == 2


# What the phone reads


def test_the_phone_reads_address_money_and_dishes(here: Paired) -> None:
    address = Address("Franka 12", "2", "3", "48", "second yard")
    draft = replace(
        delivery(here.shop, "Margherita", "Tiramisu"), address=address, note="ring twice",
        payment=PaymentDraft("cash", paid=False, change_from=100_000),
    )  # fmt: skip
    order = here.shop.desk.place(draft).order
    here.push.work()
    read = here.read(order, here.taken(order))
    assert (read.name, read.phone) == ("Taras", "+380501112233")
    assert (read.street, read.entrance, read.floor, read.door_code, read.address_note) == (
        "Franka 12", "2", "3", "48", "second yard",
    )  # fmt: skip
    assert (read.note, read.due, read.change_from) == ("ring twice", order.total, 100_000)
    assert (read.decimals, read.symbol, read.promised_at) == (2, "₴", order.promised_at)
    assert [(one.quantity, one.names["en"]) for one in read.lines] == [
        (row.quantity, row.kitchen["en"]) for row in order.open_lines
    ]


@pytest.mark.parametrize(
    "payment", [PaymentDraft("card", paid=True), PaymentDraft("online", False)]
)
def test_what_is_paid_is_not_to_be_collected(here: Paired, payment: PaymentDraft) -> None:
    order = here.shop.desk.place(replace(delivery(here.shop), payment=payment)).order
    here.push.work()
    assert here.read(order, here.taken(order)).due == 0


def test_every_change_reaches_the_phone(here: Paired) -> None:
    order = here.place()
    phone = here.taken(order)
    before = here.read(order, phone)
    here.shop.desk.add_line(order.id, line(here.shop, "Tiramisu"))
    here.push.work()
    after = here.read(order, phone)
    assert after.due > before.due
    assert len(after.lines) == len(before.lines) + 1


def test_the_site_and_its_log_hold_nothing_of_the_guest(
    here: Paired, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    name, street, phone_number, note, code, order_note = MARKERS
    draft = replace(
        delivery(here.shop), customer=Customer(name, f"+{phone_number}", "uk", order_texts=True),
        address=Address(street, door_code=code, note=note), note=order_note,
    )  # fmt: skip
    order = here.shop.desk.place(draft).order
    here.push.work()
    phone = here.taken(order)
    assert here.read(order, phone).street == street
    for kind in ("picked_up", "delivered", "took_back", "delivered"):
        here.tap(phone, kind)
    folder = here.site.settings.database.parent
    written = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    shown = capfd.readouterr()
    assert order.uid.encode() in written
    for marker in MARKERS:
        for form in forms(marker):
            assert form not in written
        assert marker not in shown.out + shown.err + caplog.text
