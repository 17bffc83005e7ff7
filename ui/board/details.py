"""One order whole: lines, address, phone, allergy, history, and the acts that need a thought."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from pos_app import phones
from pos_app.clock import Instant
from pos_app.desk.reading import Card, TimelineEntry
from pos_app.desk.setup import Setup
from pos_app.desk.undoing import BACK
from pos_app.domain import money
from pos_app.domain.order import Address, Line, Order
from pos_app.domain.workflow import PHASES, Kind, may_cancel
from pos_app.language import pick
from ui.board import wording
from ui.board.cancel_form import CancelForm
from ui.board.drawer import Drawer
from ui.board.icons import icon
from ui.board.status_words import happened, status
from ui.theme import Tokens
from ui.words import _, language


class Details(Drawer):
    """Every signal carries the order's id first."""

    bring_back_wanted = Signal(int)
    cancel_wanted = Signal(int, str)
    pay_wanted = Signal(int, str)
    reprint_wanted = Signal(int)

    def __init__(self, tokens: Tokens, parent: QWidget) -> None:
        super().__init__(tokens, parent)
        self.setObjectName("details")
        self._tokens = tokens
        self.order_id: int | None = None
        self._acts = QWidget()
        self.foot.addWidget(self._acts)
        self.cancel_form = CancelForm()
        self.cancel_form.hide()
        self.cancel_form.confirmed.connect(self._cancel)
        self.cancel_form.left.connect(self._leave_cancelling)
        self.foot.addWidget(self.cancel_form)
        self.closed.connect(self._forget)

    def show_order(
        self, card: Card, timeline: list[TimelineEntry], setup: Setup, now: Instant
    ) -> None:
        order = card.order
        if order.id != self.order_id:
            self.order_id = order.id
            self.cancel_form.hide()
            self.cancel_form.clear()
        self.set_body(f"{order.number} · {status(order.kind)}", _body(card, timeline, setup, now))
        self._show_acts(order)

    def _forget(self) -> None:
        self.order_id = None

    def _show_acts(self, order: Order) -> None:
        acts = QWidget()
        grid = QGridLayout(acts)
        grid.setContentsMargins(0, 8, 8, 0)
        grid.setSpacing(8)
        for place, button in enumerate(self._buttons(order)):
            grid.addWidget(button, place // 2, place % 2)
        self.foot.replaceWidget(self._acts, acts)
        self._acts.deleteLater()
        self._acts = acts
        acts.setVisible(self.cancel_form.isHidden())

    def _buttons(self, order: Order) -> list[QPushButton]:
        made = []
        if order.due and order.kind is not Kind.CANCELLED:
            cash = self._button("pay_cash", _("Paid in cash"))
            cash.clicked.connect(lambda _on=False: self.pay_wanted.emit(order.id, "cash"))
            card = self._button("pay_card", _("Paid by card"))
            card.clicked.connect(lambda _on=False: self.pay_wanted.emit(order.id, "card"))
            made += [cash, card]
        if order.kind in BACK:
            to = wording.column_title(PHASES[BACK[order.kind]])
            back = self._button("details_bring_back", _("Back to {status}").format(status=to))
            back.setIcon(icon("back", self._tokens.text))
            back.clicked.connect(lambda _on=False: self.bring_back_wanted.emit(order.id))
            made.append(back)
        reprint = self._button("reprint", _("Print again"))
        reprint.setIcon(icon("printer", self._tokens.text))
        reprint.clicked.connect(lambda _on=False: self.reprint_wanted.emit(order.id))
        made.append(reprint)
        if may_cancel(order.kind):
            cancel = self._button("cancel", _("Cancel order…"))
            cancel.clicked.connect(self._start_cancelling)
            made.append(cancel)
        return made

    @staticmethod
    def _button(name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setProperty("kind", "raised")
        return button

    def _start_cancelling(self) -> None:
        self._acts.hide()
        self.cancel_form.show()

    def _leave_cancelling(self) -> None:
        self.cancel_form.hide()
        self._acts.show()

    def _cancel(self, reason: str) -> None:
        self._leave_cancelling()
        if self.order_id is not None:
            self.cancel_wanted.emit(self.order_id, reason)


def _body(card: Card, timeline: list[TimelineEntry], setup: Setup, now: Instant) -> QWidget:
    order, shop = card.order, setup.settings.shop
    body = QWidget()
    box = QVBoxLayout(body)
    box.setContentsMargins(0, 0, 10, 0)
    box.setSpacing(6)
    table = _("Table {table}").format(table=order.table) if order.table else ""
    who = " · ".join(part for part in (table, order.customer.name) if part)
    _add(box, who, "heading")
    when = f"{wording.fulfilment(order)} · {wording.promised(order, shop.zone)}"
    _add(box, when, "quiet")
    if order.customer.phone:
        number = phones.show(order.customer.phone, shop.country)
        _add(box, _("Call {phone}").format(phone=number), "strong")
    _add(box, _address(order.address), "")
    if order.allergy:
        _add(box, _("ALLERGY: {text}").format(text=order.allergy), "allergy")
    if order.note:
        _add(box, f"“{order.note}”", "strong")
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
    if order.cancel_reason:
        _add(box, _("Cancelled: {reason}").format(reason=order.cancel_reason), "strong")
    _rule(box)
    for entry in timeline:
        _add(box, happened(entry, shop.zone), "quiet")
    box.addStretch(1)
    return body


def _money(order: Order) -> str:
    total = money.show(order.total, order.currency, language())
    if not order.due:
        return _("{amount}, PAID").format(amount=total)
    due = money.show(order.due, order.currency, language())
    if order.change_from:
        note = money.show(order.change_from, order.currency, language())
        return _("TO PAY {amount} · change from {note}").format(amount=due, note=note)
    return _("TO PAY {amount}").format(amount=due)


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
    return ", ".join(parts) + (f"\n“{address.note}”" if address.note else "")


def _add_line(box: QVBoxLayout, line: Line) -> None:
    name = f"{line.quantity}  {pick(line.names, language())}"
    _add(box, name, "made" if line.made_at is not None else "strong")
    changes = "   ".join(pick(m.names, language()) for m in line.modifiers)
    _add(box, changes, "modifier")
    _add(box, f"“{line.note}”" if line.note else "", "quiet")


def _add(box: QVBoxLayout, text: str, kind: str) -> None:
    if not text:
        return
    label = QLabel(text)
    label.setProperty("kind", kind)
    label.setWordWrap(True)
    box.addWidget(label)


def _rule(box: QVBoxLayout) -> None:
    rule = QFrame()
    rule.setProperty("kind", "rule")
    box.addSpacing(4)
    box.addWidget(rule)
    box.addSpacing(4)
