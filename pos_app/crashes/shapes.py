"""Settings without what is in them: which there are, of what kind, how many, filled in or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any


def shape_of(value: object) -> Any:
    """`value` as JSON with words in the place of values.

    `text` or `empty`, `number`, `yes` and `no`, `none`; a list as how many there are. Only what a
    switch says is told: it has two answers and names nobody.
    """
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "text" if value else "empty"
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: shape_of(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, list | tuple | set | frozenset | Mapping):
        # The names in a mapping may be what somebody typed.
        return len(value)
    return type(value).__name__
