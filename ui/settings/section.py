"""What every section of the settings shares: a column of fields, one act, errors at their field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QWidget

from pos_app.bootstrap import Shop
from pos_app.desk.setup import Setup
from pos_app.errors import BadInput, OrderbellError
from ui.background import Background
from ui.notices import Notices, Tone
from ui.outside import Outside
from ui.sounds.player import Player
from ui.widgets.field import Field
from ui.widgets.parts import column, label
from ui.words import sentences, told

WIDEST_PX = 640


@dataclass(frozen=True, slots=True)
class Doors:
    """Whom a section asks; the same for all of them."""

    shop: Shop
    background: Background
    notices: Notices
    outside: Outside
    player: Player


class Section(QWidget):
    """`fields` by the name that a BadInput gives them."""

    def __init__(self, doors: Doors, title: str, about: str = "") -> None:
        super().__init__()
        self.doors = doors
        self.fields: dict[str, Field] = {}
        self.setMaximumWidth(WIDEST_PX)
        self.rows = column(self, margins=(28, 24, 28, 24), gap=14)
        self.rows.addWidget(label(title, "title"))
        if about:
            self.rows.addWidget(label(about, "second", wrap=True))

    def add_field(self, key: str, field: Field) -> Field:
        self.fields[key] = field
        self.rows.addWidget(field)
        return field

    def show_setup(self, setup: Setup) -> None:
        """Show what is stored."""
        raise NotImplementedError

    def save(
        self,
        name: str,
        act: Callable[[], object],
        said: str,
        done: Callable[[], None] | None = None,
    ) -> None:
        """Do `act` in the background; then say `said`, or the error at its field."""
        for field in self.fields.values():
            field.refuse("")

        def saved(_result: object) -> None:
            self.doors.notices.say(said, tone=Tone.GOOD)
            if done is not None:
                done()

        self.doors.background.act(name, act, saved, self.refuse)

    def refuse(self, error: OrderbellError) -> None:
        field = self.fields.get(error.field) if isinstance(error, BadInput) else None
        if field is not None:
            words = told(error)
            field.refuse(sentences(words.title, words.hint))
            field.inner.setFocus()
        else:
            self.doors.notices.tell_error(error)


def combo(options: list[tuple[str, str]]) -> QComboBox:
    """A list of (value, text) to choose from; typing finds."""
    made = QComboBox()
    made.setMaxVisibleItems(12)
    for value, text in options:
        made.addItem(text, value)
    return made


def choose(box: QComboBox, value: str) -> None:
    """Choose `value`; one that is not offered is added, so that nothing stored is lost."""
    index = box.findData(value)
    if index < 0:
        box.addItem(value, value)
        index = box.count() - 1
    box.setCurrentIndex(index)
