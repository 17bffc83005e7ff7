"""The switches of one board's sounds, each with a button to hear it; to be put into settings."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from pos_app.domain.screens import Sounds
from ui.icons import icon
from ui.sounds.player import Player
from ui.sounds.rules import Sound
from ui.theme import measure, tokens
from ui.widgets.parts import button, column, label, row
from ui.words import _

STEP_PER_CENT = 20
COLUMNS = 2
VOLUME_PX = 56
ICON_PX = 22


class SoundRows(QWidget):
    """Shows `Sounds` and changes them: `changed` carries the new ones. Nothing is stored here."""

    changed = Signal(object)

    def __init__(self, player: Player, sounds: Sounds) -> None:
        super().__init__()
        self._player = player
        self.sounds = sounds
        self._boxes: dict[Sound, QCheckBox] = {}
        self._volume = label("", "strong", "sound_volume")
        self._volume.setMinimumWidth(VOLUME_PX)
        self._volume.setAlignment(Qt.AlignmentFlag.AlignCenter)
        rows = column(self)
        rows.addLayout(self._head())
        grid = QGridLayout()
        grid.setSpacing(measure().gap_px)
        for place, (sound, text) in enumerate(_names().items()):
            grid.addLayout(self._row(sound, text), place // COLUMNS, place % COLUMNS)
        rows.addLayout(grid)
        self._word = label(player.word, "error", "sound_word", wrap=True)
        rows.addWidget(self._word)
        player.word_changed.connect(self._show_word)
        self.show_sounds(sounds)
        self._show_word(player.word)

    def show_sounds(self, sounds: Sounds) -> None:
        """Show what is stored; tells nobody."""
        self.sounds = sounds
        for sound, box in self._boxes.items():
            box.blockSignals(True)
            box.setChecked(bool(getattr(sounds, sound.value)))
            box.blockSignals(False)
        self._volume.setText(_("{count} %").format(count=sounds.volume))

    def _head(self) -> QHBoxLayout:
        line = row()
        line.addWidget(label(_("Sounds of this screen"), "label"), 1)
        less, more = (
            button(sign, f"sound_volume:{step:+}", partial(self._turn, step), role="small_chip")
            for sign, step in (("−", -STEP_PER_CENT), ("+", STEP_PER_CENT))
        )
        for made, said in ((less, _("Quieter")), (more, _("Louder"))):
            made.setAccessibleName(said)
            made.setFixedWidth(measure().board_button_px)
        line.addWidget(less)
        line.addWidget(self._volume)
        line.addWidget(more)
        return line

    def _row(self, sound: Sound, text: str) -> QHBoxLayout:
        line = row()
        box = QCheckBox(text)
        box.setObjectName(f"screen_sound:{sound.value}")
        box.toggled.connect(partial(self._switch, sound))
        self._boxes[sound] = box
        line.addWidget(box, 1)
        trial = button(
            "", f"sound_test:{sound.value}", partial(self._try, sound), role="small_chip"
        )
        trial.setIcon(icon("sound", tokens("light").text))
        trial.setIconSize(QSize(ICON_PX, ICON_PX))
        trial.setAccessibleName(_("Listen: {sound}").format(sound=text))
        trial.setToolTip(_("Listen: {sound}").format(sound=text))
        trial.setFixedWidth(measure().target_px)
        line.addWidget(trial)
        return line

    def _switch(self, sound: Sound, on: bool) -> None:
        self._change(replace(self.sounds, **{sound.value: on}))

    def _turn(self, step: int) -> None:
        self._change(replace(self.sounds, volume=max(0, min(100, self.sounds.volume + step))))

    def _change(self, sounds: Sounds) -> None:
        if sounds != self.sounds:
            self.show_sounds(sounds)
            self.changed.emit(sounds)

    def _try(self, sound: Sound) -> None:
        if self._player.word:
            self._player.look_again()
        self._player.play(sound, self.sounds.volume / 100)

    def _show_word(self, word: str) -> None:
        self._word.setText(word)
        self._word.setVisible(bool(word))


def _names() -> dict[Sound, str]:
    return {
        Sound.NEW: _("A new order"),
        Sound.CHANGED: _("Changed or allergy"),
        Sound.LATE: _("Late"),
        Sound.WEB: _("Web order"),
    }
