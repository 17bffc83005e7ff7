"""An update beneath an open window: from then on nothing that lies in its folder fits it."""

from __future__ import annotations

import json
import shutil
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import ImageChops

from tests.journeys.bundle.installed import Installed
from tests.journeys.bundle.window import OPENS_S, SELDOM_S, Window, opened
from tests.support.guest_pages import number_on
from tests.support.screen import Screen
from tests.support.waiting import until
from ui.strip import HEIGHT_PX
from ui.theme import tokens

_MODULES = ("orderbell", "*.so", "*.so.*", "*.zip")
_SCREENS = ("F4", "F6", "F7", "F8", "F3")
_SAID_SHARE = 0.4
"""How much of the line above the screens has the ground of its sentence, at least."""
_OTHER_SHARE = 0.1
_IS_ANY = [0, *[255] * 255]


def play(place: Installed, screen: Screen, room: Path, say: Callable[[str], None]) -> None:
    """AssertionError where the window does not say so, or breaks. The folder is of no use then."""
    url = place.order("A1")["tracking_url"]
    words = ("--data", str(place.practice), "--screen", "board")
    with opened(place, screen, room / "updated.log", *words) as window:
        until(lambda: _serves(url), "the page", OPENS_S, SELDOM_S)
        until(lambda: _has_loaded_all(window, place), "every compiled module", OPENS_S, SELDOM_S)
        assert not _says_something(screen)
        _replace(place)
        until(lambda: _says_something(screen), "the sentence of the update", OPENS_S, SELDOM_S)
        for key in _SCREENS:
            _go_to(window, screen, key)
            screen.picture().save(room / f"updated-{key}.png")
        assert _serves(url)
        assert window.close() == 0, window.log.read_text("utf-8")
        said = window.log.read_text("utf-8").strip()
        assert not said, said
    reports = list((place.practice / "crashes").glob("*.json"))
    assert not reports, reports[0].read_text("utf-8")
    say("updated beneath an open window: it says so, opens every screen, and serves the page")


def _go_to(window: Window, screen: Screen, key: str) -> None:
    """Another screen of the window, by its key: none looks like the one before."""
    before = screen.picture()
    window.key(key)

    def is_another() -> bool:
        differing = ImageChops.difference(screen.picture(), before).convert("L").point(_IS_ANY)
        return differing.histogram()[255] > _OTHER_SHARE * before.width * before.height

    until(is_another, f"the screen of {key}", OPENS_S, SELDOM_S)
    window.await_painted()


def _serves(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return number_on(answer.read().decode()) == "A1"
    except urllib.error.URLError:
        return False


def _has_loaded_all(window: Window, place: Installed) -> bool:
    """It does so some seconds after it stands; the last ones tell."""
    lines = Path(f"/proc/{window.pid}/maps").read_text("utf-8").splitlines()
    loaded = {line.split(maxsplit=5)[5] for line in lines if line.count("/")}
    return all(str(file) in loaded for file in _compiled(place))


def _compiled(place: Installed) -> Iterator[Path]:
    from pos_app.launch import compiled_in

    inside = place.folder / "_internal"
    names = {name.rpartition(".")[2] for name in compiled_in(inside)}
    for file in inside.rglob("*.so"):
        if file.name.partition(".")[0] in names and not file.is_symlink():
            yield file


def _replace(place: Installed) -> None:
    """As a package is unpacked: another file under every name, by a rename."""
    for folder in (place.folder, *place.folder.rglob("*")):
        if folder.is_dir() and not folder.is_symlink():
            folder.chmod(0o755)
    facts = place.folder / "_internal" / "resources" / "build.json"
    other = json.dumps({**json.loads(facts.read_text("utf-8")), "commit": "0123456789"})
    files = [file for pattern in _MODULES for file in place.folder.rglob(pattern)]
    files += (place.folder / "_internal" / "resources" / "web").rglob("*.html")
    for file in [*files, facts]:
        if file.is_file() and not file.is_symlink():
            new = file.with_name(f"{file.name}.new")
            new.write_text(other if file == facts else "{{ of_another_build }}", encoding="utf-8")
            shutil.copymode(file, new)
            new.replace(file)


def _says_something(screen: Screen) -> bool:
    """The line above the screens has another ground while something is said there."""
    ground = tuple(bytes.fromhex(tokens("dark").to_pay_ground.removeprefix("#")))
    line = screen.picture().convert("RGB").crop((0, 0, screen.picture().width, HEIGHT_PX))
    found = line.getcolors(line.width * line.height) or []
    count = sum(number for number, colour in found if colour == ground)
    return count > _SAID_SHARE * line.width * line.height
