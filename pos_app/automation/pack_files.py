"""Rules as a TOML file: written for another shop, read as if a stranger had sent it.

A file names where its rules reach outside the shop, and never holds a secret or an address.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from pos_app.automation.model import CallWebhook, Rule, Send, TellOwner
from pos_app.errors import BadInput

FORMAT = 1
LARGEST = 256 * 1024
MOST_RULES = 200
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Outward:
    """Something outside the shop that rules reach: `kind` is `channel` or `webhook`."""

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class RulePack:
    """The rules of a file, and everything outside that they reach."""

    rules: tuple[Rule, ...]

    @property
    def outward(self) -> tuple[Outward, ...]:
        """Each once, in the order of the rules."""
        return tuple(dict.fromkeys(found for rule in self.rules for found in _outward(rule)))


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: int
    rules: tuple[Rule, ...]
    outward: tuple[str, ...] = ()


def _outward(rule: Rule) -> Iterator[Outward]:
    for step in rule.steps:
        if isinstance(step, Send | TellOwner):
            for channel in step.channels:
                yield Outward("channel", channel)
        elif isinstance(step, CallWebhook):
            yield Outward("webhook", step.target)


def written(rules: Sequence[Rule]) -> str:
    """A file that says `rules`, whether they are on or off."""
    outward = [str(one) for one in RulePack(tuple(rules)).outward]
    head = f"format = {FORMAT}\noutward = {_value(outward)}\n"
    return head + "".join(_rule(rule) for rule in rules)


def _rule(rule: Rule) -> str:
    said = msgspec.to_builtins(rule)
    lines = [f"{key} = {_value(value)}" for key, value in said.items() if value is not None]
    return "\n[[rules]]\n" + "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    """TOML of strings, numbers, truths, lists and tables: what rules are made of."""
    if isinstance(value, dict):
        inner = (f"{key} = {_value(one)}" for key, one in value.items() if one is not None)
        return "{ " + ", ".join(inner) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    # A TOML string is a JSON string, but for DEL, which a rule cannot hold.
    return json.dumps(value, ensure_ascii=False)


def read(data: bytes) -> RulePack:
    """The rules that `data` says. Raises BadInput naming the place in the file.

    Whether this shop has what they name is another question: `checking.problems`.
    """
    file = _converted(_parsed(data))
    if file.format != FORMAT:
        raise BadInput("format", "This file has another format", hint="Update Orderbell.")
    if not 1 <= len(file.rules) <= MOST_RULES:
        raise BadInput("rules", "A file has 1 to {most} rules", most=MOST_RULES)
    ids = [rule.id for rule in file.rules if rule.id]
    ids += [step.id for rule in file.rules for step in rule.steps if step.id]
    if len(set(ids)) < len(ids):
        raise BadInput("rules", "Two rules or steps have the same id")
    return RulePack(file.rules)


def _parsed(data: bytes) -> dict[str, Any]:
    if len(data) > LARGEST:
        raise BadInput("file", "The file is larger than {most} KB", most=LARGEST // 1024)
    try:
        document = tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError:
        raise BadInput("file", "The file is no text in UTF-8") from None
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise BadInput(
            "file", "The file is no TOML", "{reason}.", reason=str(error)[:200]
        ) from None
    except RecursionError:
        raise _too_deep() from None
    _refuse_depth(document)
    return document


def _too_deep() -> BadInput:
    return BadInput("file", "The file is nested too deep")


def _refuse_depth(document: dict[str, Any]) -> None:
    level: list[Any] = [document]
    for _ in range(_DEEPEST):
        level = [
            inner
            for one in level
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, (dict, list))
        ]
    if level:
        raise _too_deep()


def _converted(document: dict[str, Any]) -> _File:
    try:
        file = msgspec.convert(document, _File)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `$")
        raise BadInput(
            place.strip("`.") or "file",
            "This is no part of a rule",
            "{reason}.",
            reason=words[:200],
        ) from None
    for no, (said, rule) in enumerate(zip(document["rules"], file.rules, strict=True)):
        for place in _unknown(said, msgspec.to_builtins(rule), f"rules[{no}]"):
            raise BadInput(place, "This is no part of a rule")
    return file


def _unknown(said: Any, known: Any, place: str) -> Iterator[str]:
    """Every key of `said` that no rule has: a later program's, or somebody's trick."""
    if isinstance(said, dict) and isinstance(known, dict):
        for key, value in said.items():
            if key not in known:
                yield f"{place}.{key[:40]}"
            else:
                yield from _unknown(value, known[key], f"{place}.{key}")
    elif isinstance(said, list) and isinstance(known, (list, tuple)):
        for no, (one, other) in enumerate(zip(said, known, strict=False)):
            yield from _unknown(one, other, f"{place}[{no}]")
