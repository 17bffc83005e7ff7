"""The flags of a window with one profile: refused before anything opens, with the way on."""

from __future__ import annotations

import pytest

from tests.cli.till import Till


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--profile", "kitchen", "--station", "sushi"), "station: There is no station “sushi”"),
        (("--profile", "guest", "--station", "grill"), "station: Only a kitchen or bar screen"),
        (("--station", "grill"), "profile: A station needs a profile"),
        (("--screen", "orders", "--profile", "pass"), "screen: Profiles and names"),
        (("--screen", "board", "--name", "Nobody’s"), "profile: There is no screen “Nobody’s”"),
    ],
)
def test_what_cannot_be_shown_is_bad_input(till: Till, words: tuple[str, ...], said: str) -> None:
    answer = till(*words)
    assert answer.code == 2
    assert said in answer.error
    assert "Traceback" not in answer.error


def test_the_stations_that_there_are_are_named(till: Till) -> None:
    answer = till("--profile", "kitchen", "--station", "sushi")
    for name in ("Pizza / Піца", "Grill / Гриль", "Cold / Холодний цех", "Bar / Бар"):
        assert name in answer.error


def test_an_unknown_profile_names_the_known_ones(till: Till) -> None:
    answer = till("--profile", "sushi")
    assert answer.code == 2
    for profile in ("pass", "kitchen", "bar", "guest"):
        assert profile in answer.error
