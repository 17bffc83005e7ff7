"""Core statements compiled once and given straight to the driver.

A bump is a dozen small statements; SQLAlchemy's own execution costs each about four times what
SQLite needs for it. Here the statement is still Core (so it stays portable and typed), but its
SQL text is made once per dialect and its rows are plain named tuples. Booleans come as the
database has them; readers wrap them in `bool`.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ClauseElement, Connection, Dialect, Select
from sqlalchemy.engine import Compiled


class Prepared:
    """One statement. `keys` are the columns an INSERT is given (others stay out of its text)."""

    def __init__(self, statement: ClauseElement, keys: Sequence[str] | None = None) -> None:
        self._statement = statement
        self._keys = list(keys) if keys is not None else None
        self._forms: dict[str, tuple[str, tuple[str, ...] | None, dict[str, Any]]] = {}
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
        sql, names, fixed = self._form(connection.dialect)
        cursor = _driver(connection).cursor()
        if names is None:
            cursor.executemany(sql, [{**fixed, **row} for row in rows])
        else:
            cursor.executemany(sql, [_in_order(names, {**fixed, **row}) for row in rows])
        cursor.close()

    def _execute(self, connection: Connection, values: dict[str, Any]) -> Any:
        sql, names, fixed = self._form(connection.dialect)
        given = {**fixed, **values} if fixed else values
        cursor = _driver(connection).cursor()
        cursor.execute(sql, given if names is None else _in_order(names, given))
        return cursor

    def _form(self, dialect: Dialect) -> tuple[str, tuple[str, ...] | None, dict[str, Any]]:
        form = self._forms.get(dialect.name)
        if form is None:
            compiled: Compiled = self._statement.compile(
                dialect=dialect, column_keys=self._keys, compile_kwargs={"render_postcompile": True}
            )
            positions = getattr(compiled, "positiontup", None)
            names = tuple(positions) if positions is not None else None
            fixed = {k: v for k, v in compiled.params.items() if v is not None}
            form = (str(compiled), names, fixed)
            self._forms[dialect.name] = form
        return form


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


def _in_order(names: tuple[str, ...], values: dict[str, Any]) -> tuple[Any, ...]:
    return tuple([values[name] for name in names])


def _driver(connection: Connection) -> Any:
    return connection.connection.dbapi_connection
