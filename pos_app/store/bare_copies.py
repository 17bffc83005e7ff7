"""Blanking every guest in a copy of a store."""

from __future__ import annotations

from sqlalchemy import Connection, delete, update

from pos_app.store.tables import lines, orders, people, people_words, recorded_texts


def blank_everyone(connection: Connection) -> None:
    """Nobody can be found in this store any more; orders, times and money stay."""
    connection.execute(
        update(people).values(phone="", name="", addresses="[]", note="", language="")
    )
    connection.execute(update(orders).values(table_name="", allergy="", note="", question=""))
    connection.execute(update(lines).values(note=""))
    connection.execute(update(recorded_texts).values(text=""))
    connection.execute(delete(people_words))
