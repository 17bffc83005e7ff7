"""Who would have got what, page by page; the words of a text when somebody asks for them."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.automation.outcomes import Said
from ui.automations.acts import RuleActs
from ui.automations.past import Past, line
from ui.widgets.parts import button, column, empty, frame, label, row
from ui.words import _, quoted

PAGE = 10


class SaidList(QWidget):
    """The first thousand of what rules would have said and done."""

    def __init__(self, acts: RuleActs, past: Past) -> None:
        super().__init__()
        self._acts, self._past = acts, past
        self._first = 0
        self._turned = 0
        rows = column(self, gap=8)
        self._lines = column(gap=8)
        rows.addLayout(self._lines)
        self._pages = QWidget()
        pages = row(self._pages, gap=8)
        self._back = button(_("Earlier"), "past_back", partial(self._turn, -PAGE))
        self._which = label("", "second", "past_which")
        self._on = button(_("Later"), "past_on", partial(self._turn, PAGE))
        pages.addWidget(self._back)
        pages.addStretch(1)
        pages.addWidget(self._which)
        pages.addStretch(1)
        pages.addWidget(self._on)
        rows.addWidget(self._pages)
        self._show()

    def _turn(self, by: int) -> None:
        self._first += by
        self._show()

    def _show(self) -> None:
        said = self._past.comparison.drafts.said
        self._turned += 1
        empty(self._lines)
        last = min(len(said), self._first + PAGE)
        for place in range(self._first, last):
            self._lines.addWidget(self._line(place + 1, said[place]))
        self._pages.setVisible(len(said) > PAGE)
        self._back.setEnabled(self._first > 0)
        self._on.setEnabled(last < len(said))
        which = _("{first}–{last} of {count}").format(
            first=self._first + 1, last=last, count=len(said)
        )
        self._which.setText(which)

    def _line(self, place: int, one: Said) -> QWidget:
        made = frame("soft", f"past_said:{place}")
        lines = column(made, margins=(12, 8, 12, 8), gap=6)
        lines.addWidget(label(line(self._past, one), "", f"past_line:{place}", wrap=True))
        if one.about:
            words = _("What it says")
            asked = button(words, f"past_text:{place}")
            asked.clicked.connect(lambda *_args: self._ask(place, one, lines, asked))
            lines.addWidget(asked)
        return made

    def _ask(self, place: int, one: Said, lines: QVBoxLayout, asked: QWidget) -> None:
        """Read the words; when they come the page may have been turned."""
        asked.setEnabled(False)
        turned = self._turned

        def show(text: str) -> None:
            if self._turned != turned:
                return
            asked.hide()
            words = quoted(text) or _("There are no words for this text yet.")
            lines.addWidget(label(words, "second", f"past_words:{place}", wrap=True))

        self._acts.read_text(one, show)
