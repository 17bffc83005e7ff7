"""The plug may be pulled at any instant: what was acknowledged is on the disk, and whole."""

from __future__ import annotations

import random

import pytest

from tests.faults import power_cut
from tests.faults.disk_model import SECTOR, Disk
from tests.faults.strace_log import NEVER, calls


@pytest.mark.timeout(120)
def test_after_a_power_cut_every_acknowledged_act_is_there_with_its_texts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = power_cut.run()
    with capsys.disabled():
        print(f"\n{report.text()}")
    assert report.broken == []
    assert report.counts["images"] >= 20
    assert report.counts["of those torn"] > 0
    assert report.counts["acts compared"] > 0


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", ["synchronous-normal", "texts-in-another-commit"])
def test_a_till_that_does_not_wait_for_the_disk_or_commits_apart_is_noticed(name: str) -> None:
    assert not power_cut.run(sabotage=name).holds


_FILE = r"\x2f\x73"  # /s
_LOG = [
    rf'7 pwrite64(3<{_FILE}>, "\x41\x41", 2, 0) = 2',
    rf"7 fdatasync(3<{_FILE}> <unfinished ...>",
    rf'8 pwrite64(3<{_FILE}>, "\x42", 1, 0) = 1',
    r"7 <... fdatasync resumed>) = 0",
    rf'8 pwrite64(3<{_FILE}>, "\x43", 1, 1 <unfinished ...>',
]


def test_a_call_that_another_thread_came_between_is_one_call_with_two_instants() -> None:
    found = calls(_LOG)
    assert [(call.name, call.begun, call.ended) for call in found] == [
        ("pwrite64", 0, 0),
        ("fdatasync", 1, 3),
        ("pwrite64", 2, 2),
        ("pwrite64", 4, NEVER),
    ]
    assert [call.data for call in found] == [b"AA", b"", b"B", b"C"]
    assert found[3].numbers == (1, 1)


def test_only_what_ended_before_a_sync_began_lasts() -> None:
    disk = Disk(calls(_LOG), {"/s": b""}, {"/s"})
    chance = random.Random(1)
    assert disk.cut(3, chance, 0, 0).files == {"/s": b""}, "the sync was not over"
    assert disk.cut(9, chance, 0, 0).files == {"/s": b"AA"}
    assert disk.cut(9, chance, 1, 0).files == {"/s": b"BC"}


def test_a_file_whose_folder_was_not_synced_may_be_missing_and_a_write_may_be_torn() -> None:
    data = r"\x5a" * 3 * SECTOR
    made = [
        rf'7 openat(AT_FDCWD, "{_FILE}", O_RDWR|O_CREAT|O_CLOEXEC, 0644) = 3<{_FILE}>',
        rf'7 pwrite64(3<{_FILE}>, "{data}", {3 * SECTOR}, 0) = {3 * SECTOR}',
        rf"7 fsync(3<{_FILE}>) = 0",
    ]
    chance = random.Random(1)
    disk = Disk(calls(made), {}, {"/s"})
    assert {len(disk.cut(9, chance, 0, 0).files) for _ in range(40)} == {0, 1}
    disk = Disk(calls(made[:2]), {}, {"/s"})
    torn = {disk.cut(9, chance, 1, 1).files.get("/s", b"") for _ in range(40)}
    assert any(b"\0" in content and b"Z" in content for content in torn)
