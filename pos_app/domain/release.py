"""A newer Orderbell: whether the owner wants to hear of one, and the newest that was met."""

from __future__ import annotations

from dataclasses import dataclass, field

from pos_app.clock import Instant

NEVER = Instant(0)


@dataclass(frozen=True, slots=True)
class Updates:
    """Whether somebody asks once a day for a newer Orderbell, where, and whose word counts.

    `key` is the publisher's Ed25519 key in base64. `lan`: a manager ticked an address in our own
    network.
    """

    on: bool = False
    address: str = ""
    key: str = ""
    lan: bool = False


@dataclass(frozen=True, slots=True)
class Release:
    """The newest version that a check has met: `notes` by language, `key` is who signed it.

    `told` is the version of which people were told.
    """

    version: str = ""
    published_at: Instant = NEVER
    notes: dict[str, str] = field(default_factory=dict)
    checked_at: Instant = NEVER
    key: str = ""
    told: str = ""
