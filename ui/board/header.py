"""Where I am, which station, what guests are told, bring back, the clock; trouble in one line."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
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
from pos_app.desk.setup import Setup
from pos_app.domain.quote import STEP_MINUTES, TellGuests
from pos_app.language import pick
from ui.board.icons import icon
from ui.board.measures import font
from ui.theme import Tokens, measure
from ui.words import _, language

_ALL = 0


class Header(QWidget):
    """`station_chosen` carries a station's id, or None for all of them."""

    station_chosen = Signal(object)
    tell_guests_moved = Signal(int)
    bring_back_wanted = Signal()

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._zone = "UTC"
        self._told = TellGuests()
        self._stations: dict[int, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.idClicked.connect(
            lambda station: self.station_chosen.emit(None if station == _ALL else station)
        )
        self._title = QLabel()
        self._title.setProperty("kind", "title")
        self._station_bar = QWidget()
        self._station_row = QHBoxLayout(self._station_bar)
        self._station_row.setContentsMargins(0, 0, 0, 0)
        self._station_row.setSpacing(8)
        self._tell = QLabel()
        self._tell.setObjectName("tellGuestsText")
        self.bring_back = QPushButton(icon("back", tokens.text), "")
        self.bring_back.setObjectName("bring_back")
        self.bring_back.setCheckable(True)
        self.bring_back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.bring_back.clicked.connect(self.bring_back_wanted)
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
        self._first = QHBoxLayout()
        self._first.setSpacing(12)
        self._first.addWidget(self._title)
        self._first.addWidget(self._station_bar)
        self._first.addStretch(1)
        self._first.addWidget(self._tell_guests())
        self._first.addWidget(self.bring_back)
        self._first.addWidget(self._clock)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 10, 16, 8)
        box.setSpacing(8)
        box.addLayout(self._first)
        box.addWidget(self._wrong)

    def _tell_guests(self) -> QFrame:
        frame = QFrame()
        frame.setObjectName("tellGuests")
        row = QHBoxLayout(frame)
        row.setContentsMargins(14, 0, 4, 0)
        row.setSpacing(2)
        row.addWidget(self._tell)
        row.addSpacing(8)
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
        self._zone = setup.settings.shop.zone
        self._told = setup.settings.tell_guests
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
        self._fold()

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
        self._clock.setText(f"{local(now, self._zone):%H:%M}")

    def show_wrong(self, sentence: str) -> None:
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))

    def _show_told(self) -> None:
        minutes = _("Pickup {pickup} · Delivery {delivery}").format(
            pickup=self._told.pickup_minutes, delivery=self._told.delivery_minutes
        )
        gap = "\n" if self._is_narrow() else " "
        self._tell.setText(_("Tell guests:") + gap + minutes)

    def _is_narrow(self) -> bool:
        return self.width() < 1450

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_told()
        self._fold()

    def _fold(self) -> None:
        """Stations that do not fit beside the rest get a row of their own."""
        box = self.layout()
        assert isinstance(box, QVBoxLayout)  # noqa: S101 - made above
        is_below = box.indexOf(self._station_bar) >= 0
        items = [self._first.itemAt(place) for place in range(self._first.count())]
        beside = sum(
            item.sizeHint().width() + self._first.spacing()
            for item in items
            if item is not None and item.widget() is not self._station_bar
        )
        fits = beside + self._station_bar.sizeHint().width() + 32 <= self.width()
        if fits and is_below:
            box.removeWidget(self._station_bar)
            self._first.insertWidget(1, self._station_bar)
        elif not fits and not is_below:
            self._first.removeWidget(self._station_bar)
            box.insertWidget(1, self._station_bar, 0, Qt.AlignmentFlag.AlignLeft)
