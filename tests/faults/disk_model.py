"""A disk that loses its power: what was synced is there, of the rest a part, some of it torn.

Each write after the last sync of its file may have reached the disk whole, in some of its
512-byte sectors, or not at all, in any order: that is all a drive promises. A file whose
directory was not synced since it was made may be missing.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from tests.faults.strace_log import Call

SECTOR = 512
WRITES = ("pwrite64", "ftruncate")
SYNCS = ("fsync", "fdatasync")
FOREIGN = ("write", "pwritev", "fallocate", "unlink", "unlinkat", "rename", "renameat", "renameat2")


@dataclass(frozen=True, slots=True)
class Image:
    """The files of one cut, by path, and how much of the unsynced writes they hold."""

    files: dict[str, bytes]
    unsynced: int
    kept: int
    torn: int


class Disk:
    """`before` is each file as it lay on the disk when the log begins."""

    def __init__(self, log: list[Call], before: dict[str, bytes], paths: set[str]) -> None:
        self._log = [call for call in log if call.result >= 0]
        self._before = before
        self._paths = paths
        self._changes: dict[str, list[Call]] = {path: [] for path in paths}
        self._syncs: dict[str, list[Call]] = {path: [] for path in paths}
        self._directory_syncs: dict[str, list[Call]] = {path: [] for path in paths}
        self._made: dict[str, Call] = {}
        for call in self._log:
            self._sort(call)

    def _sort(self, call: Call) -> None:
        if call.name in SYNCS:
            for path in self._paths:
                if call.path == path:
                    self._syncs[path].append(call)
                elif call.path == str(PurePath(path).parent):
                    self._directory_syncs[path].append(call)
        if call.path not in self._paths:
            return
        if call.name in WRITES:
            self._changes[call.path].append(call)
        elif call.name == "openat" and "O_CREAT" in call.flags:
            if call.path not in self._before:
                self._made.setdefault(call.path, call)
        elif call.name in FOREIGN:
            raise ValueError(f"this disk knows no {call.name} of {call.path}")

    def cut(self, at: int, chance: random.Random, share: float, tearing: float) -> Image:
        """The disk when the power goes at log line `at`.

        Of what was not synced about `share` is there, of that about `tearing` in parts.
        """
        files: dict[str, bytes] = {}
        unsynced = kept = torn = 0
        for path in sorted(self._paths):
            if not self._is_there(path, at, chance):
                continue
            content = bytearray(self._before.get(path, b""))
            last = self._lasting(self._syncs[path], at)
            for call in self._changes[path]:
                if call.begun >= at:
                    break
                if call.ended < last:
                    _apply(content, call, _whole(call))
                    continue
                unsynced += 1
                if chance.random() >= share:
                    continue
                parts = list(_whole(call))
                if len(parts) > 1 and chance.random() < tearing:
                    parts = [part for part in parts if chance.random() < 1 / 2]
                    torn += 1
                kept += bool(parts)
                _apply(content, call, iter(parts))
            files[path] = bytes(content)
        return Image(files, unsynced, kept, torn)

    def _is_there(self, path: str, at: int, chance: random.Random) -> bool:
        if path in self._before:
            return True
        made = self._made.get(path)
        if made is None or made.begun >= at:
            return False
        is_lasting = self._lasting(self._directory_syncs[path], at) > made.ended
        return is_lasting or chance.random() < 1 / 2

    @staticmethod
    def _lasting(syncs: list[Call], at: int) -> int:
        """The beginning of the last sync that was over: what ended before it is on the disk."""
        return max((sync.begun for sync in syncs if sync.ended < at), default=-1)


def _whole(call: Call) -> Iterator[tuple[int, int]]:
    """The call's range in the file, cut at the borders of sectors; a truncation is one piece."""
    if call.name == "ftruncate":
        yield call.numbers[0], call.numbers[0]
        return
    begin = call.numbers[-1]
    end = begin + len(call.data)
    while begin < end:
        border = min(end, (begin // SECTOR + 1) * SECTOR)
        yield begin, border
        begin = border


def _apply(content: bytearray, call: Call, parts: Iterator[tuple[int, int]]) -> None:
    for begin, end in parts:
        if call.name == "ftruncate":
            del content[begin:]
            content.extend(bytes(begin - len(content)))
            continue
        if len(content) < end:
            content.extend(bytes(end - len(content)))
        offset = call.numbers[-1]
        content[begin:end] = call.data[begin - offset : end - offset]
