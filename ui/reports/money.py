"""Money in words: orders and takings, left unpaid, cancelled and refunded, couriers."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.insights.values import CourierDay, Yesterday
from ui.order_words import kind_word
from ui.reports.figure import NOTHING, Behind, Figure, Speech, behind, joined
from ui.words import _, ngettext


def takings(told: Yesterday, speech: Speech) -> Figure:
    money = told.takings
    ways = [
        _way(way, speech.sum(amount)) for way, amount in sorted(money.received.items()) if amount
    ]
    unpaid = speech.sum(money.unpaid) if money.unpaid else ""
    received = speech.sum(sum(money.received.values()))
    count = ngettext("{count} order", "{count} orders", len(money.sales))
    return Figure(
        "orders",
        _("Orders and takings"),
        joined(str(len(money.sales)), received),
        joined(
            *(ways if received else ()),
            _("to pay {amount}").format(amount=unpaid) if unpaid else "",
            _("{count} still open").format(count=money.still_open) if money.still_open else "",
        )
        or count.format(count=len(money.sales)),
        _("Money received, less what was given back. Cancelled orders are not counted."),
        tuple(
            behind(
                sale.order,
                speech.sum(sale.total),
                joined(
                    kind_word(sale.kind),
                    _("to pay {amount}").format(amount=speech.sum(sale.unpaid)).strip()
                    if sale.unpaid
                    else "",
                ),
            )
            for sale in money.sales
        ),
        _("No order on this day."),
    )


def left_unpaid(told: Yesterday, speech: Speech) -> Figure:
    due = sum(one.due for one in told.left_unpaid)
    return Figure(
        "unpaid",
        _("Left unpaid"),
        str(len(told.left_unpaid)),
        speech.sum(due) if due else _("Everything given out is paid."),
        _("Given out, and still not paid now."),
        tuple(
            behind(
                one.order,
                speech.sum(one.due),
                joined(
                    _("left unpaid") if one.meant else _("nobody said how it was paid"),
                    speech.who(one.staff_id),
                ),
            )
            for one in told.left_unpaid
        ),
        _("Everything given out is paid."),
    )


def cancelled(told: Yesterday, speech: Speech) -> Figure:
    back = sum(one.amount for one in told.refunded)
    count = len(told.refunded)
    refunds = ngettext("{count} refund", "{count} refunds", count).format(count=count)
    return Figure(
        "cancelled",
        _("Cancelled and refunded"),
        str(len(told.cancelled)),
        joined(refunds, speech.sum(back)) if count else _("Nothing was refunded."),
        _("Who cancelled or gave money back, and why."),
        (*_cancelled_rows(told, speech), *_refunded_rows(told, speech)),
        _("Nothing was cancelled or refunded."),
    )


def _cancelled_rows(told: Yesterday, speech: Speech) -> Iterator[Behind]:
    for one in told.cancelled:
        by = joined(speech.who(one.staff_id), speech.time(one.at))
        kept = speech.sum(one.kept) if one.kept > 0 else ""
        paid = _("{amount} was paid and not given back").format(amount=kept) if kept else ""
        below = joined(_("Cancelled"), one.reason, by, paid)
        yield behind(one.order, speech.sum(one.total), below)


def _refunded_rows(told: Yesterday, speech: Speech) -> Iterator[Behind]:
    for one in told.refunded:
        below = joined(_("Refunded"), _way(one.type, ""), one.reason, speech.who(one.staff_id))
        yield behind(one.order, speech.sum(-one.amount), below)


def couriers(told: Yesterday, speech: Speech) -> Figure:
    count = sum(len(one.deliveries) for one in told.couriers)
    owed = sum(one.to_hand_in for one in told.couriers)
    amount = speech.sum(owed) if owed else ""
    line = _("to hand in {amount}").format(amount=amount) if amount else ""
    if not told.couriers:
        line = _("Nothing was delivered.")
    return Figure(
        "couriers",
        _("Couriers"),
        ngettext("{count} delivery", "{count} deliveries", count).format(count=count)
        if told.couriers
        else NOTHING,
        line or _("All cash is handed in."),
        _("Deliveries of this day. Cash to hand in is as of now, over all days."),
        tuple(row for one in told.couriers for row in _courier_rows(one, speech)),
        _("Nothing was delivered."),
    )


def _courier_rows(one: CourierDay, speech: Speech) -> Iterator[Behind]:
    count = len(one.deliveries)
    told = [ngettext("{count} delivery", "{count} deliveries", count).format(count=count)]
    if one.cash and speech.sum(one.cash):
        told.append(_("took {amount} in cash").format(amount=speech.sum(one.cash)))
    if one.to_hand_in and speech.sum(one.to_hand_in):
        told.append(_("to hand in {amount}").format(amount=speech.sum(one.to_hand_in)))
    yield Behind(None, speech.who(one.courier_id) or _("No name"), below=joined(*told))
    yield from (behind(order) for order in one.deliveries)


def _way(way: str, amount: str) -> str:
    said = {"cash": _("cash"), "card": _("card"), "online": _("online")}.get(way, way)
    return f"{said} {amount}".strip()
