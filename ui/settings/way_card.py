"""One way out as a card: what it is, how it fares, what a part costs, and what can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui.widgets.flow import FlowLayout
from ui.widgets.parts import TouchButton, button, column, frame, label, row
from ui.words import _


@dataclass(frozen=True, slots=True)
class WayFacts:
    """What a card shows. `name` is the way's own; `state` and its role; `notes` stand beneath.

    `place` is that among the ways of its channel, from 0, of `of` in all.
    """

    name: str
    kind: str
    title: str
    detail: str
    state: str
    role: str
    notes: tuple[str, ...] = ()
    place: int = 0
    of: int = 1
    is_tried: bool = True
    is_changed: bool = True


class WayCard(QFrame):
    """`moved` carries -1 or +1."""

    moved = Signal(int)
    try_wanted = Signal()
    change_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, facts: WayFacts) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setObjectName(f"way:{facts.name}")
        self._facts = facts
        rows = column(self, margins=(16, 12, 12, 12), gap=8)
        head = row(gap=8)
        words = column(gap=2)
        words.addWidget(label(facts.title, "strong", f"way_title:{facts.name}", wrap=True))
        words.addWidget(label(facts.detail, "small", f"way_detail:{facts.name}", wrap=True))
        head.addLayout(words, 1)
        self._add_arrows(head)
        rows.addLayout(head)
        rows.addWidget(label(facts.state, facts.role, f"way_state:{facts.name}", wrap=True))
        for note in facts.notes:
            rows.addWidget(label(note, "second", wrap=True))
        self._acts = QWidget()
        flow = FlowLayout(self._acts)
        for made in self._buttons():
            flow.addWidget(made)
        rows.addWidget(self._acts)
        self._question = self._asked()
        rows.addWidget(self._question)

    @property
    def is_asking(self) -> bool:
        """Whether the question before a removal is open."""
        return not self._question.isHidden()

    def _add_arrows(self, head: QHBoxLayout) -> None:
        name, place, of = self._facts.name, self._facts.place, self._facts.of
        if of < 2:
            return
        for sign, by, words, possible in (
            ("↑", -1, _("Earlier: {name}"), place > 0),
            ("↓", +1, _("Later: {name}"), place < of - 1),
        ):
            made = button(sign, f"way_{'up' if by < 0 else 'down'}:{name}", self._mover(by))
            made.setAccessibleName(words.format(name=self._facts.title))
            made.setEnabled(possible)
            head.addWidget(made)

    def _mover(self, by: int) -> Callable[[], None]:
        return lambda: self.moved.emit(by)

    def _buttons(self) -> list[TouchButton]:
        facts = self._facts
        found = []
        if facts.is_tried:
            found.append(button(_("Try it"), f"way_try:{facts.name}", self.try_wanted.emit))
        if facts.is_changed:
            found.append(button(_("Change"), f"way_change:{facts.name}", self.change_wanted.emit))
        made = button(_("Remove…"), f"way_remove:{facts.name}", self._ask, role="danger")
        found.append(made)
        for one in found:
            one.setAccessibleName(f"{one.text()}: {facts.title}")
        return found

    def _asked(self) -> QFrame:
        name = self._facts.name
        made = frame("soft", f"way_question:{name}")
        inner = column(made, margins=(12, 10, 12, 10))
        inner.addWidget(label(_gone_words(self._facts), "second", wrap=True))
        line = row()
        line.addWidget(button(_("Remove it"), f"way_yes:{name}", self._yes, role="danger"))
        line.addWidget(button(_("Keep it"), f"way_no:{name}", self._drop_question))
        line.addStretch(1)
        inner.addLayout(line)
        made.hide()
        return made

    def _ask(self) -> None:
        self._acts.hide()
        self._question.show()

    def _yes(self) -> None:
        self._drop_question()
        self.remove_wanted.emit()

    def _drop_question(self) -> None:
        self._question.hide()
        self._acts.show()


def _gone_words(facts: WayFacts) -> str:
    if facts.kind == "webhook":
        return _("Rules call it no more, and its secret is forgotten.")
    if facts.kind == "push":
        return _("Every phone that asked to be told is forgotten, and cannot be won back.")
    if facts.of > 1:
        return _("Its secret is forgotten. What waits leaves by the others of this channel.")
    return _("Its secret is forgotten. What waits goes on by the next channel, or not at all.")
