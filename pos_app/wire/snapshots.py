"""The public state of an order and of a shop, as the till pushes it to its site.

State transfer: the site keeps the newest `(epoch, revision)` per order, so that repeats,
reordering and outages are harmless. No field can hold a person, a note or a price; what a
sender adds beyond these fields is dropped when decoded.
"""

from __future__ import annotations

from typing import Annotated, Literal, Protocol, TypeVar

import msgspec
from msgspec import Meta

from pos_app.wire.envelopes import Envelope

Uid = Annotated[str, Meta(pattern=r"\A[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")]
Language = Annotated[str, Meta(pattern=r"\A[a-z]{2,3}(-[A-Za-z0-9]{2,8})?\Z")]
Word = Annotated[str, Meta(pattern=r"\A[a-z_]{1,32}\Z")]
Name = Annotated[str, Meta(max_length=200)]
Names = Annotated[dict[Language, Name], Meta(max_length=20)]
Count = Annotated[int, Meta(ge=0, le=2**53)]
TokenHash = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
Colour = Annotated[str, Meta(pattern=r"\A#[0-9A-Fa-f]{6}\Z")]
Phone = Annotated[str, Meta(pattern=r"\A[+0-9() .-]{0,32}\Z")]
Time = Annotated[int, Meta(ge=0, le=2**53)]
ChatLink = Annotated[
    str, Meta(pattern=r"\A(https://t\.me/[A-Za-z0-9_]{5,32}\?start=[A-Za-z0-9_-]{20})?\Z")
]
PushKey = Annotated[str, Meta(pattern=r"\A([0-9A-Za-z_-]{87})?\Z")]
BoxKey = Annotated[str, Meta(pattern=r"\A([0-9A-Za-z_-]{43})?\Z")]
Sealed = Annotated[str, Meta(pattern=r"\A[0-9A-Za-z_-]{0,16384}\Z")]

Fulfilment = Literal["dine_in", "pickup", "delivery"]
Phase = Literal["new", "in_kitchen", "ready", "on_the_way", "done", "cancelled"]
Scope = Literal["paper", "personal"]
Outcome = Literal["stored", "older", "unsupported", "invalid"]
KeyWord = Literal["", "unknown", "old"]

ARRIVED = "arrived"
CANCEL_ASKED = "cancel_asked"
RATED = "rated"
TEXTS_STOPPED = "texts_stopped"
MOST_STARS = 5


class StageTimes(msgspec.Struct, frozen=True):
    """When each stage was entered (Instant) or null."""

    received_at: Time | None = None
    preparing_at: Time | None = None
    ready_at: Time | None = None
    out_at: Time | None = None
    ended_at: Time | None = None


class Item(msgspec.Struct, frozen=True):
    """One line of the order in the languages of the menu, without price and note."""

    quantity: Annotated[int, Meta(ge=1, le=10_000)]
    names: Names
    modifiers: Annotated[list[Names], Meta(max_length=50)] = []


class Link(msgspec.Struct, frozen=True):
    """Who may open the order: SHA-256 of the upper-case token, never the token."""

    hash: TokenHash
    scope: Scope = "paper"
    revoked: bool = False


class OrderSnapshot(msgspec.Struct, frozen=True):
    """What the tracking page of one order shows.

    `kind` is the canonical status (a kind that this side does not know is shown by its
    `phase`); `promise_moved` says that a recall corrected the time, so that the page tells it,
    and `called_early` that the guest had been told *ready*. `acts` names what the till takes
    from the guest now (kinds of `Action`; an older till says none); `stars` is his rating, 0
    while there is none. `chat` opens the shop's bot for this order, with a word of its own that
    works once; empty without a bot, and once somebody has followed it.
    """

    uid: Uid
    epoch: Count
    revision: Count
    number: Annotated[str, Meta(min_length=1, max_length=16)]
    fulfilment: Fulfilment
    kind: Word
    phase: Phase
    placed_at: Time
    stages: StageTimes
    promised_at: Time | None = None
    promise_moved: bool = False
    items: Annotated[list[Item], Meta(max_length=300)] = []
    links: Annotated[list[Link], Meta(max_length=20)] = []
    cancel_allowed: bool = False
    called_early: bool = False
    acts: Annotated[list[Word], Meta(max_length=20)] = []
    cancel_asked: bool = False
    cancel_declined: bool = False
    texts_stopped: bool = False
    stars: Annotated[int, Meta(ge=0, le=MOST_STARS)] = 0
    chat: ChatLink = ""

    @property
    def version(self) -> tuple[int, int]:
        return (self.epoch, self.revision)


class ShopProfile(msgspec.Struct, frozen=True):
    """What the page needs of the shop. `phone` is the shop's public contact.

    `labels` holds the shop's own words per kind: ``{"preparing": {"en": "In the oven"}}``.
    What is stopped ends by itself: the times are compared with the reader's clock. `push_key` is
    what browsers subscribe under, `box_key` what the site seals to; empty: no push.
    """

    epoch: Count
    version: Count
    names: Names
    languages: Annotated[list[Language], Meta(min_length=1, max_length=20)]
    default_language: Language
    zone: Annotated[str, Meta(pattern=r"\A[A-Za-z0-9_+/-]{1,64}\Z")]
    phone: Phone = ""
    labels: Annotated[dict[Word, Names], Meta(max_length=40)] = {}
    colour: Colour = "#FFB627"
    deliveries_stopped_until: Time | None = None
    everything_stopped_until: Time | None = None
    push_key: PushKey = ""
    box_key: BoxKey = ""

    @property
    def edition(self) -> tuple[int, int]:
        """What two profiles are compared by: the greater one is newer."""
        return (self.epoch, self.version)


class PushRequest(msgspec.Struct, frozen=True, omit_defaults=True):
    """POST /v1/snapshots: `orders` of one store, `push_seq` rising within `epoch`.

    The number is taken before sending. The same number with the same bytes gets the same
    answer; a lower number, or the same with other bytes, is a copied store (409 `fork`). `gen` is
    the generation of the key that the till makes its links with; an older till has its first.
    """

    store_id: Annotated[str, Meta(min_length=1, max_length=64)]
    epoch: Count
    push_seq: Count
    now: Time
    profile: Envelope | None = None
    orders: Annotated[list[Envelope], Meta(max_length=1000)] = []
    gen: Annotated[int, Meta(ge=1, le=2**32 - 1)] = 1


class Result(msgspec.Struct, frozen=True):
    """What became of the envelope `id`; `stored` and `older` both mean: the site is current."""

    id: str
    outcome: Outcome


class PushAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """`profile_version` is `(epoch, version)` of the profile the site holds, or null.

    `link_key` is what the site has to say of the till's generation: nothing, that it has no such
    key (``unknown``), or that the till should ask for the next one (``old``).
    """

    now: Time
    site_id: str
    site_epoch: int
    results: list[Result]
    profile_version: tuple[int, int] | None = None
    link_key: KeyWord = ""


class CourierAct(msgspec.Struct, frozen=True):
    """What an act on a slip's page says beyond its kind; both times by the site's clock.

    `occurred_at` is the estimated true time; `device` a handle of the phone; `generation` the
    claim it was made under; `of` the kind that is taken back. A `late` one came from a phone
    that no longer has the delivery, or after the slip's end: evidence, not to be applied.
    """

    occurred_at: Time
    device: Annotated[str, Meta(pattern=r"\A[0-9a-f]{12}\Z")]
    generation: Count
    reason: Annotated[str, Meta(max_length=32)] = ""
    of: Annotated[str, Meta(max_length=32)] = ""
    late: bool = False


class Action(msgspec.Struct, frozen=True):
    """A customer's or courier's act on the web; `received_at` by the site's clock.

    `kind`: ``arrived`` ("I'm here"), ``cancel_asked``, ``rated`` (`value` is 1 to 5 stars),
    ``texts_stopped``, one of `wire.browsers` with its `sealed` wish (gone once it was read), or
    ``courier_`` with one of `wire.drops` behind it.
    """

    action_id: str
    seq: int
    kind: Word
    order_uid: Uid
    received_at: Time
    value: int | None = None
    courier: CourierAct | None = None
    sealed: Sealed = ""


class ActionsAnswer(msgspec.Struct, frozen=True):
    """GET /v1/actions?after=SEQ&wait=SECONDS: actions with a greater `seq`, oldest first.

    `cursor` is what to send as `after` next; it counts only within `(site_id, site_epoch)`.
    """

    now: Time
    site_id: str
    site_epoch: int
    cursor: int
    actions: list[Envelope]


class Fault(msgspec.Struct, frozen=True, omit_defaults=True):
    """Body of every refused /v1 request. `now` comes only with ``clock``."""

    error: str
    field: str = ""
    now: Time | None = None


class Versioned(Protocol):
    """A snapshot that knows its place: the greater version is newer."""

    @property
    def version(self) -> tuple[int, int]: ...


_Snapshot = TypeVar("_Snapshot", bound=Versioned)


def newest(kept: _Snapshot | None, arrived: _Snapshot) -> _Snapshot:
    """Which of two snapshots of one order stays; an equal version keeps what is there."""
    return arrived if kept is None or arrived.version > kept.version else kept
