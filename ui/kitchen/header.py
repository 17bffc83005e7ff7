"""Above the kitchen's grid: where I am, how much there is, undo, bring back, the clock.

It speaks of trouble in a line of its own, and only when there is some.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from pos_app.clock import Instant, local
from ui.board.icons import icon
from ui.board.measures import font
from ui.board.sound_word import SoundWord
from ui.kitchen.shelf import Later
from ui.kitchen.sizes import EDGE_PX, Sizes
from ui.kitchen.undo_row import UndoRow
from ui.notices import Notice, Tone
from ui.theme import Tokens, measure
from ui.widgets.name_button import name_button, who_button
from ui.words import _, ngettext, sentences

SMALLEST_PX, LARGEST_PX = 18, 28
GOOD_MS, BAD_MS = 5_000, 15_000


# Sizes come last, from the screen: they stand above those of the board's own sheet.
_SHEET = """
QLabel {{ font-size: {size}px; font-weight: 600; }}
QLabel[kind="title"] {{ font-size: {large}px; font-weight: 800; }}
QLabel[kind="chip"], QLabel[kind="practice"], QLabel[kind="notice"] {{
    border-radius: 10px; padding: 0 14px; min-height: {chip}px;
}}
QPushButton {{
    font-size: {size}px; font-weight: 600; padding: 0 12px; min-height: {inner}px;
}}
"""


class Header(QWidget):
    """`bring_back_wanted`: open or close the drawer of what is done."""

    bring_back_wanted = Signal()

    def __init__(self, tokens: Tokens, *, practice: bool) -> None:
        super().__init__()
        self.setObjectName("kitchen_header")
        # It folds instead of keeping a window as wide as its words once were.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._tokens = tokens
        self._zone = "UTC"
        self._title = _label("kitchen_title", "title")
        self._work = _label("kitchen_work", "chip")
        self._later = _label("kitchen_later", "chip")
        self._practice = _label("practice_banner", "practice")
        self._practice.setText(_("PRACTICE — nothing is sent"))
        self._practice.setVisible(practice)
        self._notice = _label("kitchen_notice", "notice")
        self._notice.setWordWrap(True)
        self._notice.hide()
        self._notice_time = QTimer(self)
        self._notice_time.setSingleShot(True)
        self._notice_time.timeout.connect(self._end_notice)
        self.undo = UndoRow(tokens)
        self.bring_back = QPushButton(icon("back", tokens.text, 24), " " + _("Bring back"))
        self.bring_back.setIconSize(QSize(24, 24))
        self.bring_back.setAccessibleName(_("Bring back"))
        self.bring_back.setObjectName("bring_back")
        self.bring_back.setCheckable(True)
        self.bring_back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.bring_back.clicked.connect(self.bring_back_wanted)
        self.who = who_button(tokens)
        self._clock = _label("kitchen_clock", "title")
        self._wrong = _label("lanesSentence", "wrong")
        self._wrong.setWordWrap(True)
        self._wrong.hide()
        self.sound = SoundWord(tokens)
        self._build()

    def _build(self) -> None:
        self._left = QWidget()
        left = QHBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(12)
        for part in (self._title, self._practice, self._work, self._later):
            left.addWidget(part)
        left.addStretch(1)
        self._right = QWidget()
        right = QHBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(12)
        right.addStretch(1)
        right.addWidget(self.undo)
        right.addWidget(self.bring_back)
        right.addWidget(self.who)
        right.addWidget(self._clock)
        self._row = QHBoxLayout()
        self._row.setSpacing(12)
        self._row.addWidget(self._left, 1)
        self._row.addWidget(self._notice, 1)
        self._row.addWidget(self._right)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(EDGE_PX, 8, EDGE_PX, 8)
        self._box.setSpacing(8)
        self._box.addLayout(self._row)
        self._box.addWidget(self._wrong)
        self._box.addWidget(self.sound, 0, Qt.AlignmentFlag.AlignLeft)

    def set_sizes(self, sizes: Sizes) -> None:
        """Words for who stands before the screen: near the cards' smallest size, within reason."""
        size = min(max(sizes.under.pixelSize(), SMALLEST_PX), LARGEST_PX)
        height = max(measure().target_px, round(size * 2.0))
        self.setStyleSheet(
            _SHEET.format(size=size, large=round(size * 1.25), inner=height - 4, chip=height)
        )
        words = font(size, QFont.Weight.DemiBold, tabular=True)
        for part in (self._title, self._clock):
            part.setFont(font(round(size * 1.25), QFont.Weight.ExtraBold, tabular=True))
        for button in self.undo.findChildren(QPushButton):
            button.setFont(words)
        self.undo.fit(QFontMetrics(words))
        self._fold()

    def show_zone(self, zone: str) -> None:
        self._zone = zone

    def show_title(self, title: str) -> None:
        self._title.setText(title)
        self._fold()

    @property
    def title(self) -> str:
        return self._title.text()

    def show_work(self, count: int, later: Later | None) -> None:
        """How many tickets stand here, and how many will come by themselves."""
        self._work.setText(
            ngettext("{count} in work", "{count} in work", count).format(count=count)
        )
        if later is not None:
            time = f"{local(later.next_at, self._zone):%H:%M}"
            self._later.setText(
                _("Later {count} · next {time}").format(count=later.count, time=time)
            )
        self._later.setVisible(later is not None)
        self._fold()

    @property
    def told_later(self) -> str:
        """What will come by itself, as it stands here."""
        return self._later.text() if self._later.isVisible() else ""

    def show_time(self, now: Instant) -> None:
        text = f"{local(now, self._zone):%H:%M}"
        if text != self._clock.text():
            self._clock.setText(text)

    def show_who(self, name: str, *, asked: bool) -> None:
        """Who stands here."""
        name_button(self.who, name, asked=asked)
        self._fold()

    @property
    def told_wrong(self) -> str:
        """What is down, as it stands here; empty when all is well."""
        return self._wrong.text()

    def show_wrong(self, sentence: str) -> None:
        """What is down, in one sentence; empty when all is well."""
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))

    def say(self, notice: Notice) -> None:
        """Tell in place of what is at the left, so that nothing moves."""
        text = sentences(notice.title, notice.detail)
        theme = self._tokens
        ground, colour = {
            Tone.BAD: (theme.failure_ground, theme.failure_text),
            Tone.GOOD: (theme.paid_ground, theme.paid_text),
            Tone.PLAIN: (theme.raised, theme.text),
        }[notice.tone]
        self._notice.setStyleSheet(f"background: {ground}; color: {colour};")
        self._notice.setText(text)
        self._notice.setFixedHeight(self._left.height())
        self._left.hide()
        self._notice.show()
        self._notice_time.start(BAD_MS if notice.tone is Tone.BAD else GOOD_MS)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._notice.isVisible() and self._notice.geometry().contains(
            event.position().toPoint()
        ):
            self._end_notice()

    def _end_notice(self) -> None:
        self._notice_time.stop()
        self._notice.hide()
        self._left.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """What does not fit in one row gets a second one."""
        wanted = self._left.sizeHint().width() + self._right.sizeHint().width() + 3 * EDGE_PX
        folded = self._box.indexOf(self._right) >= 0
        if wanted > self.width() and not folded:
            self._row.removeWidget(self._right)
            self._box.insertWidget(1, self._right)
        elif wanted <= self.width() and folded:
            self._box.removeWidget(self._right)
            self._row.addWidget(self._right)


def _label(name: str, kind: str) -> QLabel:
    """Plain text, never markup."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setObjectName(name)
    made.setProperty("kind", kind)
    return made
