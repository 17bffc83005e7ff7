"""One walk through all scenes of a group in one language, and everything that was wrong on it.

A walk takes seconds: it is done once, and several tests ask for its parts.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QSize

from tests.support.cards import cards, faults
from tests.support.clipping import clipped, texts
from tests.support.painted import cut_off, painted
from tests.support.pictures_all import GROUPS
from tests.support.pictures_stage import LARGE, SMALL, Scene, show
from tests.support.pseudo import LongerWords, untranslated, untranslated_rows
from tests.support.rest import restless
from tests.support.targets import targets, too_near, too_small
from ui.dressing import dress
from ui.words import set_language

LONGER = "longer"
LANGUAGES = ("en", "uk", LONGER)


@dataclass(slots=True)
class Findings:
    """Each is a line that names the scene."""

    scenes: int = 0
    targets: int = 0
    cut: list[str] = field(default_factory=list)
    untranslated: list[str] = field(default_factory=list)
    small: list[str] = field(default_factory=list)
    near: list[str] = field(default_factory=list)
    restless: list[str] = field(default_factory=list)


@cache
def walk(group: str, language: str) -> Findings:
    """`language` is one of `LANGUAGES`; needs a QApplication."""
    dress()
    found = Findings()
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        # What a finger may do when is tested elsewhere; here it costs a second per touch.
        patch.setattr("ui.board.touch.QUIET_MS", 0)
        if language == LONGER:
            patch.setattr("pos_app.language._catalogue", lambda _language: LongerWords())
        for scene in GROUPS[group](Path(folder), "uk" if language == LONGER else language):
            _look(scene, language, found)
    set_language("en")
    return found


def _look(scene: Scene, language: str, found: Findings) -> None:
    """At one size in each language; the longer ones on the screen with the least room."""
    size = LARGE if language == "en" else SMALL
    show(scene, size)
    found.scenes += 1
    _read(scene, size, language, found)
    if language != LONGER:
        at, touched = f"{scene.name} {size.width()}", targets(scene.window)
        found.restless += [f"{at}: {line}" for line in restless(scene.window)]
        found.targets += len(touched)
        found.small += [f"{at}: {line}" for line in too_small(touched)]
        found.near += [f"{at}: {line}" for line in too_near(touched)]
    if size != SMALL:
        # Where the scene goes on from.
        show(scene, SMALL)


def _read(scene: Scene, size: QSize, language: str, found: Findings) -> None:
    at, window = f"{scene.name} {size.width()}", scene.window
    if window.size() != size:
        found.cut.append(f"{at}: the window is {window.width()}×{window.height()}")
    said, shown = texts(window), cards(window)
    found.cut += [f"{at}: {line}" for line in clipped(window)]
    found.cut += [f"{at}: {line}" for line in faults(shown, whole_words=language != LONGER)]
    rows = painted(window)
    found.cut += [f"{at}: “{row}” is cut off" for row in cut_off(rows, said, scene.known)]
    if language == LONGER:
        pieces = [piece.text for card in shown for piece in card.pieces]
        missed = untranslated(said, scene.known) + untranslated_rows(rows + pieces, scene.known)
        found.untranslated += [f"{scene.name}: {text}" for text in dict.fromkeys(missed)]
