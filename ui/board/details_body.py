"""What the details of an order show: whose it is, what it is, what it costs, what happened."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from pos_app import phones
from pos_app.clock import Instant
from pos_app.desk.reading import Card, TimelineEntry
from pos_app.desk.setup import Setup
from pos_app.domain.order import Address, Line, Order
from pos_app.domain.staff import member
from pos_app.language import pick
from ui.board import change_words, wording
from ui.board.chips import asks_to_cancel, change_from, to_pay
from ui.board.status_words import happened
from ui.courier_words import leg_word
from ui.order_words import money_of
from ui.rights import sees_money
from ui.words import _, language, quoted


def body_of(card: Card, timeline: list[TimelineEntry], setup: Setup, now: Instant) -> QWidget:
    """Everything about one order, to be scrolled."""
    order, shop = card.order, setup.settings.shop
    body = QWidget()
    box = QVBoxLayout(body)
    box.setContentsMargins(0, 0, 10, 0)
    box.setSpacing(6)
    _add_guest(box, order, setup)
    _add(box, _("The guest asks to cancel.") if asks_to_cancel(order) else "", "question")
    _add(box, wording.asked(order), "question")
    if order.allergy:
        _add(box, _("ALLERGY: {text}").format(text=order.allergy), "allergy")
    if order.note:
        _add(box, quoted(order.note), "strong")
    _rule(box)
    for line in order.open_lines:
        _add_line(box, line)
    _rule(box)
    _add(box, _money(order), "strong")
    said = wording.message(card, texts_on=setup.texts_on)
    if said is not None:
        _add(box, wording.foot_text(said, now), "quiet")
    if order.arrived_at is not None:
        _add(box, _("guest is here"), "strong")
    _add(box, leg_word(order), "strong")
    if order.cancel_reason:
        _add(box, _("Cancelled: {reason}").format(reason=order.cancel_reason), "strong")
    _rule(box)
    for entry in timeline:
        _add(box, happened(entry, shop.zone), "quiet")
    box.addStretch(1)
    return body


def _add_guest(box: QVBoxLayout, order: Order, setup: Setup) -> None:
    shop = setup.settings.shop
    table = _("Table {table}").format(table=order.table) if order.table else ""
    who = " · ".join(part for part in (table, order.customer.name) if part)
    _add(box, who, "heading")
    where = order.partner or wording.fulfilment(order)
    _add(box, f"{where} · {wording.promised(order, shop.zone)}", "quiet")
    courier = member(setup.staff, order.courier_id) if order.courier_id else None
    if courier is not None:
        _add(box, _("Courier: {name}").format(name=courier.name), "strong")
    if order.customer.phone:
        number = phones.show(order.customer.phone, shop.country)
        _add(box, _("Call {phone}").format(phone=number), "strong")
    _add(box, _address(order.address), "")


def _money(order: Order) -> str:
    parts = [] if order.due or not sees_money() else [money_of(order, order.total)]
    if order.due and not order.refunded:
        parts += [to_pay(order), change_from(order)]
    elif order.total and order.refunded < order.paid:
        parts.append(_("PAID"))
    if order.refunded:
        parts += [_("REFUNDED"), money_of(order, order.refunded)]
    return " · ".join(part for part in parts if part)


def _address(address: Address | None) -> str:
    if address is None:
        return ""
    parts = [address.street]
    for words, value in (
        (_("entrance {value}"), address.entrance),
        (_("floor {value}"), address.floor),
        (_("door code {value}"), address.door_code),
    ):
        if value:
            parts.append(words.format(value=value))
    return ", ".join(parts) + (f"\n{quoted(address.note)}" if address.note else "")


def _add_line(box: QVBoxLayout, line: Line) -> None:
    name = f"{line.quantity}  {pick(line.names, language())}"
    _add(box, name, "made" if line.made_at is not None else "strong")
    changes = "   ".join(pick(m.names, language()) for m in line.modifiers)
    _add(box, changes, "modifier")
    _add(box, quoted(line.note), "quiet")
    _add(box, change_words.again(line.remake_reason), "quiet")
    _add(box, _("handed over") if line.handed_over_at is not None else "", "quiet")


def _add(box: QVBoxLayout, text: str, kind: str) -> None:
    if not text:
        return
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("kind", kind)
    label.setWordWrap(True)
    box.addWidget(label)


def _rule(box: QVBoxLayout) -> None:
    rule = QFrame()
    rule.setProperty("kind", "rule")
    box.addSpacing(4)
    box.addWidget(rule)
    box.addSpacing(4)
