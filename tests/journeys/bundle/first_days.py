"""Two days with a bundle: an order, its slip and page; all is there; then it is updated."""

from __future__ import annotations

import json
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pypdfium2

from pos_app import __version__
from tests.journeys.bundle import updated
from tests.journeys.bundle.installed import Installed
from tests.journeys.bundle.window import (
    SELDOM_S,
    Window,
    is_running,
    opened,
    program_of,
    strange_libraries,
)
from tests.support.guest_pages import number_on
from tests.support.released import released_store
from tests.support.screen import Screen
from tests.support.waiting import until

ORDER = {"fulfilment": "pickup", "lines": [{"dish": "Margherita", "quantity": 2}]}
SLOW_S = 60.0
Say = Callable[[str], None]


def play(place: Installed, screen: Screen, room: Path, say: Say) -> None:
    """Everything in turn; what was seen is told to `say`. AssertionError where it went wrong."""
    say(f"version: {_version(place)}")
    with opened(place, screen, room / "first.log") as window:
        _first_start(window, place, screen, room, say)
        _serve(window, place, say)
        _end(window, say)
    again = ("--data", str(place.practice), "--screen", "board")
    with opened(place, screen, room / "second.log", *again) as window:
        screen.picture().save(room / "second-start.png")
        assert place.order("A1")["status"] == "preparing"
        say("second start: the order is there")
        _end(window, say)
    place.said("check")
    _without_streams(place)
    say("without standard streams: does what it is asked, exit codes as ever")
    _upgrade(place, room)
    say("a store of the release before: updated, everything in it")
    _left_behind(place, say)
    updated.play(place, screen, room, say)


def _version(place: Installed) -> str:
    said = place.run("--version").stdout.strip()
    assert said.startswith(f"orderbell {__version__} ("), said
    return said


def _without_streams(place: Installed) -> None:
    """As a desktop without a console starts it."""
    closed = ["sh", "-c", 'exec "$@" 0<&- 1>&- 2>&-', "sh"]
    data = ["--data", str(place.practice)]
    for words, code in ((["check", *data], 0), (["order", "place", "/nowhere.json", *data], 2)):
        command = [*closed, *place.command(*words)]
        done = subprocess.run(command, env=place.environment(), check=False, timeout=SLOW_S)
        assert done.returncode == code, (words, done.returncode)


def _first_start(window: Window, place: Installed, screen: Screen, room: Path, say: Say) -> None:
    screen.picture().save(room / "first-start.png")
    window.tap_top_right_button()
    until((place.practice / "store.sqlite").exists, "the practice shop", SLOW_S, SELDOM_S)
    until(window.site, "the page's process", SLOW_S, SELDOM_S)
    window.await_painted()
    say("first start: practice shop made by one tap")
    placed = json.loads(place.said("order", "place", "-", stdin=json.dumps(ORDER)))
    assert placed["number"] == "A1", placed
    window.key("F2")
    window.await_painted()
    window.tap_next_act()
    until(
        lambda: place.order("A1")["status"] == "preparing",
        "the bump",
        SLOW_S,
        SELDOM_S,
    )
    window.await_painted()
    screen.picture().save(room / "board.png")
    say("placed by the command line, bumped by a tap on the board: Preparing")
    slip = place.home / SLIP
    place.said("receipt", "A1", "--pdf", str(slip))
    with pypdfium2.PdfDocument(slip) as document:
        words = document[0].get_textpage().get_text_range()
    slip.unlink()
    assert "A1" in words, words
    say("slip as PDF: the number stands on it")


SLIP = "slip.pdf"


def _serve(window: Window, place: Installed, say: Say) -> None:
    url = place.order("A1")["tracking_url"]

    def page() -> str:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return str(answer.read().decode())
        except urllib.error.URLError:
            return ""

    until(lambda: number_on(page()) == "A1", f"the order on {url}", SLOW_S, SELDOM_S)
    child = window.site()
    assert child is not None
    assert program_of(child) == place.program, program_of(child)
    say("page: answers from a child of the same program")
    for pid in (window.pid, child):
        assert not strange_libraries(pid, place.folder), strange_libraries(pid, place.folder)
    say("libraries: the bundle's own, in the window and in its child")


def _end(window: Window, say: Say) -> None:
    child = window.site()
    assert window.close() == 0, window.log.read_text("utf-8")
    if child is not None:
        until(lambda: not is_running(child), "the page's process to end", SLOW_S)
    said = window.log.read_text("utf-8").strip()
    assert not said, said
    say("closed: exit code 0, no word, no process left")


def _upgrade(place: Installed, room: Path) -> None:
    data = place.home / "older"
    data.mkdir()
    released_store(data, "0004")
    for path in (data, *data.rglob("*")):
        path.chmod(0o777)
    done = place.run("check", "--data", str(data))
    assert done.returncode == 0, done.stdout + done.stderr
    subprocess.run(["rm", "-r", str(data)], check=True)


def _left_behind(place: Installed, say: Say) -> None:
    assert not place.changed(), place.changed()
    assert not place.written_elsewhere(), place.written_elsewhere()
    say("written: the shop's folder in the user's home, nothing else")
