"""Any text, made safe for paper."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.language import Texts
from pos_app.receipts.printable import LONGEST, printable

EN = Texts("en")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Піца «Ґазда»", "Піца «Ґазда»"),
        ("a\x1b@\x1dV\x00b", "a@Vb"),
        ("two\nlines\tand\u2028more", "two lines and more"),
        ("  much   space ", "much space"),
        ("\u202eevil\u202c \ufeffmark", "evil mark"),
        ("\ud83d stray", "stray"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
        ("می‌خواهم", "می‌خواهم"),
        ("e\u0301", "é"),
        ("x" + "\u0336" * 50, "x" + "\u0336" * 4),
        ("\x00\x01", ""),
    ],
)
def test_only_what_can_be_read_is_printed(typed: str, printed: str) -> None:
    assert printable(typed, EN) == printed


@pytest.mark.parametrize("extra", [0, 1, 7])
def test_an_endless_text_says_how_much_is_left_out(extra: int) -> None:
    printed = printable("a" * (LONGEST + extra), EN)
    ending = {
        0: "",
        1: " (1 more character: see the screen)",
        7: " (7 more characters: see the screen)",
    }[extra]
    assert printed == "a" * LONGEST + ending


@given(st.text(st.characters(), max_size=2000))
def test_no_control_character_survives_and_nothing_grows(text: str) -> None:
    printed = printable(text, EN)
    assert all(letter.isprintable() or letter in "\u200c\u200d" for letter in printed)
    assert len(printed) <= LONGEST + 60
    printed.encode()


@given(st.text(st.characters(), max_size=LONGEST))
def test_what_is_printable_stays_as_it_is(text: str) -> None:
    once = printable(text, EN)
    assert printable(once, EN) == once
