"""The words that guests and dishes are found by: a guest's follow him, a dish's come with it.

A guest without a word to be found by has the empty word, which no search begins with: so the
guests behind the last one who has any row are those still to be written, and `mend` does it.
Words of a guest are read off his row; a dish keeps every name it ever had, because old orders say
the old one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import (
    Connection,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    text,
)

from pos_app.domain.folding import endings, folded_words
from pos_app.domain.menu import Names
from pos_app.store import documents
from pos_app.store.prepared import Prepared
from pos_app.store.tables import dish_words, dishes, lines, people, people_words

NO_WORD = ""
CHUNK = 2_000

Progress = Callable[[int, int], None]

_ADD = Prepared(insert(people_words), ["word", "people_id"])
_FORGET = Prepared(delete(people_words).where(people_words.c.people_id == bindparam("of_person")))
_ADD_DISH = Prepared(
    text(
        "INSERT INTO dish_words (word, dish_id) VALUES (:word, :dish_id)"
        " ON CONFLICT (word, dish_id) DO NOTHING"
    )
)
_LAST_WORDED = Prepared(select(func.max(people_words.c.people_id).label("id")))
_NEWEST = Prepared(select(func.max(people.c.id).label("id")))
_BEHIND = Prepared(
    select(people.c.id, people.c.name, people.c.phone)
    .where(people.c.id > bindparam("after"))
    .order_by(people.c.id)
    .limit(literal_column(str(CHUNK)))
)
_HAS_WORDS = exists().where(people_words.c.people_id == people.c.id)


def of_guest(name: str, phone: str) -> set[str]:
    """What a guest of this name and number can be found by; the empty word where by nothing."""
    return (folded_words(name) | endings(phone)) or {NO_WORD}


def change_guest(connection: Connection, people_id: int, name: str, phone: str) -> None:
    """Write a guest's words anew, because his name or number changed."""
    if people_id > _last_worded(connection):
        return  # `mend` will read them off his row; rows of his would hide those before him.
    _FORGET.run(connection, of_person=people_id)
    _ADD.run_many(
        connection,
        [{"word": word, "people_id": people_id} for word in sorted(of_guest(name, phone))],
    )


def forget_guests(connection: Connection, ids: Iterable[int]) -> None:
    """Nobody finds these guests by a word of theirs any more."""
    for people_id in ids:
        change_guest(connection, people_id, "", "")


def add_dish(connection: Connection, dish_id: int, *names: Names) -> None:
    """Let a dish be found by these names too, in whatever language."""
    words = {word for one in names for name in one.values() for word in folded_words(name)}
    _ADD_DISH.run_many(
        connection, [{"word": word, "dish_id": dish_id} for word in sorted(words or {NO_WORD})]
    )


def are_behind(connection: Connection) -> bool:
    """Whether there are guests newer than the last one who has words. Reads two indexes."""
    newest = _NEWEST.one(connection)
    return ((newest.id if newest is not None else None) or 0) > _last_worded(connection)


def mend(connection: Connection) -> bool:
    """Write the words of the newest guests and of dishes that have none; whether more are left.

    Looks behind the last guest who has words only, so that it costs nothing where none is
    missing. At most some thousand at a time, so that others may write in between.
    """
    behind = _BEHIND.rows(connection, after=_last_worded(connection))
    _write(connection, behind)
    _mend_dishes(connection)
    return len(behind) == CHUNK


def _last_worded(connection: Connection) -> int:
    last = _LAST_WORDED.one(connection)
    return (last.id if last is not None else None) or 0


def mend_all(connection: Connection, limit: int = CHUNK) -> int:
    """Write the words of at most `limit` guests who have none, wherever they stand; how many.

    Reads every guest's number once; call it again until it returns 0.
    """
    query = select(people.c.id, people.c.name, people.c.phone).where(~_HAS_WORDS)
    missing = connection.execute(query.order_by(people.c.id).limit(limit)).all()
    _write(connection, missing)
    return len(missing)


def fill(connection: Connection, progress: Progress | None = None) -> None:
    """Write the words of everybody and everything in a store that had none.

    `progress(done, all)` counts guests and is called every few thousand.
    """
    count = int(connection.execute(select(func.count()).select_from(people)).scalar_one())
    done, after = 0, 0
    while chunk := _BEHIND.rows(connection, after=after):
        _write(connection, chunk)
        done, after = done + len(chunk), chunk[-1].id
        if progress is not None:
            progress(done, count)
    _mend_dishes(connection)
    # Names that dishes had before are still what old orders say.
    past = select(lines.c.dish_id, lines.c.names, lines.c.kitchen).distinct()
    for row in connection.execute(past).all():
        _name_dish(connection, row.dish_id, row)


def _mend_dishes(connection: Connection) -> None:
    has_words = exists().where(dish_words.c.dish_id == dishes.c.id)
    query = select(dishes.c.id, dishes.c.names, dishes.c.kitchen).where(~has_words)
    missing = connection.execute(query).all()
    for row in missing:
        _name_dish(connection, row.id, row)


def _name_dish(connection: Connection, dish_id: int, row: Any) -> None:
    names = [documents.load(found, dict[str, str]) for found in (row.names, row.kitchen)]
    add_dish(connection, dish_id, *names)


def _write(connection: Connection, found: Sequence[Any]) -> None:
    _ADD.run_many(
        connection,
        [
            {"word": word, "people_id": row.id}
            for row in found
            for word in of_guest(row.name, row.phone)
        ],
    )
