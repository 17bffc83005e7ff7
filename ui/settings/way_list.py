"""The cards of all ways out, by channel; beneath them what follows a failed text, and limits."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos_app.config import CHANNEL_NAMES, WayOut
from pos_app.desk.setup import Setup
from ui.settings.legs_editor import LegsEditor
from ui.settings.text_limits import TextLimitsForm
from ui.settings.way_card import WayCard
from ui.settings.way_facts import Seen, channel_line, facts_of, facts_of_receiver
from ui.settings.way_words import WEBHOOK, channel_name
from ui.widgets.parts import button, column, empty, label
from ui.words import _


class WayList(QWidget):
    """Signals carry the WayOut that is meant; `move_wanted` also by how many places.

    `receiver_gone` carries the id of a program that rules call.
    """

    add_wanted = Signal()
    move_wanted = Signal(object, int)
    try_wanted = Signal(object)
    change_wanted = Signal(object)
    remove_wanted = Signal(object)
    receiver_gone = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[object, ...] = ()
        rows = column(self, gap=14)
        self._cards = column(gap=10)
        rows.addLayout(self._cards)
        rows.addWidget(button(_("Add a channel"), "way_new", self.add_wanted.emit, role="act"))
        rows.addSpacing(12)
        self.legs = LegsEditor()
        rows.addWidget(self.legs)
        rows.addSpacing(12)
        self.limits = TextLimitsForm()
        rows.addWidget(self.limits)

    def show_ways(self, setup: Setup, seen: Seen) -> None:
        """Show what is stored and how it fares. An open question stays until it is answered."""
        settings = setup.settings
        self.limits.show_limits(settings.channels.limits, settings.shop.currency)
        shown = (settings.ways, settings.webhooks, settings.channels.legs, seen)
        if shown == self._shown or self._is_asking():
            return
        legs_changed = self._shown[:3] != shown[:3]
        self._shown = shown
        focused = self.focusWidget()
        self._lay_out(setup, seen)
        if legs_changed:
            self._show_legs(setup)
        again = self.findChild(QWidget, focused.objectName()) if focused is not None else None
        if isinstance(again, QWidget) and again.isVisible():
            again.setFocus()

    def _lay_out(self, setup: Setup, seen: Seen) -> None:
        empty(self._cards)
        for channel in CHANNEL_NAMES:
            ways = setup.settings.ways_of(channel)
            if ways:
                line = channel_line(channel, setup, seen)
                self._cards.addWidget(label(line, "heading", f"way_channel:{channel}", wrap=True))
            for way in ways:
                self._cards.addWidget(self._card(way, setup, seen))
        receivers = setup.settings.webhooks.receivers
        if receivers:
            self._cards.addWidget(label(channel_name(WEBHOOK), "heading"))
        for one in receivers:
            card = WayCard(facts_of_receiver(one, setup, seen))
            card.remove_wanted.connect(partial(self.receiver_gone.emit, one.id))
            self._cards.addWidget(card)

    def _card(self, way: WayOut, setup: Setup, seen: Seen) -> WayCard:
        made = WayCard(facts_of(way, setup, seen))
        made.moved.connect(partial(self.move_wanted.emit, way))
        made.try_wanted.connect(partial(self.try_wanted.emit, way))
        made.change_wanted.connect(partial(self.change_wanted.emit, way))
        made.remove_wanted.connect(partial(self.remove_wanted.emit, way))
        return made

    def _show_legs(self, setup: Setup) -> None:
        settings = setup.settings
        channels = [name for name in CHANNEL_NAMES if settings.ways_of(name)]
        legs = settings.channels.legs
        self.legs.show_legs(legs, channels)
        self.legs.setVisible(len(channels) > 1 or bool(legs))

    def _is_asking(self) -> bool:
        """News must not take away a question that somebody is about to answer."""
        return any(card.is_asking for card in self.findChildren(WayCard))
