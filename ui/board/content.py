"""What one card says, as plain values: an order, seen by the pass or by one station."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.desk.reading import Card
from pos_app.desk.setup import Setup
from pos_app.domain import money
from pos_app.domain.order import Line, Order, Ticket
from pos_app.domain.workflow import PHASES, Kind, Phase
from pos_app.language import pick
from ui.board import wording
from ui.board.wording import FootNote, Tone
from ui.words import _, language

KITCHEN = (Phase.NEW, Phase.IN_KITCHEN)
LAST_DIGITS = 3


class ChipTone(StrEnum):
    TAG = "tag"
    TO_PAY = "to_pay"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class Chip:
    text: str
    tone: ChipTone


@dataclass(frozen=True, slots=True)
class LineText:
    """`made` draws it struck through; `can_check` is False where nothing is made any more."""

    line_id: int
    quantity: str
    dish: str
    modifiers: str
    note: str
    made: bool
    can_check: bool


@dataclass(frozen=True, slots=True)
class Button:
    """The one next act. `gives_out` colours it as leaving the shop."""

    label: str
    gives_out: bool


@dataclass(frozen=True, slots=True)
class Content:
    """A card's words. `order` decides the clock; `from_entry` is what a tap will have seen."""

    order: Order
    phase: Phase
    from_entry: int
    station_id: int | None
    number: str
    title: str
    under: str
    chips: tuple[Chip, ...]
    allergy: str
    note: str
    lines: tuple[LineText, ...]
    foot: tuple[FootNote, ...]
    button: Button | None

    @property
    def spoken(self) -> str:
        """The card for a screen reader, without its clock."""
        parts = [self.number, self.title, self.under, *(chip.text for chip in self.chips)]
        parts += [self.allergy, self.note]
        parts += [
            ", ".join(
                part for part in (f"{line.quantity} {line.dish}", line.modifiers, line.note) if part
            )
            for line in self.lines
            if not line.made
        ]
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
    return Content(
        order=order,
        phase=phase,
        from_entry=order.entry if ticket is None else ticket.entry,
        station_id=station_id,
        number=order.number,
        title=_title(order, name_repeats=name_repeats),
        under=f"{wording.fulfilment(order)} · {wording.promised(order, setup.settings.shop.zone)}",
        chips=_chips(order),
        allergy=_("ALLERGY: {text}").format(text=order.allergy) if order.allergy else "",
        note=order.note,
        lines=tuple(
            _line(line, order)
            for line in order.open_lines
            if station_id is None or line.station_id == station_id
        ),
        foot=_foot(card, setup, station_id),
        button=_button(order, ticket, setup),
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


def _chips(order: Order) -> tuple[Chip, ...]:
    tags = [Chip(tag, ChipTone.TAG) for tag in order.tags]
    if order.due:
        amount = money.show(order.due, order.currency, language())
        tags.append(Chip(_("TO PAY {amount}").format(amount=amount), ChipTone.TO_PAY))
    elif order.total:
        tags.append(Chip(_("PAID"), ChipTone.PAID))
    return tuple(tags)


def _line(line: Line, order: Order) -> LineText:
    ticket = _ticket(order, line.station_id)
    in_kitchen = PHASES[order.kind] in KITCHEN
    station_done = ticket is not None and ticket.kind is Kind.READY
    return LineText(
        line_id=line.id,
        quantity=str(line.quantity),
        dish=pick(line.names, language()),
        modifiers="   ".join(pick(m.names, language()) for m in line.modifiers),
        note=line.note,
        made=in_kitchen and (line.made_at is not None or station_done),
        can_check=in_kitchen and not station_done,
    )


def _foot(card: Card, setup: Setup, station_id: int | None) -> tuple[FootNote, ...]:
    order = card.order
    notes = []
    if order.arrived_at is not None:
        notes.append(FootNote("pin", _("guest is here"), Tone.STRONG))
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
    if ticket is None:
        gives_out = PHASES[order.kind] in (Phase.READY, Phase.ON_THE_WAY)
        return Button(wording.act(order), gives_out)
    if ticket.kind is Kind.ACCEPTED:
        return Button(_("Start"), gives_out=False)
    if ticket.kind is Kind.PREPARING:
        station = next((s for s in setup.menu.stations if s.id == ticket.station_id), None)
        name = pick(station.names, language()) if station is not None else ""
        return Button(_("{station} done").format(station=name), gives_out=False)
    return None
