"""Whatever the computer's clock does: no negative age, nothing early, nothing late or expired."""

from __future__ import annotations

import pytest

from tests.faults import clock


@pytest.mark.timeout(120)
def test_no_clock_makes_a_text_early_late_doubled_or_void(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = clock.run()
    with capsys.disabled():
        print(f"\n{report.text()}")
    assert report.broken == []


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", sorted(clock.SABOTAGES))
def test_each_sabotage_of_the_clock_is_noticed(name: str) -> None:
    assert clock.run(sabotage=name).broken
