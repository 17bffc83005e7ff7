"""What a store must hold after a fault: every acknowledged act, and what belongs to each order.

An acknowledgement is a line: `placed UID` or `bumped UID KIND`; `done` ends an evening.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import Connection

from pos_app import cli
from pos_app.bootstrap import Shop, open_shop
from pos_app.desk import entries
from pos_app.domain.order import Order
from pos_app.domain.workflow import Kind
from pos_app.errors import OrderbellError
from pos_app.store import audit, messages, orders

_ALL = 100_000
_CHUNK = 500


def all_orders(connection: Connection) -> list[Order]:
    return list(orders.load_many(connection, orders.page(connection, _ALL)).values())


def lost_acts(shop: Shop, said: Iterable[str]) -> Iterator[str]:
    """Each act that was acknowledged and is not there."""
    with shop.database.read() as connection:
        ids = {order.uid: order.id for order in all_orders(connection)}
        reached = _reached(connection, list(ids.values()))
    for line in said:
        act, _, rest = line.partition(" ")
        if act not in ("placed", "bumped"):
            continue
        uid, *kind = rest.split()
        if uid not in ids:
            yield f"order {uid} was acknowledged ({act}) and is not there"
        elif kind and kind[0] not in reached[ids[uid]]:
            yield f"bump of {uid} to {kind[0]} was acknowledged and is not there"


def _reached(connection: Connection, ids: list[int]) -> dict[int, set[str]]:
    """Every status in which each order has ever stood, as its journal tells it."""
    reached: dict[int, set[str]] = {order_id: set() for order_id in ids}
    for start in range(0, len(ids), _CHUNK):
        for order_id, kind, payload in audit.events(connection, ids[start : start + _CHUNK]):
            if kind in entries.STATE_EVENTS:
                reached[order_id].add(str(payload.get("to")))
    return reached


def without_texts(shop: Shop) -> Iterator[str]:
    """Each order without the message rows that had to be committed together with it."""
    with shop.database.read() as connection:
        found = {order.id: order for order in all_orders(connection)}
        texts = messages.of_orders(connection, list(found))
    for order_id, order in found.items():
        abouts = {message.about for message in texts.get(order_id, ())}
        wanted = {"accepted"} | ({"ready"} if order.kind is Kind.READY else set())
        if wanted - abouts:
            yield f"order {order.uid} has no row for the text {sorted(wanted - abouts)}"


def found_by_check(data: Path) -> list[str]:
    """What the command `orderbell check` says is wrong with the shop in `data`."""
    told, warned = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(warned):
        code = cli.main(["--data", str(data), "check"])
    if code == 0:
        return []
    return [f"check: {line}" for line in warned.getvalue().splitlines()] or [f"check ended {code}"]


def broken_in(data: Path, said: Iterable[str], *, texts: bool = True) -> list[str]:
    """Everything that a store owes after the acts of `said`, opened as the program opens it."""
    found = found_by_check(data)
    try:
        shop = open_shop(data)
    except OrderbellError as error:
        return [*found, f"it does not open: {error}"]
    try:
        found += lost_acts(shop, said)
        if texts:
            found += without_texts(shop)
    except OrderbellError as error:
        found.append(f"it does not read: {error}")
    finally:
        shop.close()
    return found
