"""JSON texts in columns: small documents that SQL never looks into."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def dump(value: Any) -> str:
    """Compact JSON; dataclasses and tuples welcome."""
    return msgspec.json.encode(value).decode()


def load(text: str, kind: type[T]) -> T:
    """The value of type `kind` that `dump` wrote; unknown fields are ignored."""
    return msgspec.json.decode(text, type=kind)
