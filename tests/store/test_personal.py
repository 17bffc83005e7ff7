"""Every column of the schema is known to hold a guest, or known not to."""

from __future__ import annotations

from sqlalchemy import Column, MetaData, String, Table, Text

from pos_app.store import personal
from pos_app.store.tables import metadata


def unplaced(schema: MetaData) -> list[str]:
    """Text columns of which nobody has said whether a guest can stand in them."""
    known = {f"{column.table.name}.{column.name}" for column in personal.columns()}
    gone = {table.name for table in personal.GONE}
    found = []
    for table in schema.sorted_tables:
        if table.name in gone or table.name in personal.HARMLESS:
            continue
        for column in table.columns:
            name = f"{table.name}.{column.name}"
            if isinstance(column.type, String) and name not in {*known, *personal.HARMLESS}:
                found.append(name)
    return found


def test_every_text_column_is_personal_or_said_to_be_harmless() -> None:
    assert unplaced(metadata) == []


def test_a_new_column_has_to_be_thought_about() -> None:
    schema = MetaData()
    Table("people", schema, Column("phone", String(24)), Column("birthday", String(10)))
    Table("diary", schema, Column("words", Text))
    assert unplaced(schema) == ["diary.words", "people.birthday"]


def test_nothing_is_said_of_columns_that_are_not_there() -> None:
    names = {table.name for table in metadata.sorted_tables}
    names |= {f"{t.name}.{c.name}" for t in metadata.sorted_tables for c in t.columns}
    assert set(personal.HARMLESS) <= names


def test_nothing_is_both() -> None:
    known = {f"{column.table.name}.{column.name}" for column in personal.columns()}
    assert not known & set(personal.HARMLESS)
    assert not {column.table.name for column in personal.columns()} & set(personal.HARMLESS)
