"""What one card says, as plain values: an order, seen by the pass or by one station."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.desk.reading import Card
from pos_app.desk.setup import Setup
from pos_app.domain.board import is_held
from pos_app.domain.order import Line, Order, Ticket, is_counter_made
from pos_app.domain.workflow import KITCHEN_KINDS, PHASES, Fulfilment, Kind, Phase
from pos_app.language import pick
from ui.board import change_words, wording
from ui.board.alarms import has_unseen, tickets_of
from ui.board.chips import Chip, chips
from ui.board.wording import FootNote, Tone
from ui.courier_words import leg_word
from ui.words import _, language

KITCHEN = (Phase.NEW, Phase.IN_KITCHEN)
LAST_DIGITS = 3


class Act(StrEnum):
    """What the one button of a card does."""

    SEE = "see"
    FIRE = "fire"
    BUMP = "bump"
    HAND_OVER = "hand_over"
    SERVE_NOW = "serve_now"
    TRY_AGAIN = "try_again"


@dataclass(frozen=True, slots=True)
class LineText:
    """`made` draws it struck through; `can_check` is False where nothing is made any more.

    `again` says that, and why, it is made once more.
    """

    line_id: int
    quantity: str
    dish: str
    modifiers: str
    note: str
    again: str
    made: bool
    can_check: bool


@dataclass(frozen=True, slots=True)
class Button:
    """The one next act. `gives_out` colours it as leaving the shop."""

    label: str
    act: Act
    gives_out: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """A card's words. `order` decides the clock; `from_entry` is what a tap will have seen.

    `changes` are the rows under *CHANGED*, `asked` the open question; a `held` card is dimmed.
    """

    order: Order
    phase: Phase
    from_entry: int
    station_id: int | None
    number: str
    title: str
    under: str
    chips: tuple[Chip, ...]
    allergy: str
    changes: tuple[str, ...]
    asked: str
    note: str
    lines: tuple[LineText, ...]
    foot: tuple[FootNote, ...]
    button: Button | None
    held: bool

    @property
    def spoken(self) -> str:
        """The card for a screen reader, without its clock."""
        parts = [self.number, self.title, self.under, *(chip.text for chip in self.chips)]
        parts += [self.allergy, *self.changes, self.asked, self.note]
        for line in self.lines:
            if not line.made:
                said = (f"{line.quantity} {line.dish}", line.modifiers, line.note, line.again)
                parts.append(", ".join(part for part in said if part))
        if self.button is not None:
            parts.append(_("next: {act}").format(act=self.button.label))
        return ". ".join(part for part in parts if part)


def content(
    card: Card, setup: Setup, station_id: int | None, *, name_repeats: bool
) -> Content | None:
    """None when the order has no place on this board: ended, or nothing for the station."""
    order = card.order
    ticket = _ticket(order, station_id)
    phase = PHASES[order.kind] if station_id is None else _station_phase(order, ticket)
    if phase not in (*KITCHEN, Phase.READY, Phase.ON_THE_WAY):
        return None
    tickets = tickets_of(order, station_id) if order.kind in KITCHEN_KINDS else []
    return Content(
        order=order,
        phase=phase,
        from_entry=order.entry if ticket is None else ticket.entry,
        station_id=station_id,
        number=order.number,
        title=_title(order, name_repeats=name_repeats),
        under=wording.under(order, setup),
        chips=chips(order),
        allergy=_("ALLERGY: {text}").format(text=order.allergy) if order.allergy else "",
        changes=change_words.changes(tickets),
        asked=wording.asked(order),
        note=order.note,
        lines=tuple(
            _line(line, order)
            for line in order.open_lines
            if station_id is None or line.station_id == station_id
        ),
        foot=_foot(card, setup, station_id),
        button=_button(order, ticket, setup),
        held=is_held(order),
    )


def _ticket(order: Order, station_id: int | None) -> Ticket | None:
    return next((t for t in order.tickets if t.station_id == station_id), None)


def _station_phase(order: Order, ticket: Ticket | None) -> Phase | None:
    if ticket is None or PHASES[order.kind] not in (*KITCHEN, Phase.READY):
        return None
    return PHASES[ticket.kind]


def _title(order: Order, *, name_repeats: bool) -> str:
    name = order.customer.name
    if name and name_repeats and order.customer.phone:
        name = f"{name} ·{order.customer.phone[-LAST_DIGITS:]}"
    table = _("Table {table}").format(table=order.table) if order.table else ""
    return " · ".join(part for part in (table, name) if part)


def _line(line: Line, order: Order) -> LineText:
    ticket = _ticket(order, line.station_id)
    in_kitchen = PHASES[order.kind] in KITCHEN
    station_done = ticket is not None and ticket.kind is Kind.READY
    has_left = line.handed_over_at is not None
    return LineText(
        line_id=line.id,
        quantity=str(line.quantity),
        dish=pick(line.names, language()),
        modifiers="   ".join(pick(m.names, language()) for m in line.modifiers),
        note=line.note,
        again=change_words.again(line.remake_reason),
        made=has_left or (in_kitchen and (line.made_at is not None or station_done)),
        can_check=in_kitchen and not station_done and not has_left,
    )


def _foot(card: Card, setup: Setup, station_id: int | None) -> tuple[FootNote, ...]:
    order = card.order
    notes = []
    if order.arrived_at is not None:
        notes.append(FootNote("pin", _("guest is here"), Tone.STRONG))
    courier = leg_word(order)
    if courier:
        notes.append(FootNote("dispatch", courier, Tone.STRONG))
    waits = _waits_for(order, setup, station_id)
    if waits:
        notes.append(FootNote("clock", waits))
    else:
        said = wording.message(card, texts_on=setup.texts_on)
        if said is not None:
            notes.append(said)
    return tuple(notes)


def _waits_for(order: Order, setup: Setup, station_id: int | None) -> str:
    """Which other stations a ready ticket still waits for."""
    ticket = _ticket(order, station_id)
    if ticket is None or ticket.kind is not Kind.READY:
        return ""
    behind = {t.station_id for t in order.tickets if t.kind is not Kind.READY}
    names = [pick(s.names, language()) for s in setup.menu.stations if s.id in behind]
    return _("waits for: {stations}").format(stations=", ".join(names)) if names else ""


def _button(order: Order, ticket: Ticket | None, setup: Setup) -> Button | None:
    station_id = None if ticket is None else ticket.station_id
    in_shop = order.kind in KITCHEN_KINDS
    if in_shop and has_unseen(order, tickets_of(order, station_id), station_id):
        return Button(_("Seen"), Act.SEE)
    if is_held(order):
        return Button(_("Fire"), Act.FIRE)
    return _of_pass(order) if ticket is None else _of_station(ticket, setup)


def _of_pass(order: Order) -> Button:
    if _is_served_now(order):
        return Button(_("Served now"), Act.SERVE_NOW, gives_out=True)
    acts = {Kind.READY: Act.HAND_OVER, Kind.DELIVERY_FAILED: Act.TRY_AGAIN}
    gives_out = PHASES[order.kind] in (Phase.READY, Phase.ON_THE_WAY)
    return Button(wording.act(order), acts.get(order.kind, Act.BUMP), gives_out)


def _is_served_now(order: Order) -> bool:
    """Whether nothing of it needs a kitchen and its guest stands at the counter."""
    at_counter = order.fulfilment is not Fulfilment.DELIVERY and not order.partner
    return PHASES[order.kind] is Phase.NEW and at_counter and is_counter_made(order)


def _of_station(ticket: Ticket, setup: Setup) -> Button | None:
    if ticket.kind is Kind.ACCEPTED:
        return Button(_("Start"), Act.BUMP)
    if ticket.kind is Kind.PREPARING:
        station = next((s for s in setup.menu.stations if s.id == ticket.station_id), None)
        name = pick(station.names, language()) if station is not None else ""
        return Button(_("{station} done").format(station=name), Act.BUMP)
    return None
