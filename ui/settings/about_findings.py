"""The doctor's round on the screen: what is in trouble first, each with what to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QWidget

from pos_app import support
from pos_app.doctor.finding import OFF, TROUBLE, Finding
from pos_app.errors import OrderbellError
from ui.settings import about_words
from ui.settings.section import Doors
from ui.widgets.parts import button, column, empty, frame, label, row
from ui.words import _, ngettext

_ORDER = {TROUBLE: 0, OFF: 1}
_ROLES = {TROUBLE: "error", OFF: "second"}


class Findings(QWidget):
    """Looks when somebody asks; takes some seconds, beside all other work.

    `save_report` is what the button beside it does.
    """

    def __init__(self, doors: Doors, save_report: Callable[[], object]) -> None:
        super().__init__()
        self._doors = doors
        rows = column(self, gap=10)
        self._look = button(_("Look at everything"), "about_look", self._ask, role="act")
        acts = row()
        acts.addWidget(self._look, 1)
        acts.addWidget(button(_("Save a report…"), "about_report", save_report), 1)
        rows.addLayout(acts)
        about = _(
            "A report says what was found and where the program failed: no names, no numbers."
        )
        rows.addWidget(label(about, "small", wrap=True))
        self._said = label("", "strong", "about_said", wrap=True)
        self._said.hide()
        rows.addWidget(self._said)
        self._list = column(gap=8)
        rows.addLayout(self._list)

    def _ask(self) -> None:
        self._look.setEnabled(False)
        self._say(_("Looking: this takes up to ten seconds…"))
        shop = self._doors.shop
        self._doors.background.work_long(
            "look at everything", lambda: support.examine(shop), self._show, self._failed
        )

    def _failed(self, error: OrderbellError) -> None:
        self._rest("")
        self._doors.notices.tell_error(error)

    def _show(self, found: list[Finding]) -> None:
        wrong = sum(finding.state == TROUBLE for finding in found)
        words = ngettext(
            "{count} thing is not in order.", "{count} things are not in order.", wrong
        )
        self._rest(words.format(count=wrong) if wrong else _("Everything is in order."))
        for finding in sorted(found, key=lambda one: _ORDER.get(one.state, 2)):
            self._list.addWidget(_card(finding))

    def _rest(self, said: str) -> None:
        self._look.setEnabled(True)
        self._say(said)
        empty(self._list)

    def _say(self, said: str) -> None:
        self._said.setText(said)
        self._said.setVisible(bool(said))


def _card(finding: Finding) -> QFrame:
    card = frame("card", f"finding:{finding.subject}")
    inner = column(card, margins=(16, 10, 16, 10), gap=2)
    head = row()
    head.addWidget(label(about_words.subject(finding.subject), "strong"), 1)
    head.addWidget(label(about_words.state(finding.state), _ROLES.get(finding.state, "good")))
    inner.addLayout(head)
    inner.addWidget(label(finding.said(_), wrap=True))
    if finding.state != "ok" and finding.advice():
        inner.addWidget(label(finding.advice(_), "small", wrap=True))
    return card
