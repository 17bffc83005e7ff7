"""An order as a value: what was asked for, by whom, and where it stands.

Lines are append-only (an edit voids one and adds another) and freeze what the menu said, so a
changed price never changes an old order.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from pos_app.clock import Instant
from pos_app.domain.menu import Names
from pos_app.domain.workflow import Fulfilment, Kind, Source

AT_ONCE = Instant(0)


@dataclass(frozen=True, slots=True)
class Address:
    street: str
    entrance: str = ""
    floor: str = ""
    door_code: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Customer:
    """`phone` in E.164 or empty; `language` a code; `order_texts`: “Text you when ready?”.

    `offers` is the other consent, None where nobody asked for it; an order as read has None.
    """

    name: str = ""
    phone: str = ""
    language: str = ""
    order_texts: bool = False
    offers: bool | None = None


@dataclass(frozen=True, slots=True)
class FrozenModifier:
    """`price` is what one piece of the dish costs more, in minor units."""

    uid: str
    names: Names
    kitchen: Names
    price: int


@dataclass(frozen=True, slots=True)
class LineDraft:
    """What a person asked for: `quantity` pieces of one dish with modifiers."""

    dish_id: int
    quantity: int
    modifier_uids: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class PaymentDraft:
    """`type` is `cash`, `card` or `online`; `change_from` in minor units (a 1000 note) or None."""

    type: str
    paid: bool
    change_from: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An order that has not been placed. `promised_at` None lets the header's minutes decide.

    `placed_at`: taken on paper earlier and entered now. `partner`: whose rider fetches it.
    """

    fulfilment: Fulfilment
    lines: tuple[LineDraft, ...]
    source: Source = Source.COUNTER
    ref: str = ""
    customer: Customer = Customer()
    promised_at: Instant | None = None
    payment: PaymentDraft | None = None
    tags: tuple[str, ...] = ()
    allergy: str = ""
    note: str = ""
    address: Address | None = None
    table: str = ""
    placed_at: Instant | None = None
    partner: str = ""
    hold: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """`unit_price` holds the modifiers; `no` is its place on the order, from 1.

    `remake_reason` says why the dish that it replaces had to be made again.
    """

    id: int
    no: int
    dish_id: int
    names: Names
    kitchen: Names
    quantity: int
    unit_price: int
    modifiers: tuple[FrozenModifier, ...]
    note: str
    station_id: int
    prep_minutes: int
    tax_class: str
    tax_rate_bp: int
    tax_inclusive: bool
    replaces: int | None
    made_at: Instant | None
    handed_over_at: Instant | None
    voided_at: Instant | None
    remake_reason: str = ""

    @property
    def total(self) -> int:
        """Minor units; nothing once voided."""
        return 0 if self.voided_at is not None else self.unit_price * self.quantity


class ChangeKind(StrEnum):
    """What an edit did to a ticket that the kitchen already had."""

    ADDED = "added"
    VOIDED = "voided"
    AGAIN = "again"
    ALLERGY = "allergy"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class TicketChange:
    """One edit that a station has not tapped *Seen* yet.

    `quantity` and `kitchen` (the dish, modifiers behind it) for lines; `text` the reason of a
    remake, or the allergy or note as it is now.
    """

    kind: ChangeKind
    quantity: int = 0
    kitchen: Names = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One station's share. `entry` counts its stays in a status; a bump names the one it leaves.

    `allergy_seen_at` is the *Seen* of this station; `changes` waits for it.
    """

    id: int
    station_id: int
    kind: Kind
    entry: int
    entered_at: Instant
    allergy_seen_at: Instant | None = None
    changes: tuple[TicketChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Adjustment:
    """`kind` is `discount`, `fee` or `tip`; `amount` in minor units, negative for a discount."""

    kind: str
    names: Names
    amount: int


@dataclass(frozen=True, slots=True)
class StageTimes:
    """When the order entered each stage of the guest's page; None while it has not."""

    received_at: Instant
    preparing_at: Instant | None = None
    ready_at: Instant | None = None
    out_at: Instant | None = None
    ended_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """An order with everything that hangs on it.

    `id` is the store's own, `uid` the one the world sees; `entry` counts stays in a status;
    `revision` rises with every change. `paid` is all that was received and `refunded` what went
    back, in minor units. `enters_at`: when it enters the kitchen's screens (0: at once);
    `held_at`: the kitchen waits with it; `question`: what the kitchen asks the counter.
    `courier_id` is a member of staff, `partner` a platform whose rider fetches it; `by_hand`:
    rules leave it, or all of its guest's, to people.
    """

    id: int
    uid: str
    number: str
    business_date: str
    source: Source
    ref: str
    fulfilment: Fulfilment
    status: str
    kind: Kind
    entry: int
    entered_at: Instant
    placed_at: Instant
    promised_at: Instant
    promise_moved: bool
    times: StageTimes
    currency: str
    total: int
    paid: int
    payment_type: str
    change_from: int | None
    revision: int
    lines: tuple[Line, ...]
    tickets: tuple[Ticket, ...]
    adjustments: tuple[Adjustment, ...]
    customer: Customer
    people_id: int | None
    address: Address | None
    table: str
    tags: tuple[str, ...]
    allergy: str
    note: str
    cancel_reason: str
    arrived_at: Instant | None
    enters_at: Instant = AT_ONCE
    held_at: Instant | None = None
    rush: bool = False
    asked_at: Instant | None = None
    question: str = ""
    allergy_seen_at: Instant | None = None
    cancel_asked_at: Instant | None = None
    texts_stopped_at: Instant | None = None
    refunded: int = 0
    courier_id: str = ""
    courier_leg: str = "none"
    partner: str = ""
    times_known: bool = True
    by_hand: bool = False

    @property
    def due(self) -> int:
        """What is still to pay, in minor units; money given back is not owed again."""
        return max(0, self.total - self.paid)

    @property
    def unseen_allergy(self) -> bool:
        """Whether the pass has not tapped *Seen* on the allergy as it is now."""
        return bool(self.allergy) and self.allergy_seen_at is None

    @property
    def unseen_changes(self) -> tuple[TicketChange, ...]:
        """Edits that some station has not seen, as the pass shows them."""
        return tuple(change for ticket in self.tickets for change in ticket.changes)

    @property
    def open_lines(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.voided_at is None)


def total_of(lines: tuple[Line, ...], adjustments: tuple[Adjustment, ...] = ()) -> int:
    """The one place where an order's total is computed, in minor units.

    Prices are whole minor units per piece, so lines need no rounding; adjustments are whole
    amounts rounded where they are entered. A total is never below zero.
    """
    return max(0, sum(line.total for line in lines) + sum(a.amount for a in adjustments))


def is_counter_made(order: Order) -> bool:
    """Whether nothing of it needs a kitchen: dishes without preparing time are made here."""
    return all(line.prep_minutes == 0 for line in order.open_lines)
