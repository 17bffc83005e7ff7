"""A name in each language of the program, side by side, the shop's own first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.desk.menus import LONGEST_NAME
from pos_app.domain.menu import KITCHEN_NAME_LENGTH, Names, kitchen_name
from pos_app.language import LANGUAGES
from ui.widgets.field import Field
from ui.widgets.parts import row
from ui.words import _, language

GAP_PX = 12


def languages() -> list[str]:
    """Those of the program, with that of the screens in front."""
    return sorted(LANGUAGES, key=lambda one: one != language())


class NameFields(QWidget):
    """Fields called `name:LANGUAGE`; one name is enough. `changed` says that somebody typed."""

    changed = Signal()

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__()
        self.by_language: dict[str, Field] = {}
        self._lines: dict[str, QLineEdit] = {}
        line = row(self, gap=GAP_PX)
        for place, spoken in enumerate(languages()):
            edit = QLineEdit()
            edit.setMaxLength(LONGEST_NAME)
            edit.textChanged.connect(lambda _text: self.changed.emit())
            field = Field(_title(spoken), edit, f"{name}:{spoken}", "" if place else hint)
            self._lines[spoken] = edit
            self.by_language[spoken] = field
            line.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)

    @property
    def names(self) -> Names:
        return {spoken: edit.text() for spoken, edit in self._lines.items()}

    def show_names(self, names: Names) -> None:
        for spoken, edit in self._lines.items():
            edit.setText(names.get(spoken, ""))

    def begin(self) -> None:
        """The cursor in the first one."""
        next(iter(self._lines.values())).setFocus()

    def fields(self, key: str) -> dict[str, Field]:
        """As errors name them: `key.LANGUAGE`, and `key` for want of any name."""
        found = {f"{key}.{spoken}": field for spoken, field in self.by_language.items()}
        return {key: next(iter(self.by_language.values())), **found}


class KitchenFields(QWidget):
    """The kitchen's short names; an empty field takes what stands in it faintly."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._fields: dict[str, Field] = {}
        self._lines: dict[str, QLineEdit] = {}
        line = row(self, gap=GAP_PX)
        for spoken in languages():
            edit = QLineEdit()
            edit.setMaxLength(KITCHEN_NAME_LENGTH)
            # Counted anew with each letter.
            field = Field(_("In the kitchen"), edit, f"{name}:{spoken}")
            edit.textChanged.connect(lambda _text: self._count())
            self._lines[spoken] = edit
            self._fields[spoken] = field
            line.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self._count()

    @property
    def names(self) -> Names:
        return {spoken: edit.text() for spoken, edit in self._lines.items()}

    def show_names(self, kitchen: Names, names: Names) -> None:
        """What is proposed from the name is not typed: it follows when the name changes."""
        for spoken, edit in self._lines.items():
            known = kitchen.get(spoken, "")
            edit.setText("" if known == kitchen_name(names.get(spoken, "")) else known)
        self.propose(names)

    def propose(self, names: Names) -> None:
        for spoken, edit in self._lines.items():
            edit.setPlaceholderText(kitchen_name(names.get(spoken, "")))
        self._count()

    def fields(self, key: str) -> dict[str, Field]:
        return {f"{key}.{spoken}": field for spoken, field in self._fields.items()}

    def _count(self) -> None:
        for spoken, field in self._fields.items():
            edit = self._lines[spoken]
            count = len(edit.text() or edit.placeholderText())
            title = _("In the kitchen · {count} of {most}")
            field.retitle(title.format(count=count, most=KITCHEN_NAME_LENGTH))


def _title(spoken: str) -> str:
    return {"en": _("Name in English"), "uk": _("Name in Ukrainian")}[spoken]
