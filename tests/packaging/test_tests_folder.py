"""Tests write in memory only where there is room, and only in a folder of their own user."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.support.sources import ROOT

sys.path.insert(0, str(ROOT / "packaging"))
try:
    import tests_folder
finally:
    sys.path.remove(str(ROOT / "packaging"))


def _chosen(memory: Path, **environment: str) -> str:
    """Where a byte is room enough, whatever this computer has."""
    tests_folder.choose(environment, memory, room_bytes=1)
    return environment.get("TMPDIR", "")


def test_a_folder_in_memory_is_ours_alone(tmp_path: Path) -> None:
    chosen = Path(_chosen(tmp_path))
    assert chosen.parent == tmp_path
    assert chosen.stat().st_mode & 0o777 == 0o700
    assert _chosen(tmp_path) == str(chosen)


def test_who_chose_a_folder_keeps_it(tmp_path: Path) -> None:
    assert _chosen(tmp_path, TMPDIR="/var/tmp") == "/var/tmp"
    assert list(tmp_path.iterdir()) == []


def test_a_link_that_somebody_laid_there_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / f"orderbell-tests-{os.getuid()}").symlink_to(tmp_path)
    assert not _chosen(tmp_path)


def test_without_room_tests_stay_on_the_disk(tmp_path: Path) -> None:
    assert tests_folder.has_room(tmp_path, 1)
    assert not tests_folder.has_room(tmp_path, 1 << 62)
    assert not tests_folder.has_room(tmp_path / "nowhere", 1)
    assert not _chosen(tmp_path / "nowhere")
