"""Texts that a messenger has approved: each with its name there, its occasion and its gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from pos_app.automation import words
from pos_app.automation.wording.standard import abouts
from ui.rule_words import begun, texts
from ui.settings.shop_section import LANGUAGE_NAMES
from ui.widgets.choosing import combo
from ui.widgets.field import Field
from ui.widgets.parts import button, column, label, row
from ui.words import _

NAME_EXAMPLE, GAPS_EXAMPLE, CODE_EXAMPLE = "order_ready", "text, link", "uk"


class ApprovedList(QWidget):
    """One card per text; `name` begins the object names: `name:0:name`."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._made = 0
        self._cards: list[_Card] = []
        rows = column(self, gap=8)
        self._list = column(gap=8)
        rows.addLayout(self._list)
        rows.addWidget(button(_("Add a text"), f"{name}:add", self._add))

    def show_texts(self, found: Iterable[Mapping[str, Any]]) -> None:
        """Begin with these, as a setup's document has them."""
        for card in list(self._cards):
            self._drop(card)
        for one in found:
            self._add(one)

    def texts(self) -> list[dict[str, Any]]:
        """As a setup's document has them; those without a name too, to be refused by it."""
        return [card.text() for card in self._cards]

    def _add(self, found: Mapping[str, Any] | None = None) -> None:
        card = _Card(f"{self._name}:{self._made}", found or {})
        card.remove.clicked.connect(lambda *_args: self._drop(card))
        self._made += 1
        self._cards.append(card)
        self._list.addWidget(card)

    def _drop(self, card: _Card) -> None:
        self._cards.remove(card)
        self._list.removeWidget(card)
        card.hide()
        card.setParent(None)
        card.deleteLater()


class _Card(QFrame):
    def __init__(self, name: str, found: Mapping[str, Any]) -> None:
        super().__init__()
        self.setProperty("role", "soft")
        self.name, self.gaps, self.code = QLineEdit(), QLineEdit(), QLineEdit()
        self.name.setPlaceholderText(NAME_EXAMPLE)
        self.gaps.setPlaceholderText(GAPS_EXAMPLE)
        self.code.setPlaceholderText(CODE_EXAMPLE)
        self.name.setText(str(found.get("name", "")))
        self.gaps.setText(", ".join(found.get("gaps", ("text",))))
        self.code.setText(str(found.get("code", "")))
        occasions = [(one, begun(words.about(one, texts()))) for one in abouts()]
        self.about = combo([("", _("Every occasion")), *occasions], str(found.get("about", "")))
        spoken = [("", _("Every language")), *LANGUAGE_NAMES]
        self.language = combo(spoken, str(found.get("language", "")))
        self.remove = button(_("Remove"), f"{name}:remove", role="danger")
        lines = column(self, margins=(12, 10, 12, 12), gap=8)
        line = row(gap=12)
        line.addWidget(Field(_("Its name there"), self.name, f"{name}:name"), 2)
        line.addWidget(Field(_("Its language there"), self.code, f"{name}:code"), 1)
        lines.addLayout(line)
        lines.addWidget(Field(_("What about"), self.about, f"{name}:about"))
        line = row(gap=12)
        line.addWidget(Field(_("In which language"), self.language, f"{name}:language"), 1)
        line.addWidget(Field(_("Filled into its gaps"), self.gaps, f"{name}:gaps"), 1)
        lines.addLayout(line)
        said = _("Gaps are filled in this order with text, subject or link.")
        lines.addWidget(label(said, "small", wrap=True))
        lines.addWidget(self.remove)

    def text(self) -> dict[str, Any]:
        gaps = [part.strip() for part in self.gaps.text().split(",")]
        return {
            "name": self.name.text().strip(),
            "about": str(self.about.currentData()),
            "language": str(self.language.currentData()),
            "code": self.code.text().strip(),
            "gaps": [gap for gap in gaps if gap],
        }
