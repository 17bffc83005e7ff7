"""The kinds of ways out as tiles, each with one line that says for whom it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from pos_app.domain.way_forms import WayForm
from ui.settings.way_words import kind_line, kind_name
from ui.widgets.parts import TouchButton, button, column, empty, label
from ui.words import _

ACROSS = 2


class WayKinds(QWidget):
    """`chosen` carries a WayForm; `left` when somebody goes back.

    `is_first`: they stand here because the shop has no way out yet.
    """

    chosen = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_first = False
        rows = column(self, gap=14)
        self._title = label("", "heading", "way_kinds", wrap=True)
        rows.addWidget(self._title)
        self._about = label("", "second", wrap=True)
        rows.addWidget(self._about)
        self._grid = QGridLayout()
        self._grid.setSpacing(10)
        rows.addLayout(self._grid)
        self._leave = button(_("Cancel"), "way_kinds_leave", self.left.emit)
        rows.addWidget(self._leave)

    def show_forms(self, forms: Sequence[WayForm], *, is_first: bool) -> None:
        """The kinds to choose from; the first one of a shop is chosen with a word of advice."""
        self.is_first = is_first
        self._title.setText(
            _("No text can leave yet. Choose what fits your shop.")
            if is_first
            else _("How shall texts leave?")
        )
        self._about.setText(
            _(
                "Without an account and at once: an Android phone with a SIM. Without any cost: "
                "Telegram. You can have several, and change them any time."
            )
        )
        self._about.setVisible(is_first)
        self._leave.setVisible(not is_first)
        empty(self._grid)
        for place, form in enumerate(forms):
            tile = KindTile(form.kind)
            tile.clicked.connect(partial(self._choose, form))
            self._grid.addWidget(tile, place // ACROSS, place % ACROSS)

    def _choose(self, form: WayForm, *_clicked: object) -> None:
        self.chosen.emit(form)


class KindTile(TouchButton):
    """A button of two texts: the labels on it let every touch through."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.setObjectName(f"way_kind:{kind}")
        self.setProperty("role", "tile")
        name, line = kind_name(kind), kind_line(kind)
        self.setAccessibleName(f"{name}. {line}")
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        rows = column(self, margins=(14, 12, 14, 12), gap=4)
        for text, role in ((name, "strong"), (line, "small")):
            words = label(text, role, wrap=True)
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            rows.addWidget(words)
        rows.addStretch(1)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.totalHeightForWidth(width) if layout is not None else width

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.totalSizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return layout.totalMinimumSize() if layout is not None else super().minimumSizeHint()
