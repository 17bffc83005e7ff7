"""Nothing on any screen is cut off or was forgotten by the translator, in any language."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from tests.support.cards import Painted, faults
from tests.support.clipping import clipped
from tests.support.painted import cut_off, painted
from tests.support.pictures_all import GROUPS
from tests.support.pseudo import MARK, longer, untranslated, untranslated_rows
from tests.support.walk import LANGUAGES, LONGER, walk
from ui.board.measures import font
from ui.board.pieces import Piece


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_cut_off(qapp: QApplication, group: str, language: str) -> None:
    found = walk(group, language)
    assert found.scenes
    assert not found.cut, "\n" + "\n".join(dict.fromkeys(found.cut))


@pytest.mark.parametrize("group", GROUPS)
def test_every_word_was_given_to_the_translator(qapp: QApplication, group: str) -> None:
    missed = walk(group, LONGER).untranslated
    assert not missed, "\n" + "\n".join(dict.fromkeys(missed))


# What the checks above are worth: each finds what was spoilt on purpose.


def test_a_text_that_is_cut_off_is_found(qapp: QApplication) -> None:
    window = QWidget()
    label = QLabel("a rather long sentence", window)
    label.setGeometry(0, 0, 40, 20)
    window.show()
    assert len(clipped(window)) == 1
    label.setGeometry(0, 0, 400, 40)
    window.resize(420, 60)
    assert clipped(window) == []
    window.resize(100, 60)
    assert len(clipped(window)) == 1
    window.resize(420, 60)
    button = QPushButton("Another rather long sentence", window)
    button.setGeometry(0, 0, 60, 48)
    button.show()
    assert len(clipped(window)) == 1
    window.close()
    window.deleteLater()


def test_painted_words_that_were_shortened_are_found(qapp: QApplication) -> None:
    window = QLabel("On the w…")
    window.resize(200, 40)
    rows = painted(window)
    assert cut_off(rows, [], frozenset({"Franka 12"})) == ["On the w…"]
    assert cut_off(["Later…"], ["Later…"], frozenset()) == []
    assert cut_off(["Olek…"], [], frozenset({"Oleksandra"})) == []
    window.deleteLater()


def _card(font_px: int, *pieces: tuple[str, QRect]) -> Painted:
    face = _face(font_px)
    placed = tuple(Piece(text, face, "text", place) for text, place in pieces)
    return Painted("card A1", 300, 200, placed, (), None, is_kitchen=True)


def _face(size_px: int) -> QFont:
    return font(size_px)


def test_a_card_s_piece_that_does_not_fit_is_found(qapp: QApplication) -> None:
    good = _card(20, ("Margherita", QRect(10, 10, 200, 30)), ("2", QRect(10, 60, 30, 30)))
    assert faults([good]) == []
    for place, said in (
        (QRect(10, 10, 40, 200), "“Margherita” is broken inside of a word"),
        (QRect(10, 10, 200, 9), "“Margherita” is higher than its place"),
        (QRect(250, 10, 200, 30), "“Margherita” hangs out of the card"),
        (QRect(10, 60, 200, 30), "“Margherita” and “2” lie on each other"),
    ):
        spoilt = replace(good, pieces=(replace(good.pieces[0], place=place), good.pieces[1]))
        assert f"card A1: {said}" in faults([spoilt])
    short = _card(20, ("Marghe…", QRect(10, 10, 200, 30)))
    assert faults([short]) == ["card A1: “Marghe…” is cut off"]
    narrow = replace(good, button=("Ready", good.pieces[0].font, QRect(0, 100, 20, 60)))
    assert faults([narrow]) == ["card A1: “Ready” does not fit into 20 px"]


def test_a_text_that_no_translator_saw_is_found() -> None:
    assert longer("Save {count} orders") == f"Saves{MARK} {{count}} ordersor{MARK}"
    data = frozenset({"Borshch with garlic buns"})
    assert untranslated([longer("Save"), "Save", "A12 Borshch with garlic buns"], data) == ["Save"]
    rows = [longer("Ready"), "Ready", "garlic buns", "A12 Borshch w…"]
    assert untranslated_rows(rows, data) == ["Ready"]
