"""Which rules waited for an event, written once for all events at which it was the same ones.

The rules of a shop change a few times a year, its events by the minute. So a trace names a roll
instead of every rule. A roll is known by what it says: the same rules in the same order, in the
same versions, are the same roll, whoever writes it and however often.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

import msgspec

from pos_app.automation.model import RuleVersion

Called = tuple[tuple[str, int], ...]
"""The id and version of each rule of a roll, in the owner's order."""
_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class Roll:
    """Rules that wait together. `id`: 32 hexadecimal digits; `document`: what is kept (JSON)."""

    id: str
    document: str


def roll_of(rules: Iterable[RuleVersion]) -> Roll:
    """The roll of `rules`, in their order."""
    said = msgspec.json.encode([(one.rule.id, one.version) for one in rules])
    return Roll(blake2b(said, digest_size=_ID_BYTES).hexdigest(), said.decode())


def called(document: str) -> Called:
    """The rules that `document` names; none where it cannot be read."""
    try:
        return msgspec.json.decode(document, type=Called)
    except msgspec.MsgspecError:
        return ()
