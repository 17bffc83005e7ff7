"""Between a screen and its loudspeaker: the rules, asked once a second, and who touches it.

A screen that rings makes one `Sounder`, and
- hands it `shelf_changed(cards)`: all cards at first, then those that changed;
- calls `tick()` once a second, `choose(…)` when its stations, limits or switches change;
- names itself with `watch(screen)`: it rings only while it is in sight, and a touch or key
  anywhere in its window is somebody who has heard;
- shows `word` (and `word_changed`) in its head, and calls `retry()` when that word is touched.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QWidget

from pos_app.clock import Clock
from pos_app.desk.reading import Card
from pos_app.domain.board import StageLimits
from pos_app.domain.screens import Sounds
from ui.sounds.player import Player
from ui.sounds.rules import USUAL_SHARE, Rings, Sound

_TOUCHES = (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.KeyPress)


class Sounder(QObject):
    """The bell of one screen. `station_ids` None is the pass; `at_counter` helps out late."""

    word_changed = Signal(str)

    def __init__(
        self,
        player: Player,
        clock: Clock,
        sounds: Sounds | None = None,
        *,
        station_ids: frozenset[int] | None = None,
        at_counter: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._player, self._clock = player, clock
        self._rings = Rings(sounds or Sounds(), station_ids=station_ids, at_counter=at_counter)
        self._screen: QWidget | None = None
        self._window: QWindow | None = None
        player.word_changed.connect(self._tell)

    @property
    def word(self) -> str:
        """Why nothing can be heard here; empty when it can, or when nothing should."""
        return self._player.word if self._is_wanted() else ""

    def watch(self, screen: QWidget) -> None:
        """Ring only while `screen` is in sight, and hear who touches its window."""
        self._screen = screen
        screen.installEventFilter(self)
        self._find_window()

    def shelf_changed(self, cards: Mapping[int, Card]) -> None:
        """Orders as they are now: all of them at first, then those that changed."""
        self._rings.show({i: card.order for i, card in cards.items()}, self._clock.now())
        self._ring()

    def choose(
        self,
        *,
        station_ids: frozenset[int] | None,
        limits: StageLimits | None = None,
        sounds: Sounds | None = None,
    ) -> None:
        """Show these stations from now on (None: the pass), with other limits or switches."""
        if limits is not None:
            self._rings.limits = limits
        if sounds is not None:
            self._rings.sounds = sounds
            self._tell("")
        self._rings.choose(station_ids, self._clock.now())

    def touched(self) -> None:
        """Somebody is at the screen."""
        self._rings.touched()

    def tick(self) -> None:
        """A second has passed."""
        self._rings.pass_time(self._clock.now())
        self._ring()

    def _ring(self) -> None:
        if self._screen is not None and not self._screen.isVisible():
            return
        ring = self._rings.due(self._clock.now())
        if ring is not None:
            self._player.play(ring.sound, ring.volume)

    def retry(self) -> None:
        """Look for a player again and let it be heard."""
        self._player.look_again()
        self._player.play(Sound.NEW, self._rings.sounds.volume / 100 * USUAL_SHARE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._screen and event.type() == QEvent.Type.Show:
            self._find_window()
        elif watched is self._window and event.type() in _TOUCHES and self._in_sight():
            self.touched()
        return False

    def _in_sight(self) -> bool:
        return self._screen is not None and self._screen.isVisible()

    def _find_window(self) -> None:
        """Touches pass the system's own window, before any widget takes them."""
        window = self._screen.window().windowHandle() if self._screen is not None else None
        if window is not None and window is not self._window:
            self._window = window
            window.installEventFilter(self)

    def _is_wanted(self) -> bool:
        sounds = self._rings.sounds
        return sounds.volume > 0 and any(getattr(sounds, sound.value) for sound in Sound)

    def _tell(self, _word: str) -> None:
        self.word_changed.emit(self.word)
