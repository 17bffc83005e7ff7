"""JSON texts in columns: small documents that SQL never looks into."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def dump(value: Any) -> str:
    """Compact JSON; dataclasses and tuples welcome."""
    return msgspec.json.encode(value).decode()


@lru_cache(maxsize=4096)
def load_names(text: str) -> dict[str, str]:
    """Names by language. The same few hundred texts stand on every line: read each once.

    The answer is shared; nobody may change it.
    """
    return msgspec.json.decode(text, type=dict[str, str])


def load(text: str, kind: type[T]) -> T:
    """The value of type `kind` that `dump` wrote; unknown fields are ignored."""
    return msgspec.json.decode(text, type=kind)
