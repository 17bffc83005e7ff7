"""Who gets what when the owner has chosen nothing (product.md, “Who gets what by default”)."""

from __future__ import annotations

from pos_app.automation.model import Condition, Field, Rule, SendText

ACCEPTED = Rule(
    id="01900000-0000-7000-8000-0000000000a1",
    name="Accepted, with the link",
    entered="accepted",
    conditions=(
        Condition(Field.SOURCE, ("phone", "web")),
        Condition(Field.ORDER_TEXTS, ("yes",)),
        Condition(Field.HAS_PHONE, ("yes",)),
    ),
    step=SendText(
        id="01900000-0000-7000-8000-0000000000b1",
        channel="sms",
        about="accepted",
        grace_s=10,
        ttl_minutes=30,
    ),
)

READY = Rule(
    id="01900000-0000-7000-8000-0000000000a2",
    name="Ready for pickup",
    entered="ready",
    conditions=(
        Condition(Field.FULFILMENT, ("pickup",)),
        Condition(Field.ORDER_TEXTS, ("yes",)),
        Condition(Field.HAS_PHONE, ("yes",)),
    ),
    step=SendText(
        id="01900000-0000-7000-8000-0000000000b2",
        channel="sms",
        about="ready",
        grace_s=30,
        ttl_minutes=60,
    ),
)

ON_THE_WAY = Rule(
    id="01900000-0000-7000-8000-0000000000a3",
    name="On the way",
    entered="out_for_delivery",
    conditions=(
        Condition(Field.FULFILMENT, ("delivery",)),
        Condition(Field.ORDER_TEXTS, ("yes",)),
        Condition(Field.HAS_PHONE, ("yes",)),
    ),
    step=SendText(
        id="01900000-0000-7000-8000-0000000000b3",
        channel="sms",
        about="on_the_way",
        grace_s=10,
        ttl_minutes=60,
    ),
)

DEFAULT_RULES = (ACCEPTED, READY, ON_THE_WAY)

# How long an act can be undone even when no text follows it.
UNDO_READY_S = 30
UNDO_S = 10
