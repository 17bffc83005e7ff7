"""What was kept of each event: why rules did or did not act, in whatever shape it was written."""

from __future__ import annotations

from typing import Any

import msgspec

from pos_app.automation.engine import Done, Finding
from pos_app.automation.model import Result


class _FirstFinding(msgspec.Struct, frozen=True):
    """What a finding was before rules had groups and steps: one field, one value."""

    rule_id: str
    rule_version: int
    matched: bool
    failed: str = ""
    found: str = ""


def findings(trace: str) -> tuple[Finding, ...]:
    """The findings that `trace` (JSON) holds; what cannot be read is left out."""
    try:
        rows = msgspec.json.decode(trace, type=list[dict[str, Any]])
    except msgspec.MsgspecError:
        return ()
    return tuple(found for row in rows if (found := _finding(row)) is not None)


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
