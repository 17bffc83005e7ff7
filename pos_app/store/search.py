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
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    false,
    func,
    intersect,
    literal_column,
    or_,
    select,
    text,
)

from pos_app.domain.asking import Term, table_spellings, terms_of
from pos_app.store import orders as order_store
from pos_app.store.prepared import Prepared
from pos_app.store.tables import dish_words, lines, number_counters, orders, people_words

# More than so many are not sorted before the newest orders were looked at.
FEW_GUESTS, MANY_GUESTS, MANY_NUMBERS = 1_000, 2_000, 20_000
WALKED = 5_000
# How many orders a word stands for, roughly: only the comparison counts.
_OF_A_GUEST, _OF_A_DAY, _OF_A_DISH = 5, 250, 20_000
FIRST = 2**62
_BEFORE: BindParameter[int] = bindparam("before")
_LIMIT: BindParameter[int] = bindparam("most")
_HAS_TABLE = text("orders.table_name != ''")


def _beginning(column: ColumnElement[str]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return column >= bindparam("first"), column < bindparam("behind")


def _counted(rows: Select[Any], most: int) -> Prepared:
    few = rows.limit(literal_column(str(most + 1))).subquery()
    return Prepared(select(func.count().label("found")).select_from(few))


_GUESTS = _counted(
    select(people_words.c.people_id).where(*_beginning(people_words.c.word)), MANY_GUESTS
)
_NUMBERS = _counted(select(orders.c.id).where(*_beginning(orders.c.number)), MANY_NUMBERS)
_DISHES = Prepared(select(dish_words.c.dish_id).where(*_beginning(dish_words.c.word)).distinct())
_TABLE = Prepared(
    select(orders.c.id)
    .where(_HAS_TABLE, orders.c.table_name == bindparam("name"))
    .limit(literal_column("1"))
)
_FIRST_DAY = Prepared(select(func.min(number_counters.c.business_date).label("day")))
_PREFIXES = Prepared(
    select(number_counters.c.prefix).where(
        number_counters.c.business_date
        == select(func.max(number_counters.c.business_date)).scalar_subquery()
    )
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
    """A word with what the store knows of it.

    `guests` and `numbers` count what begins with `guest_words` and `number`, up to one too many.
    """

    days: tuple[str, ...] = ()
    number: str = ""
    numbers: int = 0
    exact_numbers: tuple[str, ...] = ()
    guest_words: tuple[str, ...] = ()
    guests: int = 0
    dishes: tuple[int, ...] = ()
    tables: tuple[str, ...] = ()

    @property
    def means_guests_only(self) -> bool:
        others = (self.days, self.numbers, self.exact_numbers, self.dishes, self.tables)
        return self.guests > 0 and not any(others)

    @property
    def breadth(self) -> int:
        """Roughly how many orders it fits; 0: none."""
        return (
            len(self.days) * _OF_A_DAY
            + self.numbers
            + len(self.exact_numbers)
            + self.guests * _OF_A_GUEST
            + (len(self.dishes) + len(self.tables)) * _OF_A_DISH
        )

    @property
    def is_endless(self) -> bool:
        one_name = len(self.guest_words) == 1
        return (one_name and self.guests > MANY_GUESTS) or self.numbers > MANY_NUMBERS


def find(
    connection: Connection, words: str, limit: int, *, before: int | None = None, today: date
) -> list[int]:
    """Ids of at most `limit` orders that fit all `words`, newest first; all when there are none.

    `before` is the last id of the page before. A word fits an order by its number (beginning),
    its guest's phone (three digits or more, anywhere), a word of his name or of a dish's
    (beginning), its table, or its business date. `today` is the business date of now.
    """
    if not words.strip():
        return order_store.page(connection, limit, before)
    first = _FIRST_DAY.one(connection)
    first_year = int(first.day[:4]) if first is not None and first.day else today.year
    terms = terms_of(words, today, first_year)
    last = FIRST if before is None else before
    prefixes = [row.prefix for row in _PREFIXES.rows(connection)]
    known = [_look_up(connection, term, prefixes) for term in terms]
    found = _of_table(connection, words, last, limit) if len(terms) > 1 else []
    if terms and all(one.breadth for one in known):
        found += _find_all(connection, _merged(known), last, limit)
    return _newest(found, limit)


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
    return found + _of_dishes(connection, leading.dishes, beside, before, limit)


def _merged(known: list[_Known]) -> list[_Known]:
    """Name and surname are words about one guest: together they fit far fewer."""
    names = sorted((o for o in known if o.means_guests_only), key=lambda one: one.guests)
    if len(names) < 2:
        return known
    words = tuple(dict.fromkeys(word for one in names for word in one.guest_words))
    one_guest = _Known(guest_words=words, guests=names[0].guests)
    return [one_guest, *(one for one in known if not one.means_guests_only)]


def _look_up(connection: Connection, term: Term, prefixes: list[str]) -> _Known:
    if term.days:
        return _Known(days=term.days)
    guests = sorted((_count(_GUESTS, connection, word), word) for word in term.of_guest)
    dishes = [
        {row.dish_id for row in _DISHES.rows(connection, first=word, behind=_behind(word))}
        for word in term.words
    ]
    spoken = {f"{prefix}{term.number}" for prefix in prefixes} if term.number.isdecimal() else set()
    return _Known(
        number=term.number,
        numbers=_count(_NUMBERS, connection, term.number) if term.number else 0,
        exact_numbers=tuple(sorted(spoken - {term.number})),
        guest_words=tuple(word for _guests, word in guests),
        guests=guests[0][0] if guests else 0,
        dishes=tuple(sorted(set.intersection(*dishes))) if dishes else (),
        tables=tuple(name for name in term.tables if _TABLE.one(connection, name=name) is not None),
    )


def _count(statement: Prepared, connection: Connection, beginning: str) -> int:
    row = statement.one(connection, first=beginning, behind=_behind(beginning))
    return int(row.found) if row is not None else 0


def _behind(beginning: str) -> str:
    """The first text behind everything that begins with `beginning`."""
    return beginning[:-1] + chr(ord(beginning[-1]) + 1)


# Which orders a word brings


def _sources(known: _Known) -> Iterator[Select[Any]]:
    """Readings of the indexes that the word's orders stand in; dishes have their own."""
    ids = select(orders.c.id)
    if known.days:
        yield ids.where(orders.c.business_date.in_(known.days))
    if known.numbers:
        yield ids.where(orders.c.number >= known.number, orders.c.number < _behind(known.number))
    if known.exact_numbers:
        yield ids.where(orders.c.number.in_(known.exact_numbers))
    if known.tables:
        yield ids.where(_HAS_TABLE, orders.c.table_name.in_(known.tables))
    if known.guests:
        yield ids.where(*_of_guests(known))


def _of_guests(known: _Known) -> tuple[ColumnElement[bool], ...]:
    """The first word is the rarest: a few guests are asked one by one for their other names."""
    rarest, *others = known.guest_words
    if not others:
        return (orders.c.people_id.in_(_guests_of(rarest)),)
    if known.guests <= FEW_GUESTS:
        return (orders.c.people_id.in_(_guests_of(rarest)), *map(_is_of_guest, others))
    return (orders.c.people_id.in_(intersect(*map(_guests_of, known.guest_words))),)


def _gather(
    connection: Connection, source: Select[Any], beside: Sequence[_Known], before: int, limit: int
) -> list[int]:
    # Not the bare key: else SQLite walks back through all orders instead of taking the index.
    key = orders.c.id + literal_column("0", Integer)
    query = source.where(key < before, *map(_fits, beside)).order_by(key.desc()).limit(limit)
    return [row.id for row in connection.execute(query)]


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
    number: ColumnElement[str] = func.coalesce(orders.c.number, "")
    ways: list[ColumnElement[bool]] = []
    if known.days:
        ways.append(func.coalesce(orders.c.business_date, "").in_(known.days))
    if known.numbers:
        ways.append(func.substr(number, 1, len(known.number)) == known.number)
    if known.exact_numbers:
        ways.append(number.in_(known.exact_numbers))
    if known.tables:
        ways.append(func.coalesce(orders.c.table_name, "").in_(known.tables))
    if known.guests:
        ways.append(and_(*(_is_of_guest(word) for word in known.guest_words)))
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
