"""Past orders with what happened to them, as rules would have met it at each moment.

Read in ranges of ids, a handful of statements per 500 orders, and only what the rules in question
ask for. `past_standing` says what the journal tells of a moment and what it does not.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pos_app.automation.model import Field, On, RuleVersion, SetTag
from pos_app.automation.past import NOBODY, PastGuest, PastOrder
from pos_app.automation.reading import rule_of
from pos_app.desk import automating
from pos_app.desk.past_reach import Reach
from pos_app.desk.past_standing import KINDS, Happened, Standing, Told
from pos_app.desk.retelling import Retelling
from pos_app.domain.consent import ConsentKind
from pos_app.store import documents, past_days, rules
from pos_app.store.database import Connection

_KINDS = tuple(dict.fromkeys((*KINDS, *automating.BESIDE)))
_OF_LINES = frozenset({Field.ITEMS, Field.DISH, Field.CATEGORY})
_VISITS = frozenset({Field.PAST_ORDERS, Field.LATER_ORDERS})
_told = documents.reader(Told)


@dataclass(frozen=True, slots=True)
class Asked:
    """What rules ask for, so that nothing else is read."""

    fields: frozenset[Field]
    lines: bool

    @property
    def guest(self) -> bool:
        """Whether anything is asked of the guest beside the order."""
        return bool(self.fields & (_VISITS | {Field.OFFERS, Field.CUSTOMER_TAG}))


def asked_by(versions: Sequence[RuleVersion], fields: frozenset[Field]) -> Asked:
    """What `versions`, whose conditions ask for `fields`, need."""
    triggers = {one.rule.trigger.on for one in versions}
    steps = [step for one in versions for step in one.rule.steps]
    if On.NEW_CUSTOMER in triggers:
        fields |= {Field.PAST_ORDERS}
    if any(getattr(step, "offer", False) for step in steps):
        fields |= {Field.OFFERS}
    return Asked(fields, bool(fields & _OF_LINES) or On.PREDICTED_LATE in triggers)


class PastOrders:
    """Reads and rebuilds the orders of one simulation."""

    def __init__(self, connection: Connection, asked: Asked, reach: Reach) -> None:
        self._connection, self._asked, self._reach = connection, asked, reach
        self._retelling = Retelling()
        self._tags: dict[str, tuple[frozenset[str], frozenset[str]]] = {}

    def between(self, first: int, last: int, days: tuple[str, str]) -> Iterator[PastOrder]:
        """The orders with ids from `first` to `last` of these business dates, in their order."""
        connection, asked = self._connection, self._asked
        heads = past_days.heads(connection, first, last)
        events = past_days.events_of(connection, first, last, _KINDS)
        lines = past_days.lines_of(connection, first, last) if asked.lines else {}
        rated: dict[int, tuple[int, int]] = {}
        if Field.RATING in asked.fields:
            rated = past_days.ratings_of(connection, first, last)
        reach = self._reach
        reach.look(first, last)
        guest_of = self._guests(first, last) if asked.guest else _nobody
        for head in heads:
            if not days[0] <= head.business_date <= days[1]:
                continue
            happened = _happened(events.get(head.id, ()))
            standing = Standing(head, lines.get(head.id, ()), happened, self._tags_of)
            changes = self._retelling.changes(standing, happened)
            yield PastOrder(
                changes,
                guest_of(head),
                rated.get(head.id),
                reach.asked_on(head.id),
                reach.reached_on(head),
                reach.unwanted(head),
                head.texts_stopped_at,
            )

    def _tags_of(self, rule_id: str) -> tuple[frozenset[str], frozenset[str]]:
        found = self._tags.get(rule_id)
        if found is None:
            history = rules.history(self._connection, rule_id)
            steps = [step for _, document, _, _ in history for step in rule_of(document).steps]
            mine = [step for step in steps if isinstance(step, SetTag) and step.on == "order"]
            put = frozenset(step.tag for step in mine if not step.remove)
            taken = frozenset(step.tag for step in mine if step.remove)
            found = self._tags[rule_id] = put, taken
        return found

    def _guests(self, first: int, last: int) -> Callable[[Any], PastGuest]:
        connection, fields = self._connection, self._asked.fields
        visits: dict[int, list[Any]] = {}
        tags: dict[int, list[Any]] = {}
        offers: dict[int, list[Any]] = {}
        if fields & _VISITS:
            visits = past_days.visits(connection, first, last)
        if Field.CUSTOMER_TAG in fields:
            tags = past_days.guest_tags(connection, first, last)
        if Field.OFFERS in fields:
            kind = ConsentKind.OFFERS.value
            offers = past_days.guest_consents(connection, first, last, kind)

        def guest_of(head: Any) -> PastGuest:
            person = head.people_id
            if person is None:
                return NOBODY
            mine = visits.get(person, ())
            before = bisect_left(mine, head.id, key=_id_of)
            return PastGuest(
                before,
                tuple(visit.placed_at for visit in mine[before:] if visit.id != head.id),
                tuple((row.at, bool(row.given)) for row in offers.get(person, ())),
                tuple((row.added_at, row.tag) for row in tags.get(person, ())),
            )

        return guest_of


def _nobody(_head: Any) -> PastGuest:
    return NOBODY


def _id_of(row: Any) -> int:
    return int(row.id)


def _happened(rows: Sequence[Any]) -> list[Happened]:
    return [Happened(row.seq, row.kind, row.at, row.cause_id, _told(row.payload)) for row in rows]
