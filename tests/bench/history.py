"""Stores with years behind them: a thousand real orders, multiplied inside SQLite.

`store_of(n)` makes a store of n orders once and keeps it in the system's temporary folder, named
by the schema and a hash of what makes it. The first thousand orders went through the real desk;
the others are copies with their own ids, days, numbers, guests, texts, journal and tickets, so
that `orderbell check` finds the whole sound. The last of them was years ago, whatever today is.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

from pos_app import paths
from pos_app.store import documents, words
from pos_app.store.upgrading import HEAD
from tests.bench import history_base
from tests.bench.history_base import Base
from tests.bench.history_people import guest

ROOT = Path(__file__).resolve().parents[2]
SALES = "pizza-orders-2015-h1.csv.gz"
BASE_ORDERS = 1_000
# So many copies of the same days: a place with some 240 orders a day.
COPIES_A_DAY = 4
# 30 June 2025, in days since 1970.
LAST_DAY = 20_269
SIZES = (1_000, 10_000, 100_000, 1_000_000)
_MAKERS = (
    "tests/bench/history.py", "tests/bench/history_base.py", "tests/bench/history_people.py",
    "pos_app/store/tables.py", "pos_app/store/words.py", "pos_app/domain/folding.py",
    "pos_app/desk/placing.py", "pos_app/desk/bumping.py",
)  # fmt: skip


def store_of(orders: int, shared: Path, cache: Path | None = None) -> Path:
    """The kept data folder of a shop with `orders` orders; whoever writes takes `copy_of`."""
    kept = _cache(cache) / str(orders)
    if not kept.exists():
        part = kept.with_name(f".{orders}.{os.getpid()}")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        start = time.perf_counter()
        make(part, shared / "data" / SALES, orders)
        print(f"  made {orders:,} orders in {time.perf_counter() - start:.0f} s: {kept}")
        part.rename(kept)
    return kept


def copy_of(orders: int, folder: Path, shared: Path, cache: Path | None = None) -> Path:
    """A shop with `orders` orders in `folder`, to be written to and thrown away."""
    kept = store_of(orders, shared, cache)
    shutil.copytree(kept, folder, dirs_exist_ok=True)
    with closing(sqlite3.connect(paths.store_file(folder))) as connection:
        # A plain copy is noticed when it is opened, and asks to catch up first.
        connection.execute("UPDATE store SET home = ''")
        connection.commit()
    return folder


def _cache(chosen: Path | None) -> Path:
    made_by = hashlib.sha256()
    for name in _MAKERS:
        made_by.update((ROOT / name).read_bytes())
    base = chosen or Path(tempfile.gettempdir()) / "orderbell-history"
    return base / f"{HEAD}-{made_by.hexdigest()[:12]}"


def make(data: Path, sales: Path, orders: int, base_orders: int = BASE_ORDERS) -> None:
    """Make a shop of `orders` orders in `data`, a multiple of `base_orders`."""
    copies, rest = divmod(orders, base_orders)
    if rest or not copies:
        raise ValueError(f"{orders} is no multiple of {base_orders}")
    blocks = -(-copies // COPIES_A_DAY)
    base = history_base.make(data, sales, base_orders, blocks, LAST_DAY)
    with closing(sqlite3.connect(paths.store_file(data), isolation_level=None)) as connection:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        _settle_texts(connection)
        indexes = _drop_indexes(connection)
        _multiply(connection, base, copies)
        for statement in indexes:
            connection.execute(statement)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=WAL")


def _settle_texts(connection: sqlite3.Connection) -> None:
    """What was said in a past year has arrived; and no reference comes twice."""
    connection.execute(
        "UPDATE messages SET state = 'delivered', sent_at = not_before, settled_at = not_before,"
        " tries = 1 WHERE state = 'waiting'"
    )
    connection.execute("UPDATE orders SET ref = NULL, ref_hash = NULL")


def _drop_indexes(connection: sqlite3.Connection) -> list[str]:
    """Made again at the end: far cheaper than keeping them through a million rows."""
    found = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        " AND sql NOT LIKE '%UNIQUE%'"
    ).fetchall()
    for name, _sql in found:
        connection.execute(f"DROP INDEX {name}")
    return [sql for _name, sql in found]


def _multiply(connection: sqlite3.Connection, base: Base, copies: int) -> None:
    guests = base.guests * copies
    _add_guests(connection, base.guests, guests)
    connection.execute("CREATE TEMP TABLE copies (k INTEGER PRIMARY KEY)")
    connection.executemany("INSERT INTO copies VALUES (?)", [(k,) for k in range(1, copies)])
    tops = {
        name: _top(connection, name, key)
        for name, key in (
            ("orders", "id"), ("lines", "id"), ("tickets", "id"), ("payments", "id"),
            ("messages", "id"), ("journal", "seq"),
        )
    }  # fmt: skip
    day = f"k / {COPIES_A_DAY} * {base.days}"
    shift = f"{day} * 86400000"
    order_id = f"{{column}} + k * {tops['orders']}"
    seq = f"{{column}} + k * {tops['journal']}"
    _copy(connection, "orders", {
        "id": order_id,
        "uid": f"printf('01900000-0000-7000-8000-%012x', id + k * {tops['orders']})",
        "number": f"'A' || (CAST(substr(number, 2) AS INTEGER) + k % {COPIES_A_DAY} *"
        " (SELECT last FROM base_number_counters c WHERE c.business_date = b.business_date))",
        "business_date": f"date(business_date, '+' || ({day}) || ' days')",
        "people_id": _guest_of("id", tops["orders"], guests),
        **dict.fromkeys(
            ("entered_at", "placed_at", "promised_at", "preparing_at", "ready_at", "out_at",
             "ended_at"),
            f"{{column}} + {shift}",
        ),
        "enters_at": f"CASE enters_at WHEN 0 THEN 0 ELSE enters_at + {shift} END",
    })  # fmt: skip
    _copy(connection, "lines", {"id": f"id + k * {tops['lines']}", "order_id": order_id})
    _copy(connection, "tickets", {
        "id": f"id + k * {tops['tickets']}",
        "order_id": order_id, "entered_at": f"entered_at + {shift}",
    })  # fmt: skip
    _copy(connection, "payments", {
        "id": f"id + k * {tops['payments']}",
        "order_id": order_id, "recorded_at": f"recorded_at + {shift}",
    })  # fmt: skip
    _copy(connection, "journal", {
        "seq": seq, "order_id": order_id, "at": f"at + {shift}", "cause_id": seq,
    }, "order_id IS NOT NULL")  # fmt: skip
    _copy(connection, "rule_traces", {"event_seq": seq})
    _copy(connection, "messages", {
        "id": f"id + k * {tops['messages']}",
        "uid": f"printf('01900000-0000-7000-9000-%012x', id + k * {tops['messages']})",
        "order_id": order_id,
        "people_id": _guest_of("order_id", tops["orders"], guests),
        "occasion": seq,
        **dict.fromkeys(
            ("not_before", "not_after", "next_try_at", "created_at", "sent_at", "settled_at"),
            f"{{column}} + {shift}",
        ),
    })  # fmt: skip
    _count_days(connection, base.days, copies)


def _top(connection: sqlite3.Connection, table: str, key: str) -> int:
    connection.execute(f"CREATE TEMP TABLE base_{table} AS SELECT * FROM {table}")
    return int(connection.execute(f"SELECT max({key}) FROM {table}").fetchone()[0])


def _guest_of(column: str, top: int, guests: int) -> str:
    """A guest for each copied order, so that his orders lie years apart."""
    mixed = f"({column} + k * {top}) * 48271 % {guests} + 1"
    return f"CASE WHEN people_id IS NULL THEN NULL ELSE {mixed} END"


def _copy(
    connection: sqlite3.Connection, table: str, changed: dict[str, str], only: str = "1"
) -> None:
    """Every row of the base once per copy, in the order of the new keys."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    known = {row[0] for row in connection.execute("SELECT name FROM sqlite_temp_master")}
    for needed in (table, "number_counters"):
        if f"base_{needed}" not in known:
            connection.execute(f"CREATE TEMP TABLE base_{needed} AS SELECT * FROM {needed}")
    values = ", ".join(changed.get(column, column).format(column=column) for column in columns)
    connection.execute(
        f"INSERT INTO {table} ({', '.join(columns)})"
        f" SELECT {values} FROM copies CROSS JOIN base_{table} b WHERE {only}"
    )


def _count_days(connection: sqlite3.Connection, days: int, copies: int) -> None:
    """The counter of each day stands at its last number, and each day was closed."""
    connection.execute("DELETE FROM number_counters")
    connection.execute(
        "INSERT INTO number_counters (business_date, prefix, last)"
        f" SELECT date(business_date, '+' || (k / {COPIES_A_DAY} * {days}) || ' days'), prefix,"
        " last * count(*) FROM (SELECT 0 AS k UNION ALL SELECT k FROM copies)"
        f" CROSS JOIN base_number_counters b GROUP BY k / {COPIES_A_DAY}, business_date, prefix"
    )
    connection.execute(
        "INSERT INTO closed_days (business_date, closed_at, staff_id)"
        " SELECT business_date, 0, '' FROM number_counters"
    )


def _add_guests(connection: sqlite3.Connection, known: int, wanted: int) -> None:
    columns = "id, phone, name, language, addresses, note, created_at, erased_at"
    everybody = [(number + 1, guest(number)) for number in range(known, wanted)]
    connection.executemany(
        f"INSERT INTO people ({columns}) VALUES (?, ?, ?, ?, ?, '', 0, NULL)",
        [
            (key, one.phone, one.name, one.language, documents.dump([{"street": one.street}]))
            for key, one in everybody
        ],
    )
    rows = [(w, key) for key, one in everybody for w in words.of_guest(one.name, one.phone)]
    connection.executemany("INSERT INTO people_words VALUES (?, ?)", sorted(rows))
