"""Finding orders again among all there ever were: newest first, page by page.

Each word of a question is looked up in the indexes that it may belong to (`domain/asking.py`).
The word that fits the fewest orders leads; the others only pass or refuse what it brings. Where a
word fits guests or numbers without end, the newest orders are walked through first, because
among them enough are found at once; only when they are not, everything that fits is sorted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    exists,
    false,
    func,
    literal_column,
    or_,
    select,
    text,
)

from pos_app.domain.asking import Term, table_spellings, terms_of
from pos_app.store import orders as order_store
from pos_app.store.prepared import Prepared
from pos_app.store.tables import dish_words, lines, number_counters, orders, people_words

# More than so many guests or numbers are not sorted before the newest orders were looked at.
MANY = 2_000
WALKED = 5_000
FIRST = 2**62
_MANY_ROWS: ColumnElement[int] = literal_column(str(MANY + 1))
_BEFORE: BindParameter[int] = bindparam("before")
_LIMIT: BindParameter[int] = bindparam("most")
_HAS_TABLE = text("orders.table_name != ''")

_DISHES = Prepared(
    select(dish_words.c.dish_id)
    .where(dish_words.c.word >= bindparam("first"), dish_words.c.word < bindparam("behind"))
    .distinct()
)
_GUESTS = Prepared(
    select(people_words.c.people_id)
    .where(people_words.c.word >= bindparam("first"), people_words.c.word < bindparam("behind"))
    .limit(_MANY_ROWS)
)
_NUMBERS = Prepared(
    select(orders.c.id)
    .where(orders.c.number >= bindparam("first"), orders.c.number < bindparam("behind"))
    .limit(_MANY_ROWS)
)
_TABLE = Prepared(
    select(orders.c.id)
    .where(_HAS_TABLE, orders.c.table_name == bindparam("name"))
    .limit(literal_column("1"))
)
_PREFIXES = select(number_counters.c.prefix).where(
    number_counters.c.business_date
    == select(func.max(number_counters.c.business_date)).scalar_subquery()
)
_OF_DISH = Prepared(
    select(lines.c.order_id)
    .where(lines.c.dish_id == bindparam("of_dish"), lines.c.order_id < _BEFORE)
    .distinct()
    .order_by(lines.c.order_id.desc())
    .limit(_LIMIT)
)


@dataclass(frozen=True, slots=True)
class _Known:
    """A word with what the store knows of it. `guests` and `numbers` count up to MANY."""

    term: Term
    guests: int
    numbers: int
    dishes: tuple[int, ...]
    exact_numbers: tuple[str, ...]
    tables: tuple[str, ...]

    @property
    def fits_nothing(self) -> bool:
        found = (self.guests, self.numbers, self.dishes, self.exact_numbers, self.tables)
        return not any(found) and not self.term.days

    @property
    def breadth(self) -> int:
        """Roughly how many orders it fits: days and numbers few, a dish or a table many."""
        if self.term.days:
            return 1
        return self.guests + self.numbers + MANY * (len(self.dishes) + len(self.tables))

    @property
    def is_endless(self) -> bool:
        return self.guests > MANY or self.numbers > MANY


def find(
    connection: Connection, words: str, limit: int, *, before: int | None = None, today: date
) -> list[int]:
    """Ids of at most `limit` orders that fit all `words`, newest first; all when there are none.

    `before` is the last id of the page before. A word fits an order by its number (beginning),
    its guest's phone (three digits or more, anywhere), a word of his name or of a dish's
    (beginning), its table, or its business date. `today` is the business date of now.
    """
    terms = terms_of(words, today)
    if not terms:
        return [] if words.strip() else order_store.page(connection, limit, before)
    last = FIRST if before is None else before
    prefixes = [row.prefix for row in connection.execute(_PREFIXES)]
    known = [_look_up(connection, term, prefixes) for term in terms]
    named = _of_table(connection, words, last, limit) if len(terms) > 1 else []
    if any(one.fits_nothing for one in known):
        return named
    found = _find_all(connection, known, last, limit)
    return _newest({*named, *found}, limit)


def _find_all(connection: Connection, known: list[_Known], before: int, limit: int) -> list[int]:
    leading = min(known, key=lambda one: one.breadth)
    beside = [one for one in known if one is not leading]
    if leading.is_endless:
        found = _walk(connection, known, before, limit)
        if len(found) == limit:
            return found
    found = [
        order_id
        for source in _sources(leading)
        for order_id in _gather(connection, source, beside, before, limit)
    ]
    found += _of_dishes(connection, leading.dishes, beside, before, limit)
    return _newest(found, limit)


def _look_up(connection: Connection, term: Term, prefixes: list[str]) -> _Known:
    if term.days:
        return _Known(term, 0, 0, (), (), ())
    guests = [_size(_GUESTS, connection, word) for word in term.of_guest]
    dishes = [{row.dish_id for row in _in_range(_DISHES, connection, w)} for w in term.words]
    spoken = {f"{prefix}{term.number}" for prefix in prefixes} if term.number.isdecimal() else ()
    return _Known(
        term,
        min(guests, default=0),
        _size(_NUMBERS, connection, term.number) if term.number else 0,
        tuple(sorted(set.intersection(*dishes))) if dishes else (),
        tuple(number for number in spoken if number != term.number),
        tuple(name for name in term.tables if _TABLE.one(connection, name=name) is not None),
    )


def _size(statement: Prepared, connection: Connection, beginning: str) -> int:
    return len(_in_range(statement, connection, beginning))


def _in_range(statement: Prepared, connection: Connection, beginning: str) -> list[Any]:
    return statement.rows(connection, first=beginning, behind=_behind(beginning))


def _behind(beginning: str) -> str:
    """The first text behind everything that begins with `beginning`."""
    return beginning[:-1] + chr(ord(beginning[-1]) + 1)


# Which orders a word brings


def _sources(known: _Known) -> Iterator[Select[Any]]:
    """Readings of the indexes that the word's orders stand in; dishes have their own."""
    ids = select(orders.c.id)
    term = known.term
    for day in term.days:
        yield ids.where(orders.c.business_date == day)
    if known.numbers:
        yield ids.where(orders.c.number >= term.number, orders.c.number < _behind(term.number))
    for number in known.exact_numbers:
        yield ids.where(orders.c.number == number)
    for name in known.tables:
        yield ids.where(_HAS_TABLE, orders.c.table_name == name)
    if known.guests:
        yield ids.where(and_(*(orders.c.people_id.in_(_guests_of(w)) for w in term.of_guest)))


def _gather(
    connection: Connection, source: Select[Any], beside: Sequence[_Known], before: int, limit: int
) -> list[int]:
    query = source.where(orders.c.id < before, *map(_fits, beside))
    return [row.id for row in connection.execute(query.order_by(orders.c.id.desc()).limit(limit))]


def _of_dishes(
    connection: Connection,
    dishes: tuple[int, ...],
    beside: Sequence[_Known],
    before: int,
    limit: int,
) -> list[int]:
    """The newest orders of each dish: its index is in their order, so no dish is too common."""
    if not beside:
        return [
            row.order_id
            for dish_id in dishes
            for row in _OF_DISH.rows(connection, of_dish=dish_id, before=before, most=limit)
        ]
    found: list[int] = []
    for dish_id in dishes:
        query = (
            select(lines.c.order_id)
            .select_from(lines.join(orders, orders.c.id == lines.c.order_id))
            .where(lines.c.dish_id == dish_id, lines.c.order_id < before, *map(_fits, beside))
            .distinct()
            .order_by(lines.c.order_id.desc())
            .limit(limit)
        )
        found += [row.order_id for row in connection.execute(query)]
    return found


def _of_table(connection: Connection, name: str, before: int, limit: int) -> list[int]:
    """Orders of the table whose name is the whole text."""
    query = select(orders.c.id).where(
        _HAS_TABLE, orders.c.table_name.in_(table_spellings(name)), orders.c.id < before
    )
    return [row.id for row in connection.execute(query.order_by(orders.c.id.desc()).limit(limit))]


def _walk(connection: Connection, known: list[_Known], before: int, limit: int) -> list[int]:
    """The newest orders one by one, as far as it is cheaper than sorting all that fit."""
    newest = connection.execute(
        select(func.max(orders.c.id)).where(orders.c.id < before)
    ).scalar_one()
    query = (
        select(orders.c.id)
        .where(orders.c.id < before, orders.c.id >= (newest or 0) - WALKED, *map(_fits, known))
        .order_by(orders.c.id.desc())
        .limit(limit)
    )
    return [row.id for row in connection.execute(query)]


# Whether an order fits a word


def _fits(known: _Known) -> ColumnElement[bool]:
    """Asked of one order at a time: written so that no index tempts the database to begin here."""
    term = known.term
    number: ColumnElement[str] = func.coalesce(orders.c.number, "")
    ways: list[ColumnElement[bool]] = []
    if term.days:
        ways.append(func.coalesce(orders.c.business_date, "").in_(term.days))
    if known.numbers:
        ways.append(func.substr(number, 1, len(term.number)) == term.number)
    if known.exact_numbers:
        ways.append(number.in_(known.exact_numbers))
    if known.tables:
        ways.append(func.coalesce(orders.c.table_name, "").in_(known.tables))
    if known.guests:
        ways.append(and_(*(_is_of_guest(word) for word in term.of_guest)))
    if known.dishes:
        ordered = (lines.c.order_id == orders.c.id, lines.c.dish_id.in_(known.dishes))
        ways.append(exists().where(*ordered).correlate(orders))
    return or_(*ways) if ways else false()


def _guests_of(word: str) -> Select[Any]:
    return select(people_words.c.people_id).where(
        people_words.c.word >= word, people_words.c.word < _behind(word)
    )


def _is_of_guest(word: str) -> ColumnElement[bool]:
    mine = people_words.c.people_id == orders.c.people_id
    return (
        exists()
        .where(mine, people_words.c.word >= word, people_words.c.word < _behind(word))
        .correlate(orders)
    )


def _newest(ids: Sequence[int] | set[int], limit: int) -> list[int]:
    return sorted(set(ids), reverse=True)[:limit]
