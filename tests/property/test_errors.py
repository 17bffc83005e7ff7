"""Whatever was typed stands in an error as it was typed, in every language."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from pos_app.errors import BadInput, NotFound, Phrase, Refused
from pos_app.language import LANGUAGES, Texts

SIGNS = st.text("{}%()[]!:.sd0 number")
TYPED = st.text() | SIGNS


@given(TYPED)
@example("{number}")
@example("{0} {} %s %(typed)s {typed.__class__}")
def test_a_value_is_shown_literally(typed: str) -> None:
    error = BadInput("phone", "“{typed}” is not a valid phone number", typed=typed)
    assert error.title == f"“{typed}” is not a valid phone number"
    assert str(error) == f"phone: {error.title}"
    ukrainian = error.told(Texts("uk").gettext)
    assert ukrainian.title == f"«{typed}» — такого номера телефону не буває"
    assert (ukrainian.message, ukrainian.hint) == ("", "")


@given(TYPED, TYPED)
def test_values_never_fill_one_another(one: str, other: str) -> None:
    error = NotFound(
        "There is no station {station}", hint="There are: {known}.", station=one, known=other
    )
    assert (error.title, error.hint) == (f"There is no station {one}", f"There are: {other}.")
    told = error.told(Texts("uk").gettext)
    assert (told.title, told.hint) == (f"Станції {one} немає", f"Є такі: {other}.")


@given(TYPED.filter(bool))
def test_words_without_values_are_said_as_they_are(words: str) -> None:
    assert Refused(words).title == words


def test_a_phrase_among_the_values_is_translated_and_a_value_like_it_is_not() -> None:
    phrase = Refused("{reason}", reason=Phrase("It took too long."))
    value = Refused("{reason}", reason="It took too long.")
    assert phrase.title == value.title == "It took too long."
    assert phrase.told(Texts("uk").gettext).title == "Надто довго без відповіді."
    assert value.told(Texts("uk").gettext).title == "It took too long."


def test_nothing_to_say_stays_nothing() -> None:
    for language in LANGUAGES:
        told = Refused("Too late to undo").told(Texts(language).gettext)
        assert (told.message, told.hint) == ("", "")
