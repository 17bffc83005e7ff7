"""What a simulated text would have said: read on demand, never kept."""

from __future__ import annotations

from pos_app.automation.outcomes import Said
from pos_app.automation.texts import TextFields, render
from pos_app.clock import local
from pos_app.desk import text_fields
from pos_app.desk.doors import Doors
from pos_app.desk.fact_finding import Looking
from pos_app.domain.order import Order
from pos_app.domain.quote import promise
from pos_app.domain.workflow import Fulfilment
from pos_app.store import orders


def text_of(doors: Doors, said: Said) -> str:
    """The words of one text that rules would have sent; empty where there are none.

    Of a past order they are filled in as the order is now; of an invented one only with its
    number and the time that guests are told.
    """
    setup = doors.setup()
    with doors.database.read() as connection:
        order: Order | None = None
        if said.order_id is not None and said.order_id > 0:
            order = orders.load(connection, said.order_id)
        if order is None:
            shop = setup.settings.shop
            told = promise(said.at, setup.settings.tell_guests, Fulfilment.PICKUP)
            time = f"{local(told, shop.zone):%H:%M}"
            fields = TextFields(shop.name, said.number, time, "", shop.phone)
        else:
            looking = Looking(connection, setup, said.at)
            fields = text_fields.fields(looking, order, said.about, said.language)
    try:
        return render(said.about, said.language, fields)
    except (LookupError, ValueError):
        return ""
