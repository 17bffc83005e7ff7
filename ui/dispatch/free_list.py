"""Deliveries that nobody carries yet, to be chosen by touch; failed ones stand on top."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos_app.clock import Instant
from pos_app.config import Settings
from pos_app.desk.dispatch_desk import Dispatch
from pos_app.desk.reading import Card
from ui.dispatch.delivery_row import DeliveryRow
from ui.style import role
from ui.widgets.parts import button, column, empty, frame, label, row, scroll
from ui.words import _


class FreeList(QWidget):
    """`changed` is called when the choice changes; `again` and `back` carry a failed order.

    `release` carries one that a phone has.
    """

    def __init__(
        self,
        changed: Callable[[], object],
        again: Callable[[int], object],
        back: Callable[[int], object],
        release: Callable[[int], object],
    ) -> None:
        super().__init__()
        self._changed, self._again, self._back, self._release = changed, again, back, release
        self._rows: list[DeliveryRow] = []
        layout = column(self, gap=12)
        self._title = label("", "title", "free_title")
        layout.addWidget(self._title)
        self._hint = label("", "second", "free_hint", wrap=True)
        layout.addWidget(self._hint)
        content = QWidget()
        role(content, "ground")
        self._list = column(content)
        layout.addWidget(scroll(content), 1)

    @property
    def chosen(self) -> list[Card]:
        """What has a tick, in the order of the list."""
        return [row.card for row in self._rows if row.isChecked()]

    def clear_choice(self) -> None:
        for made in self._rows:
            made.setChecked(False)

    def show_dispatch(self, dispatch: Dispatch, settings: Settings, now: Instant) -> None:
        kept = {card.order.id for card in self.chosen}
        empty(self._list)
        self._rows = []
        for card in dispatch.failed:
            self._list.addWidget(self._failed(card, settings, now))
        for card in dispatch.free:
            phone_since = dispatch.phones.get(card.order.id)
            made = DeliveryRow(card, settings, now, phone_since)
            made.setChecked(card.order.id in kept)
            made.toggled.connect(lambda _on: self._changed())
            self._rows.append(made)
            if phone_since is None:
                self._list.addWidget(made)
            else:
                self._list.addLayout(self._on_a_phone(made))
        self._list.addStretch(1)
        self._title.setText(_("Without a courier ({count})").format(count=len(dispatch.free)))
        self._hint.setText(
            _("Tap deliveries, then the courier who takes them.")
            if dispatch.free
            else _("Every delivery has a courier.")
        )

    def _on_a_phone(self, made: DeliveryRow) -> QHBoxLayout:
        """With a way to take it from that phone, for the next one to scan."""
        order = made.card.order
        line = row()
        line.addWidget(made, 1)
        name = f"release:{order.number}"
        line.addWidget(button(_("Release"), name, lambda: self._release(order.id), role="quiet"))
        return line

    def _failed(self, card: Card, settings: Settings, now: Instant) -> QWidget:
        """A door that nobody opened: it goes out again or comes back for good."""
        number = card.order.number
        made = frame("card", f"failed:{number}")
        layout = column(made, margins=(12, 10, 12, 12))
        layout.addWidget(label(_("Could not be delivered"), "error"))
        line = DeliveryRow(card, settings, now)
        line.setCheckable(False)
        layout.addWidget(line)
        order_id = card.order.id
        acts = row()
        acts.addWidget(
            button(_("Try again"), f"again:{number}", lambda: self._again(order_id), role="act"), 1
        )
        acts.addWidget(
            button(_("It came back"), f"returned:{number}", lambda: self._back(order_id)), 1
        )
        layout.addLayout(acts)
        return made
