"""What the history of an order says of a courier's taps."""

from __future__ import annotations

import pytest

from tests.support.shops import EVENING
from ui.courier_words import courier_words

DELIVERED = "Courier’s phone: delivered 21:00"


@pytest.mark.parametrize(
    ("act", "reason", "outcome", "said"),
    [
        ("took", "", "applied", "Courier’s phone: took it 21:00"),
        (
            "failed",
            "wrong_address",
            "applied",
            "Courier’s phone: not delivered 21:00 · wrong address",
        ),
        ("delivered", "", "late", f"{DELIVERED} · too late, not applied"),
        (
            "delivered",
            "unpaid",
            "conflict",
            f"{DELIVERED} · no money taken · not applied, the counter was asked",
        ),
        ("danced", "", "applied", "The courier’s phone has reported"),
    ],
)
def test_a_tap_is_told_with_its_time_reason_and_outcome(
    act: str, reason: str, outcome: str, said: str
) -> None:
    payload: dict[str, object] = {
        "act": act, "reason": reason, "outcome": outcome, "occurred_at": int(EVENING),
    }  # fmt: skip
    assert courier_words(payload, "Europe/Kyiv") == said
