"""A store that was put back, or copied: what it must not take for granted any more.

Between the moment of the copy and now the shop went on. Numbers were given, guests were told,
the site has newer pages than the store knows of. So the epoch rises (the site then takes our
pages as the newer ones), numbers jump ahead, no text leaves before a person has looked, and who
was erased since is erased again.
"""

from __future__ import annotations

from dataclasses import dataclass

from pos_app import config
from pos_app.clock import DAY_MS, Instant, business_date
from pos_app.desk import owning, setup
from pos_app.desk.transaction import Transaction
from pos_app.store import held, numbers, orders, pausing, schema, sites
from pos_app.wire.epochs import next_epoch

HUNDRED = 100
LOOK_BACK_DAYS = 30
BEGAN_AGAIN = {config.RESTORED: "store_restored", config.COPIED: "store_copied"}


@dataclass(frozen=True, slots=True)
class BegunAgain:
    """What changed. `held`: texts that wait for a person; `numbers_from`: the next number."""

    epoch: int
    open_orders: int
    held: int
    numbers_from: int


def begin_again(act: Transaction, why: str, since: Instant, beyond_epoch: int = 0) -> BegunAgain:
    """Let the store begin again as it was at `since`. `why` is `restored` or `copied`.

    `beyond_epoch`: an epoch that is known to have been used.
    """
    connection = act.connection
    was = schema.identity(connection).epoch
    epoch = next_epoch(max(was, beyond_epoch), act.now)
    schema.set_epoch(connection, epoch)
    jumped_to = _jump_numbers(act, since)
    open_now = orders.open_ids(connection)
    for message in held.hold_all(connection, pausing.CATCH_UP):
        said = {"message_id": message.id, "about": message.about}
        act.record("message_held", message.order_id, said)
    count = held.count(connection, pausing.CATCH_UP)
    gap = config.CatchUp(since, act.now, why)
    owning.write_setting(act, config.CATCH_UP, gap)
    sites.tell_everything(connection, act.now, Instant(act.now - owning.PAGE_ENDED_DAYS * DAY_MS))
    act.record(
        BEGAN_AGAIN[why],
        None,
        {"since": since, "epoch": epoch, "open": len(open_now), "held": count},
    )
    setup.touch(connection)
    return BegunAgain(epoch, len(open_now), count, jumped_to + 1)


def _jump_numbers(act: Transaction, since: Instant) -> int:
    """Leave room for every number that may have been given since; the last one left out today.

    Days whose numbers may stand on paper already: from the day of the copy until today.
    """
    shop = act.setup.settings.shop
    today = business_date(act.now, shop.zone, shop.cutover_hour).isoformat()
    first = business_date(since, shop.zone, shop.cutover_hour).isoformat()
    busiest = numbers.busiest(act.connection, Instant(act.now - LOOK_BACK_DAYS * DAY_MS))
    room = _hundreds(busiest + busiest // 5)
    jumped_to = 0
    days = {(today, shop.prefix): 0} | {
        (day, prefix): last
        for day, prefix, last in orders.counters(act.connection)
        if first <= day <= today
    }
    for (day, prefix), last in sorted(days.items()):
        to = _hundreds(last) + room
        numbers.jump(act.connection, day, prefix, to)
        said = {"business_date": day, "prefix": prefix, "from": last, "to": to}
        act.record(numbers.JUMPED, None, said)
        if day == today:
            jumped_to = max(jumped_to, to)
    return jumped_to


def _hundreds(count: int) -> int:
    """The next whole hundred at or above `count`, at least one."""
    return max(1, -(-count // HUNDRED)) * HUNDRED
