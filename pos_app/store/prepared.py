"""Core statements compiled once and given straight to the driver.

A bump is a dozen small statements; SQLAlchemy's own execution costs each about four times what
SQLite needs for it. Here the statement is still Core (so it stays portable and typed), but its
SQL text is made once per dialect and its rows are plain named tuples. Booleans come as the
database has them; readers wrap them in `bool`.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import ClauseElement, Connection, Dialect, Select, Table, TextClause, text
from sqlalchemy.engine import Compiled


class _Form:
    """A statement's text in one dialect, and how its values are handed to the driver."""

    __slots__ = ("_fixed", "_in_order", "sql")

    def __init__(self, sql: str, names: Sequence[str] | None, fixed: dict[str, Any]) -> None:
        self.sql = sql
        self._fixed = fixed
        self._in_order = _picker(names) if names is not None else None

    def arguments(self, values: dict[str, Any]) -> Any:
        given = {**self._fixed, **values} if self._fixed else values
        return given if self._in_order is None else self._in_order(given)


class Prepared:
    """One statement. `keys` are the columns an INSERT is given (others stay out of its text)."""

    def __init__(self, statement: ClauseElement, keys: Sequence[str] | None = None) -> None:
        self._statement = statement
        self._keys = list(keys) if keys is not None else None
        self._forms: dict[str, _Form] = {}
        self._make = _row_maker(statement)

    def rows(self, connection: Connection, **values: Any) -> list[Any]:
        """All rows as named tuples."""
        cursor = self._execute(connection, values)
        found = cursor.fetchall()
        cursor.close()
        return [self._make(row) for row in found] if self._make is not None else list(found)

    def one(self, connection: Connection, **values: Any) -> Any | None:
        """The first row, or None."""
        cursor = self._execute(connection, values)
        row = cursor.fetchone()
        cursor.close()
        if row is None or self._make is None:
            return row
        return self._make(row)

    def run(self, connection: Connection, **values: Any) -> int:
        """Execute a change; returns how many rows it touched."""
        cursor = self._execute(connection, values)
        count = int(cursor.rowcount)
        cursor.close()
        return count

    def run_many(self, connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
        """Execute a change once per row."""
        if not rows:
            return
        form = self._form(connection.dialect)
        cursor = _driver(connection).cursor()
        cursor.executemany(form.sql, [form.arguments(row) for row in rows])
        cursor.close()

    def _execute(self, connection: Connection, values: dict[str, Any]) -> Any:
        form = self._forms.get(connection.dialect.name) or self._form(connection.dialect)
        driver: Any = connection.connection.dbapi_connection
        return driver.execute(form.sql, form.arguments(values))

    def _form(self, dialect: Dialect) -> _Form:
        form = self._forms.get(dialect.name)
        if form is None:
            compiled: Compiled = self._statement.compile(
                dialect=dialect, column_keys=self._keys, compile_kwargs={"render_postcompile": True}
            )
            positions = getattr(compiled, "positiontup", None)
            fixed = {k: v for k, v in compiled.params.items() if v is not None}
            form = _Form(str(compiled), positions, fixed)
            self._forms[dialect.name] = form
        return form


def insert_unless_known(table: Table, *key: str) -> TextClause:
    """`INSERT … ON CONFLICT (key) DO NOTHING RETURNING id`, as both databases understand it."""
    columns = [column.name for column in table.c if not column.primary_key]
    values = ", ".join(f":{name}" for name in columns)
    return text(
        f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({values})"  # noqa: S608 - our own names
        f" ON CONFLICT ({', '.join(key)}) DO NOTHING RETURNING id"
    )


def written_key(row: Any) -> int:
    """The key that an INSERT … RETURNING gave back."""
    if row is None:
        raise LookupError("the insert returned no key")
    return int(row[0])


def _row_maker(statement: ClauseElement) -> Any:
    if isinstance(statement, Select):
        columns = [str(column.key) for column in statement.selected_columns]
        row = namedtuple("Row", columns, rename=True)  # type: ignore[misc]
        return row._make
    return None


def _picker(names: Sequence[str]) -> Callable[[dict[str, Any]], Any]:
    """Values by name as a tuple in the driver's order, without a loop in Python."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: tuple(values[name] for name in names)


def _driver(connection: Connection) -> Any:
    return connection.connection.dbapi_connection
