"""Two real rush hours of a Friday, with all that goes wrong in them, in two minutes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.evening.play import play


@pytest.mark.timeout(600)
def test_the_evening_and_its_report_agree(tmp_path: Path) -> None:
    report = play(tmp_path)
    print(report.text())
    assert report.orders >= 25
    assert report.by_touch >= 12
