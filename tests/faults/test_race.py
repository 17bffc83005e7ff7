"""Windows that act on one order at the same instant: each act once, or refused in words."""

from __future__ import annotations

import pytest

from tests.faults import race


@pytest.mark.timeout(120)
def test_acts_at_the_same_instant_happen_once_and_nobody_meets_a_lock(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = race.run()
    with capsys.disabled():
        print(f"\n{report.text()}")
    assert report.broken == []
    assert report.counts["edits done"] > 0
    assert report.counts["undo won"] > 0, "the undo never came first, so nothing was shown"
    assert report.counts["the text won"] > 0, "the text never came first, so nothing was shown"


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", sorted(race.SABOTAGES))
def test_each_sabotage_is_noticed(name: str) -> None:
    assert not race.run(sabotage=name).holds
