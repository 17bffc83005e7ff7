"""Fallback: the channels on which a text is tried one after the other until it is delivered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QFrame, QLineEdit

from pos_app.domain.cascade import DEFAULT_MINUTES, MOST_LEGS, Leg
from ui.settings.way_words import channel_name
from ui.widgets.choosing import combo
from ui.widgets.field import Field
from ui.widgets.parts import button, column, empty, frame, label, row
from ui.words import _

LONGEST_DIGITS = 999


class LegsEditor(QFrame):
    """`kept` carries the legs as (channel, minutes as they were typed)."""

    kept = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("legs")
        self._legs: list[tuple[str, str]] = []
        self._channels: tuple[str, ...] = ()
        rows = column(self, gap=10)
        rows.addWidget(label(_("If a text does not arrive"), "heading"))
        said = _(
            "A text leaves on the channel of its rule. What is not delivered there in time is "
            "tried on these, one after the other, until one has reached the guest."
        )
        rows.addWidget(label(said, "second", wrap=True))
        self._list = column(gap=8)
        rows.addLayout(self._list)
        line = row()
        self._add = button(_("Add a channel"), "leg_add", self._append)
        line.addWidget(self._add, 1)
        self._save = button(_("Save the order"), "legs_save", self._keep, role="act")
        line.addWidget(self._save, 1)
        rows.addLayout(line)
        self._error = label("", "error", "legs_error", wrap=True)
        self._error.hide()
        rows.addWidget(self._error)

    def show_legs(self, legs: Sequence[Leg], channels: Sequence[str]) -> None:
        """What is stored, and which channels there are to choose from."""
        named = [leg.channel for leg in legs]
        self._channels = (*channels, *(name for name in named if name not in channels))
        self._legs = [(leg.channel, str(leg.minutes)) for leg in legs]
        self._lay_out()

    def refuse(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        self.refuse("")
        empty(self._list)
        if not self._legs:
            words = _("Nothing yet: a text is tried on its rule’s channel only.")
            self._list.addWidget(label(words, "strong", "legs_none", wrap=True))
        for place in range(len(self._legs)):
            self._list.addWidget(self._row(place))
        self._add.setEnabled(bool(self._free()) and len(self._legs) < MOST_LEGS)

    def _row(self, place: int) -> QFrame:
        channel, minutes = self._legs[place]
        made = frame("soft", f"leg:{place}")
        line = row(made, margins=(12, 8, 12, 10), gap=10)
        typed = QLineEdit(minutes)
        typed.setValidator(QIntValidator(0, LONGEST_DIGITS, typed))
        typed.setMaximumWidth(96)
        typed.textEdited.connect(lambda text: self._change(place, minutes=text))
        line.addWidget(Field(_("After, minutes"), typed, f"leg_minutes:{place}"))
        offered = [channel, *self._free()]
        box = combo([(name, channel_name(name)) for name in offered], channel)
        box.activated.connect(lambda _index: self._choose(place, str(box.currentData())))
        line.addWidget(Field(_("By"), box, f"leg_channel:{place}"), 1)
        up = button("↑", f"leg_up:{place}", lambda: self._up(place))
        up.setAccessibleName(_("Earlier: {name}").format(name=channel_name(channel)))
        up.setEnabled(place > 0)
        line.addWidget(up, 0, Qt.AlignmentFlag.AlignBottom)
        gone = button(_("Remove"), f"leg_remove:{place}", lambda: self._drop(place), role="danger")
        gone.setAccessibleName(f"{gone.text()}: {channel_name(channel)}")
        line.addWidget(gone, 0, Qt.AlignmentFlag.AlignBottom)
        return made

    def _free(self) -> list[str]:
        taken = [channel for channel, _minutes in self._legs]
        return [name for name in self._channels if name not in taken]

    def _append(self) -> None:
        self._legs.append((self._free()[0], str(DEFAULT_MINUTES)))
        self._lay_out()

    def _choose(self, place: int, channel: str) -> None:
        self._change(place, channel=channel)
        self._lay_out()

    def _change(self, place: int, *, channel: str = "", minutes: str | None = None) -> None:
        before = self._legs[place]
        after = before[1] if minutes is None else minutes
        self._legs[place] = (channel or before[0], after)

    def _up(self, place: int) -> None:
        legs = self._legs
        legs[place - 1], legs[place] = legs[place], legs[place - 1]
        self._lay_out()

    def _drop(self, place: int) -> None:
        del self._legs[place]
        self._lay_out()

    def _keep(self) -> None:
        self.refuse("")
        self.kept.emit(list(self._legs))
