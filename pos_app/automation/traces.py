"""What is kept of each event: why rules did or did not act. Read in whatever shape it was written.

Rules that wait for the same event ask the same few fields, so what was seen is kept once. Which
rules waited is the roll's; of each only what became of it is kept, and nothing at all where its
conditions did not hold. What they found follows from its version and from what was seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from pos_app.automation.book import Ready
from pos_app.automation.engine import Done, Finding
from pos_app.automation.model import Result
from pos_app.automation.rolls import Called, Roll

Names = Callable[[str, int], tuple[str, ...]]
"""The fields that a version of a rule asks, in the order of its conditions."""
Rolls = Callable[[str], Called]
"""The rules on the roll of this id."""


class Verdict(msgspec.Struct, frozen=True, array_like=True):
    """What became of one rule that is named here."""

    rule_id: str
    version: int
    result: Result
    done: tuple[Done, ...] = ()


class _Did(msgspec.Struct, frozen=True, array_like=True):
    """What became of the rule at this place of the roll."""

    place: int
    result: Result
    done: tuple[Done, ...] = ()


class _Trace(msgspec.Struct, frozen=True):
    """`did` of the rules on `roll`, those left out were not met; else `said` names each rule."""

    seen: dict[str, tuple[str, ...]]
    roll: str = ""
    did: tuple[_Did, ...] = ()
    said: tuple[Verdict, ...] = ()


class _FirstFinding(msgspec.Struct, frozen=True):
    """What a finding was before rules had groups and steps: one field, one value."""

    rule_id: str
    rule_version: int
    matched: bool
    failed: str = ""
    found: str = ""


def written(
    seen: Mapping[str, tuple[str, ...]], roll: Roll, told: Iterable[tuple[int, Finding]]
) -> str:
    """What is kept (JSON) of an event for which the rules on `roll` waited.

    `seen` field by field; `told`, by their places, all rules that were more than not met.
    """
    did = [
        (place, one.result, one.done) if one.done else (place, one.result) for place, one in told
    ]
    return msgspec.json.encode({"seen": seen, "roll": roll.id, "did": did}).decode()


def written_of(one: Ready, finding: Finding) -> str:
    """What is kept of an event that only `one` waited for."""
    seen = dict(zip(one.when.names, finding.found, strict=True))
    said = (finding.rule_id, finding.rule_version, finding.result, finding.done)
    return msgspec.json.encode({"seen": seen, "said": [said]}).decode()


def findings(trace: str, names: Names, rolls: Rolls) -> tuple[Finding, ...]:
    """The findings that `trace` holds, in the owner's order; what cannot be read is left out."""
    try:
        kept = msgspec.json.decode(trace, type=_Trace | list[dict[str, Any]])
    except msgspec.MsgspecError:
        return ()
    if isinstance(kept, _Trace):
        return tuple(_of_verdict(one, kept.seen, names) for one in _verdicts(kept, rolls))
    return tuple(found for row in kept if (found := _finding(row)) is not None)


def _verdicts(kept: _Trace, rolls: Rolls) -> Iterator[Verdict]:
    yield from kept.said
    if kept.roll:
        did = {one.place: one for one in kept.did}
        for place, (rule_id, version) in enumerate(rolls(kept.roll)):
            mine = did.get(place)
            if mine is None:
                yield Verdict(rule_id, version, Result.NOT_MET)
            else:
                yield Verdict(rule_id, version, mine.result, mine.done)


def _of_verdict(one: Verdict, seen: dict[str, tuple[str, ...]], names: Names) -> Finding:
    asked = names(one.rule_id, one.version)
    found = tuple(seen[name] for name in asked) if seen.keys() >= set(asked) else ()
    return Finding(one.rule_id, one.version, one.result, found, one.done)


def _finding(row: dict[str, Any]) -> Finding | None:
    try:
        if "matched" in row:
            return _of_first(msgspec.convert(row, _FirstFinding))
        return msgspec.convert(row, Finding)
    except msgspec.ValidationError:
        return None


def _of_first(old: _FirstFinding) -> Finding:
    result = Result.ACTED if old.matched else Result.NOT_MET
    return Finding(old.rule_id, old.rule_version, result, ((old.found,),) if old.failed else ())


def done(trace: str) -> tuple[Done, ...]:
    """What became of a run's steps."""
    try:
        return msgspec.json.decode(trace, type=tuple[Done, ...])
    except msgspec.MsgspecError:
        return ()
