"""What a simulation has found: how often rules spoke, what was said, and at what cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pos_app.clock import Instant


@dataclass(frozen=True, slots=True)
class Said:
    """One step that would have been done. `about`, `channel`, `language` only of a text."""

    at: Instant
    order_id: int | None
    number: str
    rule_id: str
    step: str
    about: str = ""
    channel: str = ""
    language: str = ""
    parts: int = 0
    cost: int = 0


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often one rule was triggered, with which results, and what it said and did."""

    results: Mapping[str, int]
    texts: int
    parts: int
    cost: int
    acts: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a set of rules would have done; `said` holds the first thousand of it."""

    orders: int
    texts: int
    parts: int
    cost: int
    acts: int
    by_rule: Mapping[str, RuleCount]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The drafts, and the rules that are on now, over the same days."""

    since: Instant
    until: Instant
    drafts: Outcome
    now_on: Outcome
