"""Copies of a store under load are sound, and hold all that was acknowledged before."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos_app.errors import StoreError
from pos_app.store.online_copy import online_copy
from tests.faults import snapshot


@pytest.mark.timeout(120)
def test_a_copy_of_stopped_tills_and_one_made_without_stopping_them_are_sound(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = snapshot.run()
    with capsys.disabled():
        print(f"\n{report.text()}")
    assert report.broken == []
    assert report.counts["stopped copies"] == report.counts["online copies"] > 0
    assert report.counts["acts compared"] > 0


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", sorted(snapshot.SABOTAGES))
def test_copying_the_files_by_hand_is_noticed(name: str) -> None:
    assert not snapshot.run(sabotage=name).holds


def test_a_copy_that_fails_leaves_the_older_one_as_it_was(tmp_path: Path) -> None:
    older = tmp_path / "copy.sqlite"
    older.write_bytes(b"yesterday's")
    broken = tmp_path / "store.sqlite"
    broken.write_bytes(b"no database at all, " * 400)
    with pytest.raises(StoreError):
        online_copy(broken, older)
    with pytest.raises(StoreError):
        online_copy(tmp_path / "nowhere.sqlite", older)
    assert older.read_bytes() == b"yesterday's"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["copy.sqlite", "store.sqlite"]
