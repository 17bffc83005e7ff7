"""One order, whole: what was asked for, what happened, and what can still be done."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.desk.explaining import Explained
from pos_app.desk.reading import Card, TimelineEntry
from pos_app.desk.setup import Setup
from pos_app.domain.consent import Consent, ConsentKind
from pos_app.domain.order import Line, Order
from pos_app.domain.staff import member
from pos_app.domain.workflow import Kind, has_ended, may_cancel
from pos_app.language import pick
from ui import message_words
from ui.order_words import (
    day_and_time,
    fulfilment_word,
    is_owed,
    kind_word,
    money_of,
    pay_words,
    phone_words,
    time_word,
)
from ui.orders.further_acts import FurtherAct, further_acts
from ui.orders.guest_data import GuestData
from ui.orders.reasons import Reasons
from ui.orders.timeline import timeline_words
from ui.orders.write_part import WritePart
from ui.rights import sees_money
from ui.unfinished import Unfinished
from ui.widgets.field import Field
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import button, column, empty, frame, label, row, rule, scroll
from ui.words import _, language, quoted

RECALLABLE = (
    Kind.PREPARING,
    Kind.READY,
    Kind.PICKED_UP,
    Kind.SERVED,
    Kind.OUT_FOR_DELIVERY,
    Kind.DELIVERED,
    Kind.NOT_COLLECTED,
    Kind.HANDED_TO_PARTNER,
    Kind.DELIVERY_FAILED,
    Kind.RETURNED,
)


class Details(QWidget):
    """Asks for acts by signals; shows what it is given."""

    reprint_wanted = Signal()
    recall_wanted = Signal()
    cancel_wanted = Signal(str)
    pay_wanted = Signal(str)
    further_wanted = Signal(object, str)

    def __init__(self, unfinished: Unfinished) -> None:
        super().__init__()
        self.setObjectName("details")
        box = frame("card")
        column(self).addWidget(box)
        outer = column(box, margins=(24, 20, 24, 16), gap=12)
        content = QWidget()
        inside = column(content, gap=6)
        self._rows = column(gap=6)
        inside.addLayout(self._rows)
        # It stays, so that it stays open from order to order.
        self._reasons = Reasons()
        inside.addWidget(self._reasons)
        inside.addStretch(1)
        self._stands: tuple[int, int] | None = None
        outer.addWidget(scroll(content), 1)
        self._cancel = self._cancel_part()
        outer.addWidget(self._cancel)
        self._ways = frame("soft", "ways_part")
        self._ways_rows = column(self._ways, margins=(12, 12, 12, 12))
        self._ways.hide()
        outer.addWidget(self._ways)
        self.guest = GuestData()
        outer.addWidget(self.guest)
        self.writing = WritePart(unfinished)
        outer.addWidget(self.writing)
        self._acts_box = QWidget()
        self._acts = FlowLayout(self._acts_box)
        outer.addWidget(self._acts_box)
        self.show_nothing()

    def show_nothing(self) -> None:
        self._stands = None
        empty(self._rows)
        empty(self._acts)
        self._cancel.hide()
        self._ways.hide()
        self._reasons.hide()
        self.guest.show_order(None)
        self.writing.show_order(None)
        text = _("Choose an order on the left to see its dishes, its history and its texts.")
        self._rows.addWidget(label(text, "second", wrap=True))

    def show_order(
        self,
        card: Card,
        history: list[TimelineEntry],
        setup: Setup,
        consents: Sequence[Consent] = (),
        explained: Sequence[Explained] = (),
    ) -> None:
        order = card.order
        empty(self._rows)
        stands = (order.id, order.entry)
        if stands != self._stands:
            # News of the same order leaves a question that is open as it is.
            self._cancel.hide()
            self._ways.hide()
        self._stands = stands
        self._add_head(order, setup)
        self._add_dishes(order)
        self._add_people(order, setup)
        self._add_consents(consents, setup)
        self._rows.addWidget(
            label(message_words.of_card(card), "strong", "message_state", wrap=True)
        )
        self._rows.addSpacing(8)
        self._rows.addWidget(label(_("What happened"), "heading"))
        for entry in history:
            self._rows.addWidget(label(timeline_words(entry, setup), "second", wrap=True))
        self._reasons.show_order(explained, setup)
        self._reasons.show()
        self._show_acts(order, setup)

    def _add_head(self, order: Order, setup: Setup) -> None:
        head = row()
        head.addWidget(label(order.number, "title", "details_number"))
        head.addWidget(label(kind_word(order.kind), "strong", "details_state"))
        head.addStretch(1)
        if is_owed(order) or not order.due:
            pay_role = "to_pay" if order.due else "paid"
            head.addWidget(label(pay_words(order), pay_role, "details_pay"))
        self._rows.addLayout(head)
        about = f"{fulfilment_word(order)} · {time_word(order, setup.settings)}"
        self._rows.addWidget(label(about, "second"))
        courier = member(setup.staff, order.courier_id) if order.courier_id else None
        if courier is not None:
            text = _("Courier: {name}").format(name=courier.name)
            self._rows.addWidget(label(text, "strong", "details_courier"))
        if order.asked_at is not None:
            text = _("The kitchen asks: {question}").format(question=order.question)
            self._rows.addWidget(label(text, "strong", "details_question", wrap=True))
        if order.refunded and sees_money():
            text = _("Given back: {amount}").format(amount=money_of(order, order.refunded))
            self._rows.addWidget(label(text, "strong", "details_refunded"))
        if order.cancel_reason:
            reason = _("Reason: {text}").format(text=_reason(order.cancel_reason))
            self._rows.addWidget(label(reason, "second", wrap=True))
        if order.allergy:
            words = _("ALLERGY: {text}").format(text=order.allergy)
            self._rows.addWidget(label(words, "allergy", wrap=True))
        if order.tags:
            tags = row()
            for tag in order.tags:
                tags.addWidget(label(tag, "tag"))
            tags.addStretch(1)
            self._rows.addLayout(tags)

    def _add_dishes(self, order: Order) -> None:
        self._rows.addWidget(rule())
        for line in order.open_lines:
            entry = row(gap=12)
            entry.addWidget(label(str(line.quantity), "strong"))
            entry.addWidget(label(_dish(line), wrap=True), 1)
            if sees_money():
                entry.addWidget(label(money_of(order, line.total), "strong"))
            self._rows.addLayout(entry)
        if sees_money():
            self._add_total(order)
        self._rows.addWidget(rule())

    def _add_total(self, order: Order) -> None:
        total = row()
        total.addWidget(label(_("Total"), "heading"))
        total.addStretch(1)
        total.addWidget(label(money_of(order, order.total), "heading"))
        self._rows.addLayout(total)

    def _add_people(self, order: Order, setup: Setup) -> None:
        phone = phone_words(order.customer.phone, setup.settings)
        guest = " · ".join(part for part in (order.customer.name, phone) if part)
        if guest:
            self._rows.addWidget(label(guest, "strong", "details_guest", wrap=True))
        if order.address is not None:
            address = order.address
            parts = [
                address.street,
                _("entrance {text}").format(text=address.entrance) if address.entrance else "",
                _("floor {text}").format(text=address.floor) if address.floor else "",
                _("code {text}").format(text=address.door_code) if address.door_code else "",
                address.note,
            ]
            self._rows.addWidget(label(", ".join(p for p in parts if p), wrap=True))
        if order.note:
            self._rows.addWidget(label(quoted(order.note), "second", wrap=True))

    def _add_consents(self, consents: Sequence[Consent], setup: Setup) -> None:
        """The newest answer of each sort: what this guest agreed to, and when."""
        newest = {consent.kind: consent for consent in consents}
        words = {
            ConsentKind.ORDER_TEXTS: _("Order texts: {answer}, {time}"),
            ConsentKind.OFFERS: _("Offers: {answer}, {time}"),
        }
        for kind, consent in newest.items():
            answer = _("yes") if consent.given else _("no")
            time = day_and_time(consent.at, setup.settings)
            said = words[kind].format(answer=answer, time=time)
            self._rows.addWidget(label(said, "second", f"consent:{kind.value}"))

    def _show_acts(self, order: Order, setup: Setup) -> None:
        empty(self._acts)
        add = self._acts.addWidget
        for act in further_acts(order):
            add(button(act.text, act.name, partial(self._further, act), role="chip"))
        add(button(_("Print again"), "act:reprint", self.reprint_wanted.emit, role="chip"))
        if order.kind in RECALLABLE:
            add(button(_("Bring back"), "act:recall", self.recall_wanted.emit, role="chip"))
        if sees_money() and is_owed(order):
            cash, card = (partial(self.pay_wanted.emit, way) for way in ("cash", "card"))
            add(button(_("Paid in cash"), "act:pay:cash", cash, role="chip"))
            add(button(_("Paid by card"), "act:pay:card", card, role="chip"))
        for made in self.writing.show_order(order, setup.settings.shop.name):
            add(made)
        for made in self.guest.show_order(order):
            add(made)
        if may_cancel(order.kind) and not has_ended(order.kind):
            add(button(_("Cancel the order…"), "act:cancel", self._ask_reason, role="danger"))

    def _cancel_part(self) -> QWidget:
        made = frame("soft", "cancel_part")
        inner = column(made, margins=(12, 12, 12, 12))
        inner.addWidget(label(_("Why is it cancelled?"), "strong"))
        reasons = QWidget()
        flow = FlowLayout(reasons)
        for reason in (
            _("Guest changed his mind"),
            _("Sold out"),
            _("Entered by mistake"),
            _("Too late"),
        ):
            flow.addWidget(button(reason, f"reason:{reason}", partial(self._cancel_for, reason)))
        inner.addWidget(reasons)
        self._reason = QLineEdit()
        self._reason.setPlaceholderText(_("Another reason"))
        self._reason_field = Field("", self._reason, "cancel_reason")
        line = row()
        line.addWidget(self._reason_field, 1)
        line.addWidget(button(_("Cancel it"), "cancel_do", self._cancel_typed, role="danger"))
        line.addWidget(button(_("Keep it"), "cancel_keep", made.hide))
        inner.addLayout(line)
        made.hide()
        return made

    def _further(self, act: FurtherAct) -> None:
        """Do it, after the one thing that it has to know."""
        if not act.ways:
            self.further_wanted.emit(act, "")
            return
        empty(self._ways_rows)
        self._ways_rows.addWidget(label(act.question, "strong", "ways_question", wrap=True))
        choices = QWidget()
        flow = FlowLayout(choices)
        for code, words in act.ways:
            chosen = partial(self._choose, act, code)
            flow.addWidget(button(words, f"way:{code}", chosen))
        flow.addWidget(button(_("Leave it"), "way:none", self._ways.hide))
        self._ways_rows.addWidget(choices)
        self._cancel.hide()
        self._ways.show()

    def _choose(self, act: FurtherAct, code: str) -> None:
        self._ways.hide()
        self.further_wanted.emit(act, code)

    def _ask_reason(self) -> None:
        self._reason.clear()
        self._reason_field.refuse("")
        self._ways.hide()
        self._cancel.show()

    def _cancel_typed(self) -> None:
        if self._reason.text().strip():
            self._cancel_for(self._reason.text().strip())
        else:
            self._reason_field.refuse(_("Say why the order is cancelled"))

    def _cancel_for(self, reason: str) -> None:
        self._cancel.hide()
        self.cancel_wanted.emit(reason)


def _reason(stored: str) -> str:
    return _("undone at the counter") if stored == "undone" else stored


def _dish(line: Line) -> str:
    parts = [pick(modifier.names, language()) for modifier in line.modifiers]
    if line.note:
        parts.append(quoted(line.note))
    name = pick(line.names, language())
    return f"{name}  ({', '.join(parts)})" if parts else name
