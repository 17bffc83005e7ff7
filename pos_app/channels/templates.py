"""A gateway's interface as a manager writes it down: where number, text and id stand.

What is filled in is a value and never a template: it is spelt for its place (address, JSON, form,
header) and nothing in it is read again. Whatever cannot be filled is refused when it is entered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import cast
from urllib.parse import parse_qsl, quote, urlsplit

import msgspec

from pos_app.channels.protocol import OutgoingText

NAMES = ("to", "to_digits", "text", "uid", "secret")
"""`to_digits` is the number without its +, as many gateways want it."""

_FIELD = re.compile(r"\{(\w*)\}")
_STEP = re.compile(r"([^.\[\]]+)|\[(\d{1,4})\]")
_PATH = re.compile(r"[^.\[\]]+(?:\[\d{1,4}\])*(?:\.[^.\[\]]+(?:\[\d{1,4}\])*)*")
Values = Mapping[str, str]


def values(message: OutgoingText, secret: str) -> Values:
    """What may be filled in."""
    return {
        "to": message.to,
        "to_digits": message.to.removeprefix("+"),
        "text": message.text,
        "uid": message.uid,
        "secret": secret,
    }


def fields(template: str) -> list[str]:
    """The names in braces, in their order."""
    return _FIELD.findall(template)


def fill(template: str, given: Values, spelt: Callable[[str], str] = str) -> str:
    """In one pass: what is filled in is not looked at again."""
    return _FIELD.sub(lambda found: spelt(given[found[1]]), template)


def address(template: str, given: Values) -> str:
    """The address with its values percent-encoded, also what would end a part of it."""
    return fill(template, given, lambda value: quote(value, safe="", errors="replace"))


def authority(template: str) -> str:
    """What stands before path and query; ValueError for what is no address."""
    parts = urlsplit(template)
    return f"{parts.scheme}://{parts.netloc}"


def json_of(body: str) -> object:
    """The template of a JSON body. Raises ValueError."""
    try:
        found = msgspec.json.decode(body)
    except (ValueError, RecursionError):
        raise ValueError("no JSON") from None
    if not isinstance(found, dict | list):
        raise ValueError("no object")
    return found


def filled_json(node: object, given: Values) -> object:
    """The same tree with its texts filled; names of members are left as they are."""
    if isinstance(node, str):
        return fill(node, given)
    if isinstance(node, list):
        return [filled_json(item, given) for item in node]
    if isinstance(node, dict):
        return {name: filled_json(item, given) for name, item in node.items()}
    return node


def texts_in(node: object) -> Iterator[str]:
    """Every text of a JSON tree that may hold fields."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for item in node:
            yield from texts_in(item)
    elif isinstance(node, dict):
        for item in cast("dict[str, object]", node).values():
            yield from texts_in(item)


def form_of(body: str) -> dict[str, str]:
    """The template of a form, `phone={to}&message={text}`. Raises ValueError."""
    pairs = parse_qsl(body, keep_blank_values=True, strict_parsing=True)
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("twice")
    return found


def steps(path: str) -> tuple[str | int, ...]:
    """`data.messages[0].id` as steps; empty for none. Raises ValueError."""
    if not path:
        return ()
    if not _PATH.fullmatch(path):
        raise ValueError("no path")
    return tuple(int(index) if index else name for name, index in _STEP.findall(path))
