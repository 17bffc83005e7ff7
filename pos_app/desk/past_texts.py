"""What a simulated text would have said: read on demand, never kept."""

from __future__ import annotations

from pos_app.automation.outcomes import Said
from pos_app.automation.texts import TextFields
from pos_app.clock import local
from pos_app.desk import wording
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
        if order is not None:
            looking = Looking(connection, setup, said.at)
            return wording.saying(looking, order, said.about, said.channel, said.language).text
    shop = setup.settings.shop
    told = promise(said.at, setup.settings.tell_guests, Fulfilment.PICKUP)
    fields = TextFields(shop.name, said.number, f"{local(told, shop.zone):%H:%M}", "", shop.phone)
    choice = wording.choice_of(setup, said.about, said.channel, said.language)
    in_latin = setup.settings.channels.sms_in_latin
    return wording.Saying(said.about, said.channel, choice, fields, in_latin).text
