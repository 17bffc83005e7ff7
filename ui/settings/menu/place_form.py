"""The names of a category or a station, new or changed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos_app.domain.menu import Names
from ui.settings.menu.names import NameFields
from ui.widgets.field import Field
from ui.widgets.parts import button, column, label, row
from ui.words import _


class PlaceForm(QWidget):
    """`what` is `category` or `station`: the object names begin with it.

    `kept` carries the id that `begin` was given and the names; `left` changes nothing.
    """

    kept = Signal(int, object)
    left = Signal()

    def __init__(self, what: str) -> None:
        super().__init__()
        self._key = 0
        lines = column(self, gap=14)
        self._title = label("", "heading", f"{what}_form", wrap=True)
        lines.addWidget(self._title)
        self._names = NameFields(
            f"{what}_name", _("One name is enough: it stands in for the other.")
        )
        lines.addWidget(self._names)
        foot = row()
        foot.addWidget(button(_("Save"), f"{what}_save", self._keep, role="act"), 1)
        foot.addWidget(button(_("Cancel"), f"{what}_cancel", self.left.emit))
        lines.addLayout(foot)

    @property
    def fields(self) -> dict[str, Field]:
        return self._names.fields("names")

    def begin(self, key: int, title: str, names: Names) -> None:
        """`key` is the id of what is renamed, 0 for a new one."""
        self._key = key
        for field in self.fields.values():
            field.refuse("")
        self._title.setText(title)
        self._names.show_names(names)
        self._names.begin()

    def _keep(self) -> None:
        said = {spoken: name.strip() for spoken, name in self._names.names.items()}
        self.kept.emit(self._key, {s: name for s, name in said.items() if name})
