"""Names that outlive a store: UUIDs of version 7, ordered by the time they were made."""

from __future__ import annotations

from uuid_utils import uuid7


def new_uid() -> str:
    """A new identity, 36 characters, sortable by time."""
    return str(uuid7())
