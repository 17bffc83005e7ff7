"""A disk that is full, read-only, locked, cut off or corrupted: told in words, nothing lost."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.faults import disk


@pytest.mark.timeout(120)
def test_every_fault_of_the_disk_is_told_with_what_to_do_and_work_goes_on_after_it(
    qapp: QApplication, capsys: pytest.CaptureFixture[str]
) -> None:
    report = disk.run()
    with capsys.disabled():
        print(f"\n{report.text()}")
    assert report.broken == []
    assert report.counts["windows"] >= 8
    assert report.counts["works again"] >= report.counts["faults"]


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", sorted(disk.SABOTAGES))
def test_each_sabotage_is_noticed(name: str) -> None:
    assert not disk.run(sabotage=name).holds
