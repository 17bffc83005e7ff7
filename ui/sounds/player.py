"""What makes a sound: the system's own player, because a library for it would weigh more.

Nothing waits for a sound. When none can be made, `word` says so until one could.
"""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, QProcess, Qt, QTimer, Signal

from ui.sounds.rules import Sound
from ui.sounds.wav import file_of, scaled
from ui.words import _

LONGEST_MS = 5_000
END_MS = 500
# What PulseAudio's tool calls full strength.
_PULSE_FULL = 65_536


class Fault(StrEnum):
    """Why nothing can be heard."""

    NONE = "none"
    NO_PLAYER = "no_player"
    NO_OUTPUT = "no_output"


class Player(QObject):
    """Plays one sound of a kind at a time. `word` is empty when all is well.

    This one is silent: for screens that nobody is to hear.
    """

    word_changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fault = Fault.NONE

    @property
    def word(self) -> str:
        """Why no sound can be made, for the head of a board, in its language."""
        return {
            Fault.NONE: "",
            Fault.NO_PLAYER: _("Sound cannot play: no player on this computer"),
            Fault.NO_OUTPUT: _("Sound cannot play: no sound output here"),
        }[self._fault]

    def play(self, sound: Sound, volume: float) -> None:
        """Begin `sound` at `volume` from 0 to 1; at once and without waiting."""

    def look_again(self) -> None:
        """Somebody asks: what could not be found before may be there now."""

    def stop(self) -> None:
        """End what sounds. Nothing is left behind."""

    def _find(self, fault: Fault) -> None:
        if fault is not self._fault:
            self._fault = fault
            self.word_changed.emit(self.word)


@dataclass(frozen=True, slots=True)
class Program:
    """One of the system's players: `words` are its arguments, `fed` whether by its input."""

    name: str
    words: Callable[[str, float], list[str]]
    fed: bool = False


# PipeWire, PulseAudio, ALSA: the first that is there and works.
LINUX = (
    Program("pw-play", lambda file, volume: ["--volume", f"{volume:.2f}", file]),
    Program("paplay", lambda file, volume: [f"--volume={round(volume * _PULSE_FULL)}", file]),
    Program("aplay", lambda _file, _volume: ["--quiet", "-"], fed=True),
)
MACOS = (Program("afplay", lambda file, volume: ["-v", f"{volume:.2f}", file]),)


class ProgramPlayer(Player):
    """Plays through a program of the system, found once. One that fails gives way to the next."""

    def __init__(self, programs: Sequence[Program], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._programs = programs
        self._found: list[tuple[Program, str]] = []
        self._running: dict[Sound, QProcess] = {}
        self.look_again()

    def look_again(self) -> None:
        paths = [(program, shutil.which(program.name)) for program in self._programs]
        self._found = [(program, path) for program, path in paths if path is not None]
        self._find(Fault.NONE if self._found else Fault.NO_PLAYER)

    def play(self, sound: Sound, volume: float) -> None:
        if sound not in self._running and self._found:
            self._start(sound, volume, list(self._found))

    def stop(self) -> None:
        running, self._running = list(self._running.values()), {}
        for process in running:
            process.blockSignals(True)
            process.kill()
        for process in running:
            process.waitForFinished(END_MS)
            process.deleteLater()

    def _start(self, sound: Sound, volume: float, ways: list[tuple[Program, str]]) -> None:
        (program, path), *others = ways
        process = QProcess(self)
        process.setStandardOutputFile(QProcess.nullDevice())
        process.setStandardErrorFile(QProcess.nullDevice())

        def ended(played: bool) -> None:
            if self._running.pop(sound, None) is None:
                return
            process.deleteLater()
            if played:
                self._works(program)
            elif others:
                self._start(sound, volume, others)
            else:
                self._find(Fault.NO_OUTPUT)

        def feed() -> None:
            process.write(scaled(file_of(sound), round(volume * 100)))
            process.closeWriteChannel()

        process.finished.connect(
            lambda code, status: ended(code == 0 and status is QProcess.ExitStatus.NormalExit)
        )
        process.errorOccurred.connect(
            lambda error: ended(False) if error is QProcess.ProcessError.FailedToStart else None
        )
        if program.fed:
            process.started.connect(feed)
        self._running[sound] = process
        # One that hangs is killed, and so has failed.
        patience = QTimer(process)
        patience.setSingleShot(True)
        patience.timeout.connect(process.kill)
        patience.start(LONGEST_MS)
        process.start(path, program.words(str(file_of(sound)), volume))

    def _works(self, program: Program) -> None:
        """What has played comes first from now on."""
        self._found.sort(key=lambda found: found[0] is not program)
        self._find(Fault.NONE)


class MemoryPlayer(Player):
    """Plays whole WAV files from memory, on a thread of its own: the way of Windows.

    `beep` returns when the sound is over and raises RuntimeError when it cannot be made; `hush`
    ends the one that sounds.
    """

    _ended = Signal(bool)

    def __init__(
        self,
        beep: Callable[[bytes], None],
        hush: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._beep, self._hush = beep, hush
        self._thread: threading.Thread | None = None
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)

    def play(self, sound: Sound, volume: float) -> None:
        if self._thread is None:
            wav = scaled(file_of(sound), round(volume * 100))
            self._thread = threading.Thread(target=self._sound, args=(wav,), name="sound")
            self._thread.start()

    def stop(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            self._hush()
            thread.join()

    def _sound(self, wav: bytes) -> None:
        try:
            self._beep(wav)
        except RuntimeError:
            self._ended.emit(False)
        else:
            self._ended.emit(True)

    def _on_ended(self, played: bool) -> None:
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._find(Fault.NONE if played else Fault.NO_OUTPUT)


def system_player(parent: QObject | None = None) -> Player:
    """The player of the system that this runs on."""
    if sys.platform == "win32":
        import winsound

        return MemoryPlayer(
            lambda wav: winsound.PlaySound(wav, winsound.SND_MEMORY | winsound.SND_NODEFAULT),
            lambda: winsound.PlaySound(None, winsound.SND_PURGE),
            parent,
        )
    return ProgramPlayer(MACOS if sys.platform == "darwin" else LINUX, parent)
