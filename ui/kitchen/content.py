"""What one kitchen card says, as plain values: an order as one station, or all of them, sees it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.clock import Instant
from pos_app.desk.setup import Setup
from pos_app.domain.board import is_held, place_on_board
from pos_app.domain.order import Line, Order, Ticket
from pos_app.domain.workflow import KITCHEN_KINDS, Kind
from pos_app.language import pick
from ui.board import change_words, wording
from ui.board.alarms import has_unseen, marks, tickets_of
from ui.kitchen import words
from ui.words import _, language, quoted

SortKey = tuple[bool, bool, Instant, int]


class Act(StrEnum):
    """What the one button of a card does."""

    SEE = "see"
    FIRE = "fire"
    START = "start"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class LineText:
    """`made` draws it struck through."""

    line_id: int
    quantity: str
    dish: str
    modifiers: str
    note: str
    again: str
    made: bool


@dataclass(frozen=True, slots=True)
class Content:
    """A card's words. `entry` is what a tap will have seen: the ticket's, or the order's.

    `marks` are *FIRST*, *HOLD* and *?*; `changes` the rows under *CHANGED*.
    """

    order: Order
    station_id: int | None
    entry: int
    number: str
    under: str
    marks: tuple[str, ...]
    allergy: str
    changes: tuple[str, ...]
    note: str
    lines: tuple[LineText, ...]
    elsewhere: str
    act: Act
    held: bool

    @property
    def key(self) -> SortKey:
        """The same place among others as on every screen."""
        return place_on_board(self.order)

    @property
    def act_word(self) -> str:
        return {
            Act.SEE: _("Seen"),
            Act.FIRE: _("Fire"),
            Act.START: _("Start"),
            Act.READY: _("Ready"),
        }[self.act]

    @property
    def spoken(self) -> str:
        """The card for a screen reader, without its clock."""
        parts = [self.number, self.under, *self.marks, self.allergy, *self.changes, self.note]
        for line in self.lines:
            if not line.made:
                said = (f"{line.quantity} {line.dish}", line.modifiers, line.note, line.again)
                parts.append(", ".join(part for part in said if part))
        parts += [self.elsewhere, _("next: {act}").format(act=self.act_word)]
        return ". ".join(part for part in parts if part)


def content(order: Order, setup: Setup, station_id: int | None) -> Content | None:
    """None when there is nothing to do here: ended, done at this station, or not its dishes."""
    tickets = tickets_of(order, station_id)
    if order.kind not in (Kind.PLACED, *KITCHEN_KINDS) or not tickets:
        return None
    changes = change_words.changes(tickets)
    to_do = [ticket for ticket in tickets if ticket.kind is not Kind.READY]
    if not to_do and not changes:
        return None
    stations = {ticket.station_id for ticket in tickets}
    promised = wording.promised(order, setup.settings.shop.zone)
    return Content(
        order=order,
        station_id=station_id,
        entry=order.entry if station_id is None else tickets[0].entry,
        number=order.number,
        under=f"{words.place(order)} · {promised}",
        marks=marks(order),
        allergy=_("ALLERGY: {text}").format(text=order.allergy) if order.allergy else "",
        changes=changes,
        note=order.note,
        lines=tuple(
            _line(line, tickets) for line in order.open_lines if line.station_id in stations
        ),
        elsewhere="" if station_id is None else _elsewhere(order, setup, station_id),
        act=_act(order, tickets, station_id),
        held=is_held(order),
    )


def _act(order: Order, tickets: list[Ticket], station_id: int | None) -> Act:
    if has_unseen(order, tickets, station_id):
        return Act.SEE
    if is_held(order):
        return Act.FIRE
    started = any(ticket.kind is not Kind.ACCEPTED for ticket in tickets)
    return Act.READY if started else Act.START


def _line(line: Line, tickets: list[Ticket]) -> LineText:
    done = any(t.station_id == line.station_id and t.kind is Kind.READY for t in tickets)
    return LineText(
        line_id=line.id,
        quantity=str(line.quantity),
        dish=pick(line.kitchen, language()) or pick(line.names, language()),
        modifiers="   ".join(
            pick(m.kitchen, language()) or pick(m.names, language()) for m in line.modifiers
        ),
        note=quoted(line.note),
        again=change_words.again(line.remake_reason),
        made=line.made_at is not None or done,
    )


def _elsewhere(order: Order, setup: Setup, station_id: int) -> str:
    others = [ticket for ticket in order.tickets if ticket.station_id != station_id]
    cooking = {ticket.station_id for ticket in others if ticket.kind is not Kind.READY}
    wanted = cooking or {ticket.station_id for ticket in others}
    names = [pick(s.names, language()) for s in setup.menu.stations if s.id in wanted]
    return words.elsewhere(names, done=not cooking)
