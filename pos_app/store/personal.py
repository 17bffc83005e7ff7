"""Everything in the store that can hold a guest, and what stands there once he is forgotten.

One place on purpose: `tests/store/test_personal.py` walks every text column of the schema and
fails for one that is listed neither here as personal nor as harmless, so that a new column has
to be thought about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, case, func

from pos_app.store import tables as t

MARK = "–"
"""Stands where reports count by whether there was a word at all."""


@dataclass(frozen=True, slots=True)
class Blank:
    """`column` becomes `value`; with `marks` only where something stood, and then `MARK`."""

    column: Column[Any]
    value: str | int | None = ""
    marks: bool = False

    def written(self) -> str | ColumnElement[Any] | int | None:
        """What an UPDATE writes."""
        if self.marks:
            return case((self.column != "", MARK), else_=self.column)
        return self.value

    def is_due(self) -> ColumnElement[bool]:
        """Whether the column still holds something."""
        if self.marks:
            return self.column.not_in(("", MARK))
        if self.value is None:
            return self.column.is_not(None)
        # NULL is as blank as blank.
        return func.coalesce(self.column, self.value) != self.value


PERSON = (
    Blank(t.people.c.phone),
    Blank(t.people.c.name),
    Blank(t.people.c.language),
    Blank(t.people.c.addresses, "[]"),
    Blank(t.people.c.note),
)
ORDER = (
    # A web shop's reference leads to the guest there, and a hash of all he said can be guessed.
    Blank(t.orders.c.ref, None),
    Blank(t.orders.c.ref_hash, None),
    Blank(t.orders.c.table_name),
    Blank(t.orders.c.address_no, None),
    Blank(t.orders.c.tags, "[]"),
    Blank(t.orders.c.allergy),
    Blank(t.orders.c.note),
    Blank(t.orders.c.question),
    Blank(t.orders.c.cancel_reason, marks=True),
)
OF_ORDER: dict[Table, tuple[Blank, ...]] = {
    t.lines: (Blank(t.lines.c.note), Blank(t.lines.c.remake_reason, marks=True)),
    t.tickets: (Blank(t.tickets.c.changes, "[]"),),
    t.print_jobs: (Blank(t.print_jobs.c.content),),
    # The gateway's own number leads to the text there; the hash of a short text can be guessed.
    t.messages: (Blank(t.messages.c.provider_id), Blank(t.messages.c.text_hash)),
    t.tasks: (Blank(t.tasks.c.said),),
}
"""Tables with an `order_id`, and what is blanked in them."""

GONE: dict[Table, str] = {
    t.people_words: "what a guest is found by",
    t.recorded_texts: "what a person wrote to a guest, and what practice would have sent",
    t.consents: "a proof of what nobody said proves nothing",
    t.contacts: "where else he can be reached",
    t.customer_tags: "what the shop thinks of him",
}
"""Tables with a `people_id` whose rows go with the guest."""

_PROGRAM = "a word, id, hash or key of the program's own"
_SHOP = "what the shop says about itself"
_MENU = "the menu's words"
_STAFF = "about those who work here"
HARMLESS: dict[str, str] = {
    "store": _PROGRAM,
    "terminals": _SHOP,
    "leases": _PROGRAM,
    "settings": _SHOP,
    "secrets": "sealed, the shop's own",
    "stations": _SHOP,
    "categories": _MENU,
    "dishes": _MENU,
    "dish_words": _MENU,
    "modifiers": _MENU,
    "statuses": _SHOP,
    "adjustments": "kinds of discounts and fees, the shop's words",
    "erasures": "a hash that names nobody",
    "journal": "ids, statuses and amounts; a test looks for words of guests in it",
    "number_counters": _PROGRAM,
    "links": "tokens by chance; behind them is what the order still holds",
    "sites": _SHOP,
    "actions": _PROGRAM,
    "rules": _PROGRAM,
    "rule_versions": "the shop's templates, and which rules waited together",
    "rule_traces": _PROGRAM,
    "rule_runs": _PROGRAM,
    "status_texts": "the shop's templates",
    "opt_in_words": _PROGRAM,
    "opt_outs": "a keyed hash that names nobody",
    "spend": _SHOP,
    "webhook_deliveries": _PROGRAM,
    "attempts": _PROGRAM,
    "owner_texts": "which day, when and how; its words are made when it leaves",
    "printers": _SHOP,
    "payments": _STAFF,
    "lane_states": _PROGRAM,
    "staff": _STAFF,
    "hand_ins": _STAFF,
    "closed_days": _STAFF,
    "screens": _SHOP,
    "courier_acts": _STAFF,
    "messages.legs": "names of channels",
    "tasks.kind": _PROGRAM,
    "tasks.rule_id": _PROGRAM,
    "tasks.done_by": _STAFF,
    "orders.uid": _PROGRAM,
    "orders.number": "the day's number",
    "orders.business_date": _PROGRAM,
    "orders.source": _PROGRAM,
    "orders.fulfilment": _PROGRAM,
    "orders.status": _PROGRAM,
    "orders.kind": _PROGRAM,
    "orders.courier_leg": _PROGRAM,
    "orders.language": "one of the languages of the page",
    "orders.currency": _PROGRAM,
    "orders.payment_type": _PROGRAM,
    "orders.courier_id": _STAFF,
    "orders.partner": "a platform's name; reports judge its orders apart",
    "orders.device_id": _PROGRAM,
    "orders.staff_id": _STAFF,
    "lines.names": _MENU,
    "lines.kitchen": _MENU,
    "lines.modifiers": _MENU,
    "lines.tax_class": _SHOP,
    "tickets.kind": _PROGRAM,
    "print_jobs.what": _PROGRAM,
    "print_jobs.state": _PROGRAM,
    "print_jobs.reason": _PROGRAM,
    "messages.key": _PROGRAM,
    "messages.uid": _PROGRAM,
    "messages.rule_id": _PROGRAM,
    "messages.step_id": _PROGRAM,
    "messages.channel": _PROGRAM,
    "messages.about": _PROGRAM,
    "messages.language": "one of the languages of the page",
    "messages.state": _PROGRAM,
    "messages.reason": _PROGRAM,
}
"""Text columns (or all of a table) that hold no guest, and why."""


def values(blanks: tuple[Blank, ...]) -> dict[str, Any]:
    """What an UPDATE writes, by column."""
    return {blank.column.name: blank.written() for blank in blanks}


def columns() -> list[Column[Any]]:
    """Every column whose contents are a guest's."""
    blanks = [*PERSON, *ORDER, *(blank for group in OF_ORDER.values() for blank in group)]
    return [blank.column for blank in blanks]
