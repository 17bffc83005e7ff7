"""What the site keeps, as small frozen values: the rows of its database."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.clock import Instant
from pos_app.wire.snapshots import Scope


@dataclass(frozen=True, slots=True)
class Site:
    """Which site this database is; `epoch` rises with every restore."""

    site_id: str
    epoch: int


@dataclass(frozen=True, slots=True)
class Shop:
    """A tenant. `heard_at`: when one of its terminals last spoke, if ever."""

    shop_id: str
    name: str
    heard_at: Instant | None


@dataclass(frozen=True, slots=True)
class Terminal:
    """A till that may sign: `sig_pub` is its Ed25519 public key (32 bytes)."""

    terminal_id: str
    shop_id: str
    store_id: str
    name: str
    sig_pub: bytes
    check_word: str
    revoked: bool


@dataclass(frozen=True, slots=True)
class Till:
    """A pairing as its host looks at it. `gen`: the newest generation of its link key.

    `links_ended_at`: since when the links that it made open nothing any more.
    """

    terminal: Terminal
    paired_at: Instant
    heard_at: Instant | None
    revoked_at: Instant | None
    gen: int
    links_ended_at: Instant | None


@dataclass(frozen=True, slots=True)
class SealedKey:
    """A `K_link` at rest. `is_withdrawn`: its links are genuine and open nothing any more."""

    kid: int
    shop_id: str
    terminal_id: str
    gen: int
    origin: str
    sealed: bytes
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class AuditRow:
    """Who let a till in, cut it off or renewed its key: `os:<user>` or `till:<terminal>`."""

    at: Instant
    who: str
    act: str
    shop: str
    terminal_id: str
    detail: str


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A pairing code by its hash; `used_digest` and `answer` once it was used."""

    shop_id: str
    expires_at: Instant
    used_digest: bytes | None
    answer: bytes | None


@dataclass(frozen=True, slots=True)
class PushMark:
    """The last push of a store, to answer a repeat and to notice a copy."""

    epoch: int
    push_seq: int
    digest: bytes
    answer: bytes


@dataclass(frozen=True, slots=True)
class GuestMarks:
    """What the guest has done on the page of one order so far; `stars` None until he rated."""

    arrived_at: Instant | None = None
    cancel_asked_at: Instant | None = None
    texts_stopped_at: Instant | None = None
    stars: int | None = None


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order as kept: `body` is the encoded snapshot, `scope` that of the link asked for."""

    uid: str
    body: bytes
    stored_at: Instant
    marks: GuestMarks
    scope: Scope
    revoked: bool


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An act as it waits for its till."""

    seq: int
    action_id: str
    kind: str
    order_uid: str
    received_at: Instant
    value: int | None
    sealed: str
