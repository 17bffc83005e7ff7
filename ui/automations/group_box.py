"""Conditions in a group that holds when all, any or none of them do; groups in groups."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from pos_app.automation.model import Condition, Field, Group, Join
from ui.automations import vocabulary
from ui.automations.choices import Choices
from ui.automations.condition_row import ConditionRow
from ui.style import role
from ui.widgets.parts import button, column, label, row
from ui.widgets.segmented import Segmented
from ui.words import _

DEEPEST = 3
_FIRST = Condition(Field.FULFILMENT, ())


class GroupBox(QFrame):
    """`path` begins the names of what is in it; the outermost is `conditions`."""

    changed = Signal()
    removed = Signal()

    def __init__(self, path: str, group: Group, choices: Choices, depth: int = 1) -> None:
        super().__init__()
        self.setObjectName(path)
        self._path, self._choices, self._depth = path, choices, depth
        self._join, self._count = group.join, 0
        self._rows: list[ConditionRow] = []
        self._groups: list[GroupBox] = []
        inset = 12 if depth > 1 else 0
        if depth > 1:
            role(self, "card")
        lines = column(self, margins=(inset, inset, inset, inset), gap=8)
        self._add_head(lines)
        self._list = column()
        lines.addLayout(self._list)
        self._inner = column()
        lines.addLayout(self._inner)
        lines.addLayout(self._foot())
        self._error = label("", "error", f"{path}:error", wrap=True)
        self._error.hide()
        lines.addWidget(self._error)
        for condition in group.conditions:
            self._put_condition(condition)
        for inner in group.groups:
            self._put_group(inner)
        self._show_join()

    @property
    def group(self) -> Group:
        """As it is chosen now."""
        return Group(
            self._join,
            tuple(one.condition for one in self._rows),
            tuple(one.group for one in self._groups),
        )

    def rows(self) -> Iterator[ConditionRow]:
        """All conditions in the order in which they are numbered."""
        yield from self._rows
        for inner in self._groups:
            yield from inner.rows()

    def refuse(self, words: str) -> None:
        """Say what is wrong with all of them together; nothing is when `words` are empty."""
        self._error.setText(words)
        self._error.setVisible(bool(words))

    def _add_head(self, lines: QVBoxLayout) -> None:
        self._head = QFrame()
        line = row(self._head)
        self._joins = Segmented(f"{self._path}:join", vocabulary.joins())
        self._joins.chosen.connect(self._choose_join)
        line.addWidget(self._joins, 1)
        if self._depth > 1:
            drop = button("✕", f"{self._path}:remove", self.removed.emit, role="quiet")
            drop.setAccessibleName(_("Remove the group"))
            line.addWidget(drop)
        lines.addWidget(self._head)
        self._nothing = label(_("Always: no condition is set."), "second", wrap=True)
        lines.addWidget(self._nothing)

    def _foot(self) -> QHBoxLayout:
        line = row()
        line.addWidget(
            button(_("Add a condition"), f"{self._path}:add", self._add_condition, role="chip")
        )
        if self._depth < DEEPEST:
            line.addWidget(
                button(_("Add a group"), f"{self._path}:add_group", self._add_group, role="chip")
            )
        line.addStretch(1)
        return line

    def _put_condition(self, condition: Condition) -> ConditionRow:
        made = ConditionRow(f"{self._path}:{self._count}", condition, self._choices)
        self._count += 1
        made.changed.connect(self.changed)
        made.removed.connect(partial(self._drop_condition, made))
        self._rows.append(made)
        self._list.addWidget(made)
        return made

    def _put_group(self, group: Group) -> None:
        made = GroupBox(f"{self._path}:{self._count}", group, self._choices, self._depth + 1)
        self._count += 1
        made.changed.connect(self.changed)
        made.removed.connect(partial(self._drop_group, made))
        self._groups.append(made)
        self._inner.addWidget(made)

    def _add_condition(self) -> None:
        self._put_condition(_FIRST).setFocus()
        self._news()

    def _add_group(self) -> None:
        self._put_group(Group(Join.ANY, (_FIRST,)))
        self._news()

    def _drop_condition(self, one: ConditionRow) -> None:
        self._rows.remove(one)
        one.hide()
        one.deleteLater()
        self._news()

    def _drop_group(self, one: GroupBox) -> None:
        self._groups.remove(one)
        one.hide()
        one.deleteLater()
        self._news()

    def _choose_join(self, value: str) -> None:
        self._join = Join(value)
        self._news()

    def _news(self) -> None:
        self._show_join()
        self.changed.emit()

    def _show_join(self) -> None:
        self._joins.choose(self._join)
        is_empty = not self._rows and not self._groups
        # One condition alone needs no word for how it goes with others, save “none”.
        alone = len(self._rows) + len(self._groups) < 2 and self._join is not Join.NONE
        self._head.setVisible(self._depth > 1 or not (is_empty or alone))
        self._nothing.setVisible(is_empty)
