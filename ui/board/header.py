"""Where I am, which station, what waits, what guests are told, bring back, the clock; trouble."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from pos_app.clock import Instant, local
from pos_app.config import Settings
from pos_app.desk.setup import Setup
from pos_app.domain.quote import STEP_MINUTES
from pos_app.language import pick
from ui.board.icons import icon
from ui.board.measures import font
from ui.board.sound_word import SoundWord
from ui.taking.wording import stop_words
from ui.theme import Tokens, measure
from ui.widgets.name_button import name_button, who_button
from ui.words import _, language

_ALL = 0
_NARROW_PX = 1450
_GAP_PX = 12


class Header(QWidget):
    """`station_chosen` carries a station's id, or None for all of them."""

    station_chosen = Signal(object)
    tell_guests_moved = Signal(int)
    bring_back_wanted = Signal()
    later_wanted = Signal()
    taking_wanted = Signal()

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._settings = Settings()
        self._stations: dict[int, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.idClicked.connect(
            lambda station: self.station_chosen.emit(None if station == _ALL else station)
        )
        self._title = QLabel()
        self._title.setProperty("kind", "title")
        self._beside = QWidget()
        self._beside_row = QHBoxLayout(self._beside)
        self._beside_row.setContentsMargins(0, 0, 0, 0)
        self._beside_row.setSpacing(8)
        self._station_row = QHBoxLayout()
        self._station_row.setSpacing(8)
        self.later = _button("later", icon("clock", tokens.text))
        self.later.setCheckable(True)
        self.later.clicked.connect(self.later_wanted)
        self.later.hide()
        self._tell = _button("tell_guests_text")
        self._tell.setProperty("kind", "flat")
        self._tell.clicked.connect(self.taking_wanted)
        self._stopped = _button("stopped")
        self._stopped.setProperty("kind", "stopped")
        self._stopped.clicked.connect(self.taking_wanted)
        self._stopped.hide()
        self.bring_back = _button("bring_back", icon("back", tokens.text))
        self.bring_back.setCheckable(True)
        self.bring_back.clicked.connect(self.bring_back_wanted)
        self.who = who_button(tokens)
        self.sound = SoundWord(tokens)
        self._clock = QLabel()
        self._clock.setProperty("kind", "clock")
        self._clock.setFont(font(26, QFont.Weight.Bold, tabular=True))
        self._wrong = QLabel()
        self._wrong.setObjectName("lanesSentence")
        self._wrong.setProperty("kind", "wrong")
        self._wrong.setWordWrap(True)
        self._wrong.hide()
        self._build()
        self.retranslate()

    def _build(self) -> None:
        self._beside_row.addLayout(self._station_row)
        self._beside_row.addWidget(self.later)
        self._beside_row.addWidget(self._stopped)
        self._first = QHBoxLayout()
        self._first.setSpacing(_GAP_PX)
        self._first.addWidget(self._title)
        self._first.addWidget(self._beside)
        self._first.addStretch(1)
        self._first.addWidget(self._tell_guests())
        self._first.addWidget(self.bring_back)
        self._first.addWidget(self.who)
        self._first.addWidget(self._clock)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 10, 16, 8)
        box.setSpacing(8)
        box.addLayout(self._first)
        box.addWidget(self._wrong)
        box.addWidget(self.sound, 0, Qt.AlignmentFlag.AlignLeft)

    def _tell_guests(self) -> QFrame:
        frame = QFrame()
        frame.setObjectName("tellGuests")
        row = QHBoxLayout(frame)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(measure().gap_px)
        row.addWidget(self._tell)
        for step, sign in ((-STEP_MINUTES, "−"), (STEP_MINUTES, "+")):
            button = QPushButton(f"{sign}{abs(step)}")
            button.setObjectName(f"tell_guests:{step:+}")
            button.setProperty("kind", "minutes")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setMinimumWidth(measure().target_px + 8)
            button.clicked.connect(lambda _on=False, by=step: self.tell_guests_moved.emit(by))
            row.addWidget(button)
        return frame

    def retranslate(self) -> None:
        self._title.setText(_("Pass"))
        self.bring_back.setText(_("Bring back"))
        self._show_told()

    def show_setup(self, setup: Setup, station_id: int | None) -> None:
        self._settings = setup.settings
        self._show_told()
        wanted = [(_ALL, _("All"))]
        wanted += [(s.id, pick(s.names, language())) for s in setup.menu.stations]
        shown = [(station, button.text()) for station, button in self._stations.items()]
        if shown != wanted:
            self._show_stations(wanted)
        self._stations[station_id or _ALL].setChecked(True)

    def _show_stations(self, wanted: list[tuple[int, str]]) -> None:
        for button in self._stations.values():
            self._group.removeButton(button)
            button.deleteLater()
        self._stations.clear()
        for station, name in wanted:
            button = QPushButton(name)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setObjectName(f"station:{station}" if station else "station:all")
            self._group.addButton(button, station)
            self._station_row.addWidget(button)
            self._stations[station] = button

    def choose_place(self, place: int) -> None:
        """The station at `place`, 0 for all: what a number key does."""
        buttons = list(self._stations.values())
        if place < len(buttons):
            buttons[place].click()

    @property
    def told(self) -> str:
        """What guests are told, as it stands here."""
        return self._tell.text()

    def show_time(self, now: Instant) -> None:
        """The clock, and the stop that ends by itself."""
        self._clock.setText(f"{local(now, self._settings.shop.zone):%H:%M}")
        self._speak(self._stopped, stop_words(self._settings, now))

    def show_later(self, words: str) -> None:
        """What waits for its time; hidden when nothing does."""
        self._speak(self.later, words)

    def _speak(self, button: QPushButton, words: str) -> None:
        """A button that is there only while it has something to say."""
        if words != button.text() or button.isHidden() is bool(words):
            button.setText(words)
            button.setVisible(bool(words))

    def show_who(self, name: str, *, asked: bool) -> None:
        """Who stands here, in a window without the rail."""
        name_button(self.who, name, asked=asked)

    def show_wrong(self, sentence: str) -> None:
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))

    def _show_told(self) -> None:
        told = self._settings.tell_guests
        minutes = _("Pickup {pickup} · Delivery {delivery}").format(
            pickup=told.pickup_minutes, delivery=told.delivery_minutes
        )
        gap = "\n" if self.width() < _NARROW_PX else " "
        self._tell.setText(_("Tell guests:") + gap + minutes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_told()
        self._fold()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            # Whatever comes, goes or says more is known by its width only now. To ask for that
            # here would ask to be laid out once more, for ever: it kept a core busy.
            self._fold()
        return handled

    def _fold(self) -> None:
        """Stations and what waits get a row of their own where they do not fit beside the rest."""
        box = self.layout()
        assert isinstance(box, QVBoxLayout)  # noqa: S101 - made above
        is_below = box.indexOf(self._beside) >= 0
        items = [self._first.itemAt(place) for place in range(self._first.count())]
        taken = sum(
            item.sizeHint().width() + _GAP_PX
            for item in items
            if item is not None and item.widget() is not self._beside
        )
        fits = taken + self._beside.sizeHint().width() + 32 <= self.width()
        if fits and is_below:
            box.removeWidget(self._beside)
            self._first.insertWidget(1, self._beside)
        elif not fits and not is_below:
            self._first.removeWidget(self._beside)
            box.insertWidget(1, self._beside, 0, Qt.AlignmentFlag.AlignLeft)


def _button(name: str, sign: QIcon | None = None) -> QPushButton:
    button = QPushButton()
    button.setObjectName(name)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if sign is not None:
        button.setIcon(sign)
    return button
