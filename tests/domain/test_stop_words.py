"""Who answers a text with STOP is understood; who writes a sentence is not cut off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.stop_words import says_start, says_stop


@pytest.mark.parametrize(
    "said",
    ["STOP", "stop", " Stop. ", "СТОП", "стоп!", "Unsubscribe", "STOP ALL", "ＳＴＯＰ",
     "СTOП", "STОР", "відписатися", "Не пишіть!", "opt-out", "“Stop”"],
)  # fmt: skip
def test_a_word_for_stopping_stops(said: str) -> None:
    assert says_stop(said)
    assert not says_start(said)


@pytest.mark.parametrize(
    "said",
    ["", "   ", "Please don't stop at the gate", "Стоп-кран не працює", "ok", "1", "stopped?",
     "Can you stop the delivery? We moved", "STOP 12 pizzas", "👍", "x" * 10_000],
)  # fmt: skip
def test_a_sentence_does_not(said: str) -> None:
    assert not says_stop(said)


def test_a_stop_can_be_taken_back_by_a_word() -> None:
    assert says_start("START")
    assert says_start("старт")
    assert not says_start("Start cooking without me")


@given(st.text(max_size=300))
def test_whatever_is_written_it_is_at_most_one_of_both(said: str) -> None:
    assert not (says_stop(said) and says_start(said))
