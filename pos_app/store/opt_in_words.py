"""Words that open a chat about one order: their hashes, when they were made, whether used."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, exists, insert, select, update

from pos_app.clock import Instant
from pos_app.store.prepared import Prepared
from pos_app.store.tables import OPEN, opt_in_words, orders


@dataclass(frozen=True, slots=True)
class OptInWord:
    """`used_at` None: nobody has opened a chat with it yet."""

    order_id: int
    made_at: Instant
    used_at: Instant | None


_ADD = Prepared(insert(opt_in_words), [column.name for column in opt_in_words.c])
_UNUSED = select(opt_in_words.c.order_id).where(
    opt_in_words.c.order_id.in_(bindparam("ids", expanding=True)),
    opt_in_words.c.channel == bindparam("by"),
    opt_in_words.c.used_at.is_(None),
)


def add(connection: Connection, word_hash: str, order_id: int, channel: str, now: Instant) -> None:
    _ADD.run(
        connection,
        word_hash=word_hash,
        order_id=order_id,
        channel=channel,
        made_at=now,
        used_at=None,
    )


def find(connection: Connection, word_hash: str, channel: str) -> OptInWord | None:
    """The word of this hash, used or not."""
    query = select(opt_in_words).where(
        opt_in_words.c.word_hash == word_hash, opt_in_words.c.channel == channel
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else OptInWord(row.order_id, Instant(row.made_at), row.used_at)


def use(connection: Connection, word_hash: str, now: Instant) -> bool:
    """The word has done its work; False when it had before."""
    done = connection.execute(
        update(opt_in_words)
        .where(opt_in_words.c.word_hash == word_hash, opt_in_words.c.used_at.is_(None))
        .values(used_at=now)
    )
    return bool(done.rowcount)


def with_unused(connection: Connection, order_ids: list[int], channel: str) -> set[int]:
    """Those of the orders whose word nobody has used yet."""
    found = connection.execute(_UNUSED, {"ids": order_ids, "by": channel})
    return {row.order_id for row in found}


def open_orders_without(connection: Connection, channel: str) -> list[int]:
    """Open orders that have no word yet: they were placed before the bot was set up."""
    there = exists().where(
        opt_in_words.c.order_id == orders.c.id, opt_in_words.c.channel == channel
    )
    return [row.id for row in connection.execute(select(orders.c.id).where(OPEN, ~there))]
