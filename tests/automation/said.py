"""Fields of an order, with everything in them and with only what every order has."""

from __future__ import annotations

from pos_app.automation.wording.fields import TextFields

BARE = TextFields("Trattoria", "A43", "19:45")
FULL = TextFields(
    shop="Trattoria",
    number="A43",
    time="19:45",
    link="https://t.example.ua/o/abc",
    phone="067 123 4567",
    name="Olena",
    total="585 UAH",
    courier="Ivan",
    minutes="12",
)
