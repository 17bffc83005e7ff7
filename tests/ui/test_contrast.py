"""Every colour on its ground can be read: computed from the token file, not judged by eye."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.contrast import AA_SIGN, AA_TEXT, AAA_TEXT, Ink, inks, ratio
from ui.board.look import style_sheet
from ui.style import sheet
from ui.theme import measure, tokens

UI = Path(__file__).parents[2] / "ui"
GROUNDS = ("ground", "surface")
# What a board is read for from afar: (what, ink, ground).
FROM_AFAR = (
    ("number and dish", "text", "surface"),
    ("what stands on the ground", "text", "ground"),
    ("quantities to make", "text", "raised"),
    ("modifier", "modifier", "surface"),
    ("band on time", "second", "surface"),
    ("words beside the tickets", "second", "ground"),
    ("band soon", "soon", "surface"),
    ("band late", "late_text", "surface"),
    ("allergy", "allergy_text", "allergy_ground"),
    ("to pay", "to_pay_text", "to_pay_ground"),
    ("paid", "paid_text", "paid_ground"),
)
# Painted by hand, so no style sheet tells: (theme, ink, ground).
PAINTED = (
    ("dark", "faint", "surface"),
    ("dark", "faint", "ground"),
    ("dark", "on_next_act", "next_act"),
    ("dark", "on_done", "done"),
    ("dark", "failure_text", "failure_ground"),
    ("dark", "tag_text", "tag_ground"),
    ("light", "on_brand", "brand"),
    ("light", "to_pay_text", "surface"),
    ("light", "done", "surface"),
    ("light", "second", "surface"),
    ("light", "second", "raised"),
    ("light", "to_pay_text", "to_pay_ground"),
    ("light", "paid_text", "paid_ground"),
)
# Shapes that say something: (theme, colour, ground).
SIGNS = (
    ("dark", "on_time", "surface"),
    ("dark", "soon", "surface"),
    ("dark", "late", "surface"),
    ("dark", "text", "surface"),
    ("dark", "soon_stripe", "soon"),
    ("light", "next_act", "surface"),
    ("light", "next_act", "ground"),
)


@pytest.mark.parametrize(("what", "ink", "ground"), FROM_AFAR)
def test_what_a_board_is_read_for_meets_the_highest_level(what: str, ink: str, ground: str) -> None:
    dark = tokens("dark")
    found = ratio(getattr(dark, ink), getattr(dark, ground))
    assert found >= AAA_TEXT, f"{what}: {found:.2f}"


@pytest.mark.parametrize(("theme", "ink", "ground"), PAINTED)
def test_painted_words_can_be_read(theme: str, ink: str, ground: str) -> None:
    found = ratio(getattr(tokens(theme), ink), getattr(tokens(theme), ground))
    assert found >= AA_TEXT, f"{found:.2f}"


@pytest.mark.parametrize(("theme", "colour", "ground"), SIGNS)
def test_signs_stand_apart_from_their_ground(theme: str, colour: str, ground: str) -> None:
    found = ratio(getattr(tokens(theme), colour), getattr(tokens(theme), ground))
    assert found >= AA_SIGN, f"{found:.2f}"


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_every_style_sheet_s_words_can_be_read(theme: str) -> None:
    board = [style_sheet(tokens(theme), measure())] if theme == "dark" else []
    too_faint = [
        f"{ink.selector}: {worst:.2f}"
        for qss in (sheet(theme), *board)
        for ink in inks(qss)
        if (worst := _worst(theme, ink)) < AA_TEXT
    ]
    assert not too_faint, "\n" + "\n".join(too_faint)


def _worst(theme: str, ink: Ink) -> float:
    if ink.ground is not None:
        return ratio(ink.colour, ink.ground)
    return min(ratio(ink.colour, getattr(tokens(theme), name)) for name in GROUNDS)


def test_every_colour_that_a_board_paints_with_is_judged_here() -> None:
    named = re.compile(r'"((?:on_)?[a-z]+(?:_[a-z]+)*)"')
    known = set(tokens("dark").__slots__)
    painted = {
        name
        for folder in ("board", "kitchen", "guest")
        for file in (UI / folder).glob("*.py")
        for name in named.findall(file.read_text("utf-8"))
        if name in known
    }
    judged = {name for row in (*FROM_AFAR, *PAINTED, *SIGNS) for name in row}
    grounds = {"ground", "surface", "raised", "line"}
    assert painted - judged - grounds == set()


def test_a_faint_ink_is_found() -> None:
    found = list(
        inks("QLabel { color: #777777; background: #888888; } A:disabled { color: #888888; }")
    )
    assert found == [Ink("QLabel", "#777777", "#888888")]
    assert ratio(found[0].colour, found[0].ground or "") < AA_TEXT
    assert ratio("#000000", "#FFFFFF") == pytest.approx(21)
