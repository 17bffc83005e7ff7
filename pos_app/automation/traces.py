"""What is kept of each event: why rules did or did not act. Read in whatever shape it was written.

Rules that wait for the same event ask the same few fields, so what was seen is kept once, and of
each rule only what became of it: what its own conditions found follows from its version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from pos_app.automation.book import Ready
from pos_app.automation.engine import Done, Finding
from pos_app.automation.model import Result

Names = Callable[[str, int], tuple[str, ...]]
"""The fields that a version of a rule asks, in the order of its conditions."""


class Verdict(msgspec.Struct, frozen=True, array_like=True):
    """What became of one rule."""

    rule_id: str
    version: int
    result: Result
    done: tuple[Done, ...] = ()


class _Trace(msgspec.Struct, frozen=True):
    seen: dict[str, tuple[str, ...]]
    said: tuple[Verdict, ...]


class _FirstFinding(msgspec.Struct, frozen=True):
    """What a finding was before rules had groups and steps: one field, one value."""

    rule_id: str
    rule_version: int
    matched: bool
    failed: str = ""
    found: str = ""


def written(seen: Mapping[str, tuple[str, ...]], findings: Iterable[Finding]) -> str:
    """What is kept (JSON) of an event at which rules saw `seen`, field by field."""
    said = [
        (one.rule_id, one.rule_version, one.result, one.done)
        if one.done
        else (one.rule_id, one.rule_version, one.result)
        for one in findings
    ]
    return msgspec.json.encode({"seen": seen, "said": said}).decode()


def written_of(one: Ready, finding: Finding) -> str:
    """What is kept of an event that only `one` waited for."""
    return written(dict(zip(one.when.names, finding.found, strict=True)), (finding,))


def findings(trace: str, names: Names) -> tuple[Finding, ...]:
    """The findings that `trace` holds; what cannot be read is left out."""
    try:
        kept = msgspec.json.decode(trace, type=_Trace | list[dict[str, Any]])
    except msgspec.MsgspecError:
        return ()
    if isinstance(kept, _Trace):
        return tuple(_of_verdict(one, kept.seen, names) for one in kept.said)
    return tuple(found for row in kept if (found := _finding(row)) is not None)


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
