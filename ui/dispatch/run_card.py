"""One courier: what waits for him, what he carries, what he owes, and his one next act."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from pos_app.clock import Instant
from pos_app.config import Settings
from pos_app.desk.dispatch_desk import CourierRun
from pos_app.desk.reading import Card
from pos_app.domain.money import show
from pos_app.domain.workflow import Kind
from ui.dispatch.delivery_row import DeliveryRow
from ui.rights import sees_money
from ui.style import role
from ui.widgets.parts import TouchButton, button, column, label, row
from ui.words import _, language, ngettext


class Act(StrEnum):
    LEAVES = "leaves"
    TAKES = "takes"
    IS_BACK = "is_back"


@dataclass(frozen=True, slots=True)
class Next:
    """What his button does with which orders; `failed_ids` only when he is back."""

    act: Act
    order_ids: tuple[int, ...]
    failed_ids: tuple[int, ...] = ()


class RunCard(QFrame):
    """`wanted` carries `(courier_id, Next)`, `release_wanted` an order, `hand_in_wanted` a run."""

    wanted = Signal(str, object)
    release_wanted = Signal(int)
    hand_in_wanted = Signal(object)

    def __init__(
        self, run: CourierRun, settings: Settings, now: Instant, marked: Set[int] = frozenset()
    ) -> None:
        super().__init__()
        self.setObjectName(f"courier:{run.courier.name}")
        role(self, "card")
        self.run = run
        self._settings, self._now = settings, now
        self._marked = marked
        self._out_rows: list[DeliveryRow] = []
        self._chosen: tuple[Card, ...] = ()
        layout = column(self, margins=(16, 12, 16, 16), gap=10)
        self._head(layout)
        self._section(layout, _("To take along"), run.assigned, carried=False)
        self._section(layout, _("On the way"), run.out, carried=True)
        if not run.assigned and not run.out:
            layout.addWidget(label(_("At the shop, nothing to carry."), "second", wrap=True))
        self.act_button = button("", f"act:{run.courier.name}", self._do, role="act")
        layout.addWidget(self.act_button)
        self.show_choice([])

    def _head(self, layout: QVBoxLayout) -> None:
        head = row()
        head.addWidget(label(self.run.courier.name, "heading"), 1)
        done = len(self.run.back)
        if done:
            words = ngettext("{count} delivered today", "{count} delivered today", done)
            head.addWidget(label(words.format(count=done), "second"))
        layout.addLayout(head)
        if sees_money() and (self.run.to_collect or self.run.to_hand_in):
            layout.addLayout(self._money())

    def _money(self) -> QVBoxLayout:
        made = column(gap=8)
        currency = self._settings.shop.currency
        if self.run.to_collect:
            amount = show(self.run.to_collect, currency, language())
            made.addWidget(label(_("Collects {amount} at the doors").format(amount=amount)))
        if self.run.to_hand_in:
            amount = show(self.run.to_hand_in, currency, language())
            made.addWidget(
                button(
                    _("Hands in {amount}").format(amount=amount),
                    f"hand_in:{self.run.courier.name}",
                    lambda: self.hand_in_wanted.emit(self.run),
                )
            )
        return made

    def _section(
        self, layout: QVBoxLayout, title: str, cards: tuple[Card, ...], *, carried: bool
    ) -> None:
        if not cards:
            return
        layout.addWidget(label(title, "label"))
        if carried:
            layout.addWidget(label(_("Tap what he could not deliver."), "small", wrap=True))
        for card in cards:
            line = row()
            made = DeliveryRow(card, self._settings, self._now)
            made.setCheckable(carried)
            made.setChecked(carried and card.order.id in self._marked)
            made.toggled.connect(lambda _on: self._show_act())
            line.addWidget(made, 1)
            line.addWidget(self._release(card))
            layout.addLayout(line)
            if carried:
                self._out_rows.append(made)

    def _release(self, card: Card) -> TouchButton:
        order_id = card.order.id
        return button(
            _("Release"),
            f"release:{card.order.number}",
            lambda: self.release_wanted.emit(order_id),
            role="quiet",
        )

    @property
    def marked(self) -> list[int]:
        """What he could not deliver, as it is ticked."""
        return [line.card.order.id for line in self._out_rows if line.isChecked()]

    # His one act

    def show_choice(self, chosen: list[Card]) -> None:
        """What is ticked in the list beside: with a tick there, his button takes it."""
        self.act_button.setEnabled(True)
        self._chosen = tuple(chosen)
        self._show_act()

    def _next(self) -> Next | None:
        if self._chosen:
            ids = tuple(card.order.id for card in self._chosen)
            ready = all(card.order.kind is Kind.READY for card in self._chosen)
            # Who is away cannot leave: what is chosen waits for him until he is back.
            is_here = not self.run.out
            return Next(Act.LEAVES if ready and is_here else Act.TAKES, ids)
        if self._out_rows:
            failed = tuple(self.marked)
            done = tuple(line.card.order.id for line in self._out_rows if not line.isChecked())
            return Next(Act.IS_BACK, done, failed)
        ready_ids = tuple(c.order.id for c in self.run.assigned if c.order.kind is Kind.READY)
        return Next(Act.LEAVES, ready_ids) if ready_ids else None

    def _show_act(self) -> None:
        wanted = self._next()
        self.act_button.setVisible(wanted is not None)
        if wanted is not None:
            self.act_button.setText(_act_words(self.run.courier.name, wanted))

    def _do(self) -> None:
        wanted = self._next()
        if wanted is not None:
            self.act_button.setEnabled(False)
            self.wanted.emit(self.run.courier.id, wanted)


def _act_words(name: str, wanted: Next) -> str:
    """`Oleh leaves with 3`, `Oleh is back: 3 delivered`, and what lies between."""
    count = len(wanted.order_ids)
    if wanted.act is Act.TAKES:
        return _("For {name}: {count}").format(name=name, count=count)
    if wanted.act is Act.LEAVES:
        return _("{name} leaves with {count}").format(name=name, count=count)
    if not wanted.failed_ids:
        return _("{name} is back: {count} delivered").format(name=name, count=count)
    return _("{name} is back: {count} delivered, {failed} not").format(
        name=name, count=count, failed=len(wanted.failed_ids)
    )
