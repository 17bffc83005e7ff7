"""What a rule is: a trigger, conditions that must all hold, one text to send.

Documents are immutable per version; rule and step ids are UUIDs that are never used again.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """What a condition may ask of an order."""

    FULFILMENT = "fulfilment"
    SOURCE = "source"
    ORDER_TEXTS = "order_texts"
    HAS_PHONE = "has_phone"


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when the order's `field` is one of `values` (booleans as `yes` / `no`)."""

    field: Field
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SendText:
    """A step: say `about` on `channel`, `grace_s` after the occasion, never after `ttl_minutes`."""

    id: str
    channel: str
    about: str
    grace_s: int
    ttl_minutes: int


@dataclass(frozen=True, slots=True)
class Rule:
    """`entered` names the kind of status whose entry triggers the rule."""

    id: str
    name: str
    entered: str
    conditions: tuple[Condition, ...]
    step: SendText
    each_time: bool = False


@dataclass(frozen=True, slots=True)
class RuleVersion:
    rule: Rule
    version: int
