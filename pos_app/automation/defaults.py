"""Who gets what when the owner has chosen nothing (product.md, “Who gets what by default”)."""

from __future__ import annotations

from pos_app.automation.model import Condition, Field, Group, On, Rule, Send, Trigger

_WANTS_NEWS = Condition(Field.WANTS_NEWS, ("yes",))

ACCEPTED = Rule(
    id="01900000-0000-7000-8000-0000000000a1",
    name="Accepted, with the link",
    trigger=Trigger(On.ENTERED, "accepted"),
    when=Group(conditions=(Condition(Field.SOURCE, ("phone", "web")), _WANTS_NEWS)),
    steps=(Send("01900000-0000-7000-8000-0000000000b1", "accepted", ttl_minutes=30),),
    pack="accepted",
)

READY = Rule(
    id="01900000-0000-7000-8000-0000000000a2",
    name="Ready for pickup",
    trigger=Trigger(On.ENTERED, "ready"),
    when=Group(conditions=(Condition(Field.FULFILMENT, ("pickup",)), _WANTS_NEWS)),
    steps=(Send("01900000-0000-7000-8000-0000000000b2", "ready", grace_s=30),),
    pack="ready",
)

ON_THE_WAY = Rule(
    id="01900000-0000-7000-8000-0000000000a3",
    name="On the way",
    trigger=Trigger(On.ENTERED, "out_for_delivery"),
    when=Group(conditions=(Condition(Field.FULFILMENT, ("delivery",)), _WANTS_NEWS)),
    steps=(Send("01900000-0000-7000-8000-0000000000b3", "on_the_way"),),
    pack="on_the_way",
)

DEFAULT_RULES = (ACCEPTED, READY, ON_THE_WAY)

# How long an act can be undone even when no text follows it.
UNDO_READY_S = 30
UNDO_S = 10
