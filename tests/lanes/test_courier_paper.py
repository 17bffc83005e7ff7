"""The courier’s slip as it leaves the till: with a code where there is a page to open."""

from __future__ import annotations

from dataclasses import replace

from pos_app import receipts
from pos_app.desk import slips
from pos_app.desk.printers import Prints
from pos_app.lanes import forms
from pos_app.receipts.elements import Qr
from pos_app.store import orders, printing
from tests.lanes.served import Served
from tests.support.shops import delivery


def codes(here: Served) -> tuple[list[str], str | None]:
    """The codes on a new delivery's slip, and what its courier's page is called."""
    shop = here.shop
    shop.desk.add_printer(
        name="Pass", kind="file", address="unused", prints=Prints(slips=False, deliveries=True)
    )
    order = shop.desk.place(delivery(shop)).order
    shop.desk.bump(order.id)
    shop.desk.bump(order.id)
    setup = shop.desk.setup()
    with shop.database.read() as connection:
        [job] = printing.of_order(connection, order.id)
        loaded = orders.load(connection, order.id)
        assert loaded is not None
        layout = forms.layout(connection, setup, job, loaded, setup.printers[-1])
        url = slips.url(connection, setup, order.id)
    assert isinstance(layout, receipts.Layout)
    return [e.content for e in layout.elements if isinstance(e, Qr)], url


def test_the_slip_opens_the_delivery_on_the_couriers_phone(here: Served) -> None:
    key = here.shop.desk.setup().link_key
    assert key is not None
    here.shop.desk.use_site(replace(here.active(), mode="hosted"), key)
    found, url = codes(here)
    assert url is not None
    assert "#" in url
    assert found == [url]


def test_on_the_shops_own_wi_fi_it_carries_no_code(here: Served) -> None:
    assert codes(here) == ([], None)
