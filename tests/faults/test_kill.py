"""The till may die at any instant: nothing is lost and nothing is said twice."""

from __future__ import annotations

import pytest

from tests.faults import kill
from tests.faults.till import STEPS


@pytest.mark.timeout(180)
def test_killed_between_any_two_steps_nothing_is_lost_and_nothing_is_doubled(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = kill.run()
    with capsys.disabled():
        print(f"\n{report.text()}")
    assert report.broken == []
    assert set(report.kills) == set(STEPS)
    assert report.repeats > 0, "no try was ever repeated, so nothing was shown"


@pytest.mark.timeout(180)
@pytest.mark.parametrize("name", sorted(kill.SABOTAGES))
def test_each_sabotage_is_noticed(name: str) -> None:
    assert not kill.run(sabotage=name, steps=kill.TELLING[name]).holds
