"""The word in a board's head that nothing can be heard; a touch tries again."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton

from ui.board.icons import icon
from ui.sounds.sounder import Sounder
from ui.theme import Tokens

ICON_PX = 24


class SoundWord(QPushButton):
    """In sight only while there is something to say."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__(icon("sound-off", tokens.text, ICON_PX), "")
        self.setIconSize(QSize(ICON_PX, ICON_PX))
        self.setObjectName("sound_word")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide()

    def follow(self, sounder: Sounder) -> None:
        """Say what `sounder` has to say, and let it try again when touched."""
        sounder.word_changed.connect(self.show_word)
        self.clicked.connect(sounder.retry)
        self.show_word(sounder.word)

    def show_word(self, word: str) -> None:
        """The word; empty when all is well."""
        self.setText(f" {word}")
        self.setAccessibleName(word)
        self.setVisible(bool(word))
