"""The counter's bell: a new order that nobody has noticed for three minutes rings here too."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from pos_app.clock import SECOND_MS, Clock
from ui.sounds.player import Player
from ui.sounds.sounder import Sounder


class CounterBell(Sounder):
    """Belongs to the window `watched`, whatever screen it shows; `quiet` while that is a board."""

    def __init__(self, player: Player, clock: Clock, watched: QWidget) -> None:
        super().__init__(player, clock, at_counter=True, parent=watched)
        self.quiet = False
        self.watch(watched)
        self._second = QTimer(self)
        self._second.setInterval(SECOND_MS)
        self._second.timeout.connect(self.tick)
        self._second.start()

    def _ring(self) -> None:
        if not self.quiet:
            super()._ring()
