"""Whatever the network does to a request: nothing lost, nothing twice, nothing stale."""

from __future__ import annotations

import pytest

from tests.faults import network


@pytest.mark.timeout(180)
def test_no_text_is_lost_doubled_or_stale_whatever_the_network_does(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = network.run()
    with capsys.disabled():
        print(f"\n{report.text()}")
    assert report.broken == []
    assert report.counts["blind outcomes unknown"] > 0
    assert report.counts["holders died"] > 0


@pytest.mark.timeout(180)
@pytest.mark.parametrize("name", sorted(network.SABOTAGES))
def test_each_sabotage_of_sending_is_noticed(name: str) -> None:
    report = network.run(sabotage=name)
    assert report.broken
