"""Names that outlive a store: UUIDs of version 7, ordered by the time they were made."""

from __future__ import annotations

import hashlib
from uuid import UUID

from uuid_utils import uuid7

_VERSION_8, _VARIANT = 0x8 << 76, 0x2 << 62
_MASK = ~((0xF << 76) | (0x3 << 62))


def uid_of(*parts: object) -> str:
    """The identity that follows from `parts`: the same ones give the same (UUID version 8)."""
    said = "\0".join(str(part) for part in parts)
    number = int.from_bytes(hashlib.sha256(said.encode()).digest()[:16], "big")
    return str(UUID(int=number & _MASK | _VERSION_8 | _VARIANT))


def new_uid() -> str:
    """A new identity, 36 characters, sortable by time."""
    return str(uuid7())
