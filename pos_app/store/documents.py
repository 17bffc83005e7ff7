"""JSON texts in columns: small documents that SQL never looks into."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

import msgspec

from pos_app.store.plain_words import damaged

T = TypeVar("T")
_STORE = "store.sqlite"


def dump(value: Any) -> str:
    """Compact JSON; dataclasses and tuples welcome."""
    return msgspec.json.encode(value).decode()


@lru_cache(maxsize=4096)
def load_names(text: str) -> dict[str, str]:
    """Names by language. The same few hundred texts stand on every line: read each once.

    The answer is shared; nobody may change it.
    """
    try:
        return msgspec.json.decode(text, type=dict[str, str])
    except msgspec.MsgspecError as error:
        raise damaged(_STORE, str(error)) from error


def load(text: str, kind: type[T]) -> T:
    """The value of type `kind` that `dump` wrote; unknown fields are ignored.

    Raises StoreDamaged where it reads as something else.
    """
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.MsgspecError as error:
        raise damaged(_STORE, str(error)) from error


def reader(kind: type[T]) -> Callable[[str], T]:
    """`load` for one type, made once: for whoever reads hundreds of thousands."""
    decoder = msgspec.json.Decoder(kind)

    def read(text: str) -> T:
        try:
            return decoder.decode(text)
        except msgspec.MsgspecError as error:
            raise damaged(_STORE, str(error)) from error

    return read
