"""The first-hour documents: in every language, at most two pages, in the words of the screens."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from babel.messages.pofile import read_po
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from pos_app.fonts import load_fonts
from pos_app.paths import resources
from ui.documents import NAMES as OFFERED
from ui.documents import pdf

LANGUAGES = ("en", "uk")
FOLDER = resources() / "documents"
NAMES = sorted(file.stem for file in (FOLDER / "en").glob("*.md"))
ALL = [(language, name) for language in LANGUAGES for name in NAMES]
MOST_PAGES = 2
_PICTURE = re.compile(r"!\[([^]]*)\]\(([^)]+)\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
# Said aloud, or what a person does with a thing: no word on a screen.
_NO_LABELS = {"Scan the code", "Скануйте код", "Debian, Ubuntu, Mint", "Other Linux", "Інший Linux"}


def text_of(language: str, name: str) -> str:
    return (FOLDER / language / f"{name}.md").read_text(encoding="utf-8")


def test_every_document_exists_in_every_language() -> None:
    assert sorted(OFFERED) == NAMES
    for language in LANGUAGES:
        assert sorted(file.stem for file in (FOLDER / language).glob("*.md")) == NAMES


@pytest.mark.parametrize(("language", "name"), ALL)
def test_its_pictures_are_there_and_said_in_words(language: str, name: str) -> None:
    found = _PICTURE.findall(text_of(language, name))
    for words, place in found:
        assert words
        file = (FOLDER / language / place).resolve()
        assert file.name.startswith(f"{language}-")
        assert not QImage(str(file)).isNull()


def test_no_picture_is_left_over() -> None:
    used = {Path(place).name for one in ALL for _, place in _PICTURE.findall(text_of(*one))}
    assert {file.name for file in (FOLDER / "pictures").glob("*.png")} == used


@pytest.mark.parametrize(("language", "name"), ALL)
def test_it_is_at_most_two_pages_of_paper(qtbot: QtBot, language: str, name: str) -> None:
    load_fonts()
    with closing(pypdfium2.PdfDocument(pdf(name, language))) as printed:
        assert 1 <= len(printed) <= MOST_PAGES
        assert _heading(language, name) in printed[0].get_textpage().get_text_bounded()


def _heading(language: str, name: str) -> str:
    return text_of(language, name).partition("\n")[0].removeprefix("# ")


@pytest.mark.parametrize(("language", "name"), ALL)
def test_what_it_calls_a_button_is_what_the_button_says(language: str, name: str) -> None:
    shown = _shown(language)
    for word in _BOLD.findall(text_of(language, name)):
        if word in _NO_LABELS:
            continue
        assert any(pattern.fullmatch(word) for pattern in shown), f"{language}/{name}: {word}"


def _shown(language: str) -> list[re.Pattern[str]]:
    """Every text of the screens in this language; its fields stand for any words."""
    file = resources() / "locale" / "uk" / "LC_MESSAGES" / "orderbell.po"
    with file.open("rb") as opened:
        catalogue = read_po(opened)
    texts: set[str] = {"−5", "+5"}
    for message in catalogue:
        of_message = message.id if language == "en" else message.string
        many = of_message if isinstance(of_message, (tuple, list)) else (of_message,)
        texts.update(text for text in many if text)
    return [_pattern(text) for text in texts] + [re.compile(re.escape(_head(t))) for t in texts]


def _pattern(text: str) -> re.Pattern[str]:
    parts = re.split(r"\{[^}]*\}", _plain(text))
    return re.compile(".*?".join(re.escape(part) for part in parts))


def _head(text: str) -> str:
    """What stands before the first field: `LATE {minutes}` is called LATE."""
    return _plain(text).partition("{")[0].rstrip(" :·")


def _plain(text: str) -> str:
    return text.replace("-\n", "").replace("\n", " ")
