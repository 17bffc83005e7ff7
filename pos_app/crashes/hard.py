"""Crashes that end the process: Python writes where it was, and the next start finds it.

Qt aborts, a library reads where it may not: nothing of ours runs then but the interpreter's own
last words into a file that was opened before. The file's lock dies with its process, so that the
next one knows which files belong to the dead. One that ended well has left none.
"""

from __future__ import annotations

import faulthandler
import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from pos_app.crashes.stacks import MOST_FRAMES, Frame, Link, file_of
from pos_app.paths import make_private_folder

LARGEST_BYTES = 200_000
_KIND = re.compile(r"^(?:Fatal Python error|Windows fatal exception): ([A-Za-z ]+)", re.MULTILINE)
_CURRENT = re.compile(r"^(?:Current thread|Stack) .*\n((?:  .*\n?)+)", re.MULTILINE)
_FRAME = re.compile(r'^  File "(.+)", line (\d+) in (\S+)', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Remains:
    """What a dead process has left: which program it was (as `head` said), and where it was."""

    head: dict[str, str]
    link: Link


class LastWords:
    """A file for the interpreter's last words while this lives. Raises OSError when there is none.

    `head` says which program it is: nobody can be asked afterwards.
    """

    def __init__(self, folder: Path, head: dict[str, str]) -> None:
        # A first start comes before the shop: its folder is to be private, too.
        make_private_folder(folder.parent)
        make_private_folder(folder)
        self._trace = folder / f"hard-{os.getpid()}.trace"
        self._lock = FileLock(self._trace.with_suffix(".lock"), thread_local=False)
        self._lock.acquire(timeout=0)
        handle = os.open(self._trace, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file = os.fdopen(handle, "w", encoding="utf-8")
        self._file.write(json.dumps(head) + "\n")
        self._file.flush()
        # Where somebody has asked for it already, as test runners do, it stays his.
        self._is_ours = not faulthandler.is_enabled()
        if self._is_ours:
            faulthandler.enable(self._file)

    def end(self) -> None:
        """All is well: nothing is left."""
        if self._is_ours:
            faulthandler.disable()
        self._file.close()
        _forget(self._trace, self._lock)


def gather(folder: Path) -> Iterator[Remains]:
    """What dead processes have left here; gone from there once it was told."""
    for trace in sorted(folder.glob("hard-*.trace")):
        lock = FileLock(trace.with_suffix(".lock"), timeout=0, thread_local=False)
        try:
            lock.acquire()
        except (Timeout, OSError):
            continue
        found = _read(trace)
        _forget(trace, lock)
        if found is not None:
            yield found


def _forget(trace: Path, lock: FileLock) -> None:
    with suppress(OSError):
        trace.unlink()
    lock.release()
    with suppress(OSError):
        Path(lock.lock_file).unlink()


def _read(trace: Path) -> Remains | None:
    """None where the process was ended from outside: it has said nothing."""
    try:
        with trace.open(encoding="utf-8", errors="replace") as file:
            head, _, rest = file.read(LARGEST_BYTES).partition("\n")
        told = json.loads(head)
    except (OSError, ValueError):
        return None
    kind = _KIND.search(rest)
    if kind is None or not isinstance(told, dict):
        return None
    current = _CURRENT.search(rest)
    frames = [
        Frame(file_of(file), int(line), function)
        for file, line, function in _FRAME.findall(current[1] if current else "")
    ]
    link = Link(kind[1].strip(), "", tuple(reversed(frames[:MOST_FRAMES])))
    return Remains({str(name): str(value) for name, value in told.items()}, link)
