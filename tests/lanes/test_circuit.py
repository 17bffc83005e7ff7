"""A gateway that fails is left alone, and tried with one text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pos_app.lanes.circuit import FAILURES_TO_OPEN, Circuit


def test_one_bad_text_is_not_a_bad_gateway() -> None:
    circuit = Circuit().failed(down=False).failed(down=False)
    assert not circuit.is_open
    assert circuit.failed(down=False).is_open


def test_a_gateway_that_takes_nothing_is_believed_at_once() -> None:
    assert Circuit().failed(down=True).is_open


@given(st.lists(st.sampled_from(["ok", "failed", "down"])))
def test_while_it_fails_each_wait_is_followed_by_a_single_try(happened: list[str]) -> None:
    circuit, in_a_row = Circuit(), 0
    for one in happened:
        circuit = circuit.worked() if one == "ok" else circuit.failed(down=one == "down")
        in_a_row = 0 if one == "ok" else max(in_a_row + 1, FAILURES_TO_OPEN * (one == "down"))
        assert circuit.is_open == (in_a_row >= FAILURES_TO_OPEN)
