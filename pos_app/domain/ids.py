"""Names that outlive a store: UUIDs of version 7, ordered by the time they were made."""

from __future__ import annotations

import hashlib

from uuid_utils import uuid7

# The two upper bits of this digit are the variant's: 1 and 0.
_VARIANTS = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}


def uid_of(*parts: object) -> str:
    """The identity that follows from `parts`: the same ones give the same (UUID version 8)."""
    said = "\0".join(map(str, parts))
    found = hashlib.sha256(said.encode()).hexdigest()
    # Written by hand: an act of the desk cannot wait for the general way.
    variant = _VARIANTS[found[16]]
    return f"{found[:8]}-{found[8:12]}-8{found[13:16]}-{variant}{found[17:20]}-{found[20:32]}"


def new_uid() -> str:
    """A new identity, 36 characters, sortable by time."""
    return str(uuid7())
