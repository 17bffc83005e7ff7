"""Sounds leave through real programs of the system; here they write down what they were told."""

from __future__ import annotations

import io
import threading
import time
import wave
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QProcess
from pytestqt.qtbot import QtBot

from tests.ui.sounds.conftest import Computer
from ui.sounds import player as players
from ui.sounds.player import LINUX, MemoryPlayer, Player, ProgramPlayer
from ui.sounds.rules import Sound
from ui.sounds.wav import file_of, scaled

NO_PLAYER = "Sound cannot play: no player on this computer"
NO_OUTPUT = "Sound cannot play: no sound output here"
HANGS = "exec /bin/sleep 60"


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[Callable[[], Player]]:
    """Starts the player of this computer; stopped when the test ends."""
    made: list[Player] = []

    def begin() -> Player:
        made.append(ProgramPlayer(LINUX))
        return made[-1]

    yield begin
    for player in made:
        player.stop()
        player.deleteLater()


def test_the_first_player_that_is_there_gets_file_and_volume(
    computer: Computer, start: Callable[[], Player], qtbot: QtBot
) -> None:
    computer.install("pw-play")
    computer.install("paplay")
    player = start()
    player.play(Sound.NEW, 0.48)
    qtbot.waitUntil(lambda: computer.played == [f"pw-play --volume 0.48 {file_of(Sound.NEW)}"])
    assert player.word == ""


def test_a_player_that_fails_gives_way_to_the_next_for_good(
    computer: Computer, start: Callable[[], Player], qtbot: QtBot
) -> None:
    computer.install("pw-play", "exit 1")
    computer.install("paplay")
    player = start()
    player.play(Sound.LATE, 1.0)
    qtbot.waitUntil(lambda: len(computer.played) == 2)
    assert computer.played[1] == f"paplay --volume=65536 {file_of(Sound.LATE)}"
    qtbot.waitUntil(lambda: player.findChildren(QProcess) == [])
    player.play(Sound.NEW, 0.5)
    qtbot.waitUntil(lambda: len(computer.played) == 3)
    assert computer.played[2].startswith("paplay ")


def test_a_player_without_volume_is_fed_a_quieter_sound(
    computer: Computer, start: Callable[[], Player], qtbot: QtBot
) -> None:
    computer.install("aplay", f"exec /bin/cat > {computer.fed}")
    player = start()
    player.play(Sound.WEB, 0.25)
    quieter = scaled(file_of(Sound.WEB), 25)
    qtbot.waitUntil(lambda: computer.fed.exists() and computer.fed.read_bytes() == quieter)
    assert _loudest(quieter) * 4 == pytest.approx(_loudest(file_of(Sound.WEB).read_bytes()), abs=8)


def test_without_a_player_a_word_says_so_until_somebody_looks_again(
    computer: Computer, start: Callable[[], Player], qtbot: QtBot
) -> None:
    player = start()
    player.play(Sound.NEW, 1.0)
    assert player.word == NO_PLAYER
    computer.install("paplay")
    player.play(Sound.NEW, 1.0)
    assert player.word == NO_PLAYER
    player.look_again()
    assert player.word == ""
    player.play(Sound.NEW, 1.0)
    qtbot.waitUntil(lambda: len(computer.played) == 1)


def test_when_every_player_fails_a_word_says_so_until_one_plays(
    computer: Computer, start: Callable[[], Player], qtbot: QtBot
) -> None:
    computer.install("pw-play", "exit 1")
    computer.install("aplay", "kill -9 $$")
    player = start()
    said: list[str] = []
    player.word_changed.connect(said.append)
    player.play(Sound.NEW, 1.0)
    qtbot.waitUntil(lambda: player.word == NO_OUTPUT)
    computer.install("pw-play")
    player.play(Sound.NEW, 1.0)
    qtbot.waitUntil(lambda: player.word == "")
    assert said == [NO_OUTPUT, ""]


def test_one_of_a_kind_sounds_at_a_time(
    computer: Computer, start: Callable[[], Player], qtbot: QtBot
) -> None:
    computer.install("pw-play", HANGS)
    player = start()
    for _ in range(5):
        player.play(Sound.NEW, 1.0)
    player.play(Sound.CHANGED, 1.0)
    qtbot.waitUntil(lambda: len(computer.played) == 2)
    assert {line.rpartition("/")[2] for line in computer.played} == {"new.wav", "changed.wav"}


def test_a_player_that_hangs_holds_up_nobody_and_ends_with_the_window(
    computer: Computer, start: Callable[[], Player], qtbot: QtBot
) -> None:
    computer.install("pw-play", HANGS)
    player = start()
    before = time.monotonic()
    player.play(Sound.NEW, 1.0)
    assert time.monotonic() - before < 0.5
    qtbot.waitUntil(lambda: len(computer.played) == 1)
    running = player.findChildren(QProcess)
    player.stop()
    # That no process is left is also what the leak detectors look for.
    assert [process.state() for process in running] == [QProcess.ProcessState.NotRunning]


def test_a_player_that_hangs_has_failed(
    computer: Computer,
    start: Callable[[], Player],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(players, "LONGEST_MS", 100)
    computer.install("pw-play", HANGS)
    computer.install("paplay")
    start().play(Sound.NEW, 1.0)
    qtbot.waitUntil(lambda: [line.split()[0] for line in computer.played] == ["pw-play", "paplay"])


def test_a_player_that_is_no_program_has_failed(
    computer: Computer, start: Callable[[], Player], qtbot: QtBot
) -> None:
    (computer.bin / "pw-play").write_bytes(b"\x7fELF nothing")
    (computer.bin / "pw-play").chmod(0o755)
    player = start()
    player.play(Sound.NEW, 1.0)
    qtbot.waitUntil(lambda: player.word == NO_OUTPUT)


def test_from_memory_a_sound_is_played_beside_the_window_and_hushed_at_its_end(
    qtbot: QtBot,
) -> None:
    heard: list[bytes] = []
    begun, hushed = threading.Event(), threading.Event()

    def beep(wav: bytes) -> None:
        heard.append(wav)
        begun.set()
        assert hushed.wait(10)

    player = MemoryPlayer(beep, hushed.set)
    player.play(Sound.NEW, 0.5)
    player.play(Sound.NEW, 0.5)
    assert begun.wait(10)
    player.stop()
    assert hushed.is_set()
    assert heard == [scaled(file_of(Sound.NEW), 50)]


def test_from_memory_a_failure_is_a_word(qtbot: QtBot) -> None:
    works = [False]

    def beep(wav: bytes) -> None:
        if not works[0]:
            raise RuntimeError("no device")

    player = MemoryPlayer(beep, lambda: None)
    player.play(Sound.NEW, 1.0)
    qtbot.waitUntil(lambda: player.word == NO_OUTPUT)
    works[0] = True
    player.play(Sound.NEW, 1.0)
    qtbot.waitUntil(lambda: player.word == "")
    player.stop()


def _loudest(wav: bytes) -> int:
    with wave.open(io.BytesIO(wav)) as source:
        frames = source.readframes(source.getnframes())
    return max(
        abs(int.from_bytes(frames[i : i + 2], "little", signed=True))
        for i in range(0, len(frames), 2)
    )
