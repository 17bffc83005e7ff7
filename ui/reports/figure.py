"""One number of the page in words, and the orders behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pos_app.clock import MINUTE_MS, Instant, local
from pos_app.desk.setup import Setup
from pos_app.domain.menu import Names
from pos_app.domain.money import show
from pos_app.insights.values import Named
from pos_app.language import pick
from ui.rights import sees_money
from ui.staff_words import who_did
from ui.words import _, language

NOTHING = "—"
# The dot stays with what it follows.
GAP = "\u00a0· "
_SHORT = 24
_TIED = "\u00a0"


@dataclass(frozen=True, slots=True)
class Behind:
    """One row of the list: `title` (a number, a station), who or what, a figure, a second line.

    `order_id` None leads nowhere: a station, a courier.
    """

    order_id: int | None
    title: str
    name: str = ""
    figure: str = ""
    below: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """`key` names it for keys and tests; `value` is the big one, `line` what stands under it.

    `about` says how it is computed; `nothing` what an empty list means.
    """

    key: str
    caption: str
    value: str
    line: str
    about: str
    rows: tuple[Behind, ...] = ()
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class Speech:
    """How amounts, names and times are said on this page.

    `past` names stations of that day by id, also those that the shop has no more.
    """

    setup: Setup
    currency: str
    past: Mapping[int, Names] = field(default_factory=dict)

    def sum(self, amount: int) -> str:
        """An amount; empty where whoever stands here sees no prices."""
        said = show(amount, self.currency, language()) if sees_money() else ""
        return said.replace(" ", _TIED)

    def who(self, staff_id: str) -> str:
        return who_did(staff_id, self.setup.staff)

    def station(self, station_id: int) -> str:
        for station in self.setup.menu.stations:
            if station.id == station_id:
                return self.names(station.names)
        return self.names(self.past.get(station_id, {}))

    def names(self, names: Names) -> str:
        return pick(names, language())

    def time(self, at: Instant | None) -> str:
        return f"{local(at, self.setup.settings.shop.zone):%H:%M}" if at is not None else ""


def minutes(span_ms: int) -> str:
    """`14 min`, to the nearest minute."""
    return _("{count} min").format(count=round(span_ms / MINUTE_MS))


def joined(*parts: str) -> str:
    """`parts` one after the other; a line breaks between them, not inside a short one."""
    tied = (part.replace(" ", _TIED) if len(part) <= _SHORT else part for part in parts if part)
    return GAP.join(tied)


def behind(order: Named, figure: str = "", below: str = "") -> Behind:
    table = _("Table {name}").format(name=order.table) if order.table else ""
    return Behind(order.order_id, order.number, order.name or table, figure, below)
