"""Windows die and freeze: another one sends within two seconds, and never two at once."""

from __future__ import annotations

import pytest

from tests.faults import takeover


@pytest.mark.timeout(120)
def test_whoever_dies_or_sleeps_is_followed_within_two_seconds_and_nothing_is_doubled(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = takeover.run()
    with capsys.disabled():
        print(f"\n{report.text()}")
    assert report.broken == []
    assert report.repeats > 0, "no end was ever unknown, so nothing was shown"


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", sorted(takeover.SABOTAGES))
def test_each_sabotage_of_the_lease_is_noticed(name: str) -> None:
    report = takeover.run(sabotage=name)
    assert report.broken
