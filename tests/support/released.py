"""Stores as released versions of the program have written them: one SQL dump per schema.

`tests/data/schemas/NNNN.sql.gz` was written by the program of that schema: six orders (pickup
with allergy, delivery, dine-in paid and served, a web reference, a cancelled one, an undone
bump), three guests, texts of the practice shop. A released one is never made anew.
"""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path

from pos_app import paths
from pos_app.store.upgrading import HEAD

FOLDER = Path(__file__).resolve().parents[1] / "data" / "schemas"
SCHEMAS = tuple(sorted(file.name.partition(".")[0] for file in FOLDER.glob("*.sql.gz")))
OLDER = tuple(schema for schema in SCHEMAS if schema < HEAD)


def released_store(data: Path, schema: str) -> Path:
    """Make the store of `schema` in the folder `data`; its file."""
    paths.make_private_folder(data)
    file = paths.store_file(data)
    script = gzip.decompress((FOLDER / f"{schema}.sql.gz").read_bytes()).decode()
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(script)
        connection.execute("PRAGMA journal_mode=WAL")
    return file


def rows(file: Path, table: str, columns: list[str]) -> list[tuple[object, ...]]:
    """Everything in `columns` of `table`, in a fixed order."""
    with closing(sqlite3.connect(file)) as connection:
        named = ", ".join(f'"{column}"' for column in columns)
        return connection.execute(f"SELECT {named} FROM {table} ORDER BY {named}").fetchall()


def tables(file: Path) -> dict[str, list[str]]:
    """Every table with its columns."""
    with closing(sqlite3.connect(file)) as connection:
        names = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
        ]
        return {
            name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            for name in names
        }
