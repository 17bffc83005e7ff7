"""What a card says of a guest's text: the same words on every screen, and *call* only where due."""

from __future__ import annotations

import pytest

from pos_app.automation import budget
from pos_app.desk.reading import Card, MessageNote
from pos_app.lanes import toll_guard
from tests.automation.orders import NOON, order
from ui import message_words


def said(state: str, reason: str = "", *, practice: bool = False) -> str:
    note = MessageNote("ready", state, reason, NOON, "+380671234567", practice)
    return message_words.of_card(Card(order(), note))


@pytest.mark.parametrize(
    ("state", "reason", "words"),
    [
        ("waiting", "", "The text waits."),
        ("delivered", "", "The text was delivered."),
        ("failed", "number_refused", "the gateway refuses the number): call the guest."),
        ("uncertain", "unknown_outcome", "whether the text arrived: call the guest."),
        ("expired", "too_late", "was not sent: call the guest."),
        ("dropped", "no_room", "could not send so many): call the guest."),
        ("dropped", "opted_out", "(the guest stopped the texts)."),
        ("cancelled", "by_person", "(somebody here took it back)."),
        ("held", "question", "(a question about the order is open)."),
    ],
)
def test_a_card_says_what_became_of_the_text(state: str, reason: str, words: str) -> None:
    assert said(state, reason).endswith(words)


def test_practice_says_that_nothing_was_sent() -> None:
    assert said("sent", "practice", practice=True) == "Practice: the text would be sent."


@pytest.mark.parametrize(
    "code",
    [
        toll_guard.FOREIGN,
        toll_guard.PREMIUM,
        budget.TOO_MANY,
        budget.BUDGET,
        budget.SPARED,
    ],
)
def test_no_limit_speaks_in_a_programs_words(code: str) -> None:
    assert message_words.why(code) != code.replace("_", " ")
