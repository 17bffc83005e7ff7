"""The small pages behind an act of the details: which dish, which reason, which words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pos_app.domain.menu import Dish, Menu, folded
from pos_app.domain.order import Line, LineDraft, Order
from pos_app.language import pick
from ui.words import _, language, ngettext

_MOST_FOUND = 8
_LONGEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """One button: its object name, its word, what it does; `kind` is its look."""

    name: str
    text: str
    act: Callable[[], object]
    kind: str = "raised"


Press = Callable[[Choice], QPushButton]


def choice_button(choice: Choice, press: Callable[[Callable[[], object]], None]) -> QPushButton:
    """`press` decides whether a touch was meant and then acts."""
    button = QPushButton(choice.text.replace("&", "&&"))
    button.setObjectName(choice.name)
    button.setProperty("kind", choice.kind)
    button.setProperty("large", True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(lambda _on=False: press(choice.act))
    return button


def choices(press: Press, *rows: Choice, columns: int = 1) -> QWidget:
    """Nothing but buttons, as a page."""
    return page([press(choice) for choice in rows], columns)


def page(parts: Sequence[QWidget], columns: int = 1) -> QWidget:
    body = QWidget()
    box = QVBoxLayout(body)
    box.setContentsMargins(0, 0, 10, 0)
    grid = QGridLayout()
    grid.setSpacing(10)
    for place, part in enumerate(parts):
        grid.addWidget(part, place // columns, place % columns)
    box.addLayout(grid)
    box.addStretch(1)
    return body


def dish_words(line: Line) -> str:
    """`2 Margherita`."""
    return f"{line.quantity} {pick(line.names, language())}"


def lines_page(press: Press, order: Order, name: str, chosen: Callable[[Line], object]) -> QWidget:
    """One button for each dish of the order, called `name:NO`."""
    return choices(
        press,
        *(
            Choice(f"{name}:{line.no}", dish_words(line), partial(chosen, line))
            for line in order.open_lines
        ),
    )


class TextPage(QWidget):
    """Usual words as buttons, and a field for others; `said` gets what was chosen or typed.

    `keep` is the word of the button behind the field.
    """

    def __init__(
        self,
        press: Press,
        name: str,
        hint: str,
        usual: Sequence[str],
        said: Callable[[str], object],
        *,
        keep: str,
        text: str = "",
    ) -> None:
        super().__init__()
        self._said = said
        self.field = QLineEdit(text)
        self.field.setObjectName(f"{name}_text")
        self.field.setPlaceholderText(hint)
        self.field.setMaxLength(_LONGEST_TEXT)
        self.field.returnPressed.connect(self._say)
        button = press(Choice(f"{name}_keep", keep, self._say, "give"))
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.field, 1)
        line.addWidget(button)
        box = self._box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 10, 0)
        box.setSpacing(10)
        for place, words in enumerate(usual):
            box.addWidget(press(Choice(f"{name}:{place}", words, partial(said, words))))
        box.addLayout(line)
        box.addStretch(1)

    def add(self, button: QPushButton) -> None:
        """One more answer, below the field."""
        self._box.insertWidget(self._box.count() - 1, button)

    def _say(self) -> None:
        text = self.field.text().strip()
        if text:
            self._said(text)


class AddPage(QWidget):
    """A dish by its name, typed or chosen; sizes are dishes of their own here."""

    def __init__(self, press: Press, menu: Menu, add: Callable[[LineDraft], object]) -> None:
        super().__init__()
        self._press, self._add = press, add
        self._all = [variant for dish in menu.dishes for variant in _variants(dish)]
        self.field = QLineEdit()
        self.field.setObjectName("add_search")
        self.field.setPlaceholderText(_("Name of the dish"))
        self.field.textChanged.connect(self._show)
        self._found = QVBoxLayout()
        self._found.setSpacing(8)
        self._more = QLabel()
        self._more.setProperty("kind", "quiet")
        self._buttons: list[QPushButton] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 10, 0)
        box.setSpacing(10)
        box.addWidget(self.field)
        box.addLayout(self._found)
        box.addWidget(self._more)
        box.addStretch(1)
        self._show("")

    def _show(self, typed: str) -> None:
        key = folded(typed)
        found = [variant for variant in self._all if key in folded(variant[0])]
        for button in self._buttons:
            self._found.removeWidget(button)
            button.deleteLater()
        self._buttons = [
            self._press(Choice(f"add:{name}", f"+1 {name}", partial(self._add, draft)))
            for name, draft in found[:_MOST_FOUND]
        ]
        for button in self._buttons:
            self._found.addWidget(button)
        more = len(found) - len(self._buttons)
        self._more.setText(
            ngettext("{count} more: type its name", "{count} more: type the name", more).format(
                count=more
            )
        )
        self._more.setVisible(more > 0)


def _variants(dish: Dish) -> list[tuple[str, LineDraft]]:
    """A dish, or one row for each of its sizes; what is sold out is not offered."""
    if dish.sold_out:
        return []
    name = pick(dish.names, language())
    first = next((modifier.choice for modifier in dish.modifiers if modifier.choice), "")
    sizes = [modifier for modifier in dish.modifiers if first and modifier.choice == first]
    if not sizes:
        return [(name, LineDraft(dish.id, 1))]
    return [
        (f"{name}, {pick(size.names, language())}", LineDraft(dish.id, 1, (size.uid,)))
        for size in sizes
    ]


class PartPage(QWidget):
    """Ticks for the dishes that leave now."""

    def __init__(
        self, press: Press, order: Order, hand_over: Callable[[list[int]], object]
    ) -> None:
        super().__init__()
        self._hand_over = hand_over
        self._ticks = {line.id: self._tick(line) for line in order.open_lines}
        self._go = press(Choice("part_go", "", self._act, "give"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 10, 0)
        box.setSpacing(10)
        for tick in self._ticks.values():
            box.addWidget(tick)
        box.addWidget(self._go)
        box.addStretch(1)
        self._count()

    def _tick(self, line: Line) -> QPushButton:
        has_left = line.handed_over_at is not None
        words = _("{dish}: handed over") if has_left else "{dish}"
        tick = QPushButton(words.format(dish=dish_words(line)).replace("&", "&&"))
        tick.setObjectName(f"part:{line.no}")
        tick.setProperty("kind", "raised")
        tick.setProperty("large", True)
        tick.setCheckable(True)
        tick.setEnabled(not has_left)
        tick.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tick.toggled.connect(lambda on, tick=tick: self._ticked(tick, on))
        return tick

    def _ticked(self, tick: QPushButton, on: bool) -> None:
        text = tick.text().removeprefix("✓ ")
        tick.setText(f"✓ {text}" if on else text)
        self._count()

    def _chosen(self) -> list[int]:
        return [line_id for line_id, tick in self._ticks.items() if tick.isChecked()]

    def _count(self) -> None:
        count = len(self._chosen())
        self._go.setText(_("Hand over {count}").format(count=count))
        self._go.setEnabled(count > 0)

    def _act(self) -> None:
        self._hand_over(self._chosen())
