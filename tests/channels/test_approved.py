"""Texts that a messenger has approved: which one is taken, and what fills it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_app.channels.approved import ApprovedText, chosen, filled
from tests.support.ways_out import TEXT

EXACT = ApprovedText("ready_uk", "ready", "uk")
ANY_LANGUAGE = ApprovedText("ready", "ready")
ANY_OCCASION = ApprovedText("status_uk", language="uk")
ANYTHING = ApprovedText("status")
TEXTS = (ANYTHING, ANY_OCCASION, ANY_LANGUAGE, EXACT)


@pytest.mark.parametrize(
    ("about", "language", "text"),
    [
        ("ready", "uk", EXACT),
        ("ready", "en", ANY_LANGUAGE),
        ("late", "uk", ANY_OCCASION),
        ("late", "en", ANYTHING),
        ("", "", ANYTHING),
    ],
)
def test_the_closest_text_is_taken(about: str, language: str, text: ApprovedText) -> None:
    message = replace(TEXT, about=about, language=language)
    assert chosen(TEXTS, message) == chosen(TEXTS[::-1], message) == text


def test_another_occasion_s_text_is_never_taken() -> None:
    assert chosen((EXACT,), replace(TEXT, about="late")) is None
    assert chosen((EXACT,), replace(TEXT, language="en")) is None
    assert chosen((), TEXT) is None


def test_gaps_are_filled_in_their_order_and_never_left_empty() -> None:
    text = ApprovedText("a", gaps=("link", "subject", "text"))
    message = replace(TEXT, link=" https://x.example ", subject="", text="One\n\ttwo")
    assert filled(text, message) == ["https://x.example", "–", "One two"]
    assert filled(replace(text, gaps=()), message) == []
