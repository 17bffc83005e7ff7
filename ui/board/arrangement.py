"""Where the parts of the board stand, on a large screen and on a small one.

A small screen keeps its width for tickets: undo lies below them, and what is to make comes over
them on demand. Drawers come over the last columns, beside undo and never on it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.board.columns import Columns
from ui.board.drawer import Drawer
from ui.board.header import Header
from ui.board.icons import icon
from ui.board.to_make import ToMakePanel
from ui.board.undo import UndoPanel
from ui.theme import Tokens
from ui.words import _

SIDE_PX = 288
NARROW_PX = 1500
_DRAWER_PX = 440
_TO_MAKE_PX = 340
_EDGE_PX = 16


class Arrangement:
    """Lays out `screen`, and again whenever `fit` is called after a change of its size."""

    def __init__(
        self,
        screen: QWidget,
        header: Header,
        columns: Columns,
        undo: UndoPanel,
        to_make: ToMakePanel,
        duties: QWidget,
        tokens: Tokens,
    ) -> None:
        self._screen = screen
        self._columns = columns
        self._undo = undo
        self._to_make = to_make
        self._duties = duties
        self._drawers: list[Drawer] = []
        self._narrow: bool | None = None
        self._button = QPushButton(icon("list", tokens.text), "")
        self._button.setObjectName("to_make_button")
        self._button.setCheckable(True)
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.toggled.connect(self._show_to_make)
        self._build(header)

    def _build(self, header: Header) -> None:
        self._side = QWidget()
        self._side.setFixedWidth(SIDE_PX)
        self._side_box = QVBoxLayout(self._side)
        self._side_box.setContentsMargins(0, 0, 0, 0)
        self._side_box.setSpacing(12)
        self._bottom = QWidget()
        self._bottom_box = QHBoxLayout(self._bottom)
        self._bottom_box.setContentsMargins(0, 0, 0, 0)
        self._bottom_box.setSpacing(12)
        middle = QHBoxLayout()
        middle.setContentsMargins(_EDGE_PX, 0, _EDGE_PX, 0)
        middle.setSpacing(16)
        tickets = QVBoxLayout()
        tickets.setSpacing(8)
        tickets.addWidget(self._columns, 1)
        tickets.addWidget(self._duties)
        middle.addLayout(tickets, 1)
        middle.addWidget(self._side)
        below = QVBoxLayout()
        below.setContentsMargins(_EDGE_PX, 8, _EDGE_PX, 10)
        below.addWidget(self._bottom)
        box = QVBoxLayout(self._screen)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(header)
        box.addLayout(middle, 1)
        box.addLayout(below)

    def add_drawer(self, drawer: Drawer) -> None:
        self._drawers.append(drawer)

    def fit(self) -> None:
        """Follow the size of the screen."""
        narrow = self._screen.width() < NARROW_PX
        if narrow is not self._narrow:
            self._narrow = narrow
            self._button.setChecked(False)
            self._undo.lie_down(narrow)
            if narrow:
                self._bottom_box.addWidget(self._undo, 1)
                self._bottom_box.addWidget(self._button)
                self._to_make.setParent(self._screen)
            else:
                self._side_box.addWidget(self._undo)
                self._side_box.insertWidget(0, self._to_make, 1)
            self._to_make.setVisible(not narrow)
            self._button.setVisible(narrow)
            self._side.setVisible(not narrow)
            self._bottom.setVisible(narrow)
        self.place_drawers()

    def place_drawers(self) -> None:
        screen = self._screen
        top = self._columns.mapTo(screen, self._columns.rect().topLeft()).y()
        right = screen.width() - _EDGE_PX - (0 if self._narrow else SIDE_PX + 16)
        height = self._columns.height()
        width = min(_DRAWER_PX, screen.width() // 2)
        for drawer in self._drawers:
            drawer.setGeometry(right - width, top, width, height)
        if self._narrow:
            self._to_make.setGeometry(right - _TO_MAKE_PX, top, _TO_MAKE_PX, height)

    def open(self, drawer: Drawer) -> None:
        """One drawer at a time."""
        for other in self._drawers:
            if other is not drawer:
                other.shut()
        self.place_drawers()
        drawer.show()
        drawer.raise_()

    def show_pieces(self, count: int) -> None:
        """How many pieces are to make, on the button that shows them."""
        self._button.setText(_("To make: {count}").format(count=count))

    def _show_to_make(self, on: bool) -> None:
        self.place_drawers()
        self._to_make.setVisible(on or not self._narrow)
        self._to_make.raise_()
