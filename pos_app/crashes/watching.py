"""This process's watch: what nobody caught is written down, once for each bug.

Everybody who is the last to hear of a bug (window, lane, command line, site) tells `keep`. Where
nobody watches, as in tests of single parts, it says nothing.
"""

from __future__ import annotations

import logging
import platform
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pos_app.build_facts import build_facts
from pos_app.clock import Instant, SystemClock, iso
from pos_app.crashes import kept
from pos_app.crashes.hard import LastWords, gather
from pos_app.crashes.log_tail import LogTail
from pos_app.crashes.stacks import Link, chain_of, signature_of
from pos_app.errors import OrderbellError
from pos_app.paths import crashes_folder

HARD = "hard"
_watch: Watch | None = None


class Watch:
    """Writes into the folder of one shop (or site). `end` gives everything back."""

    def __init__(self, data: Path, *, hard: bool = False) -> None:
        self.folder = crashes_folder(data)
        self.shape: Callable[[], Any] = dict
        self._met: set[str] = set()
        self._guard = threading.Lock()
        self._writing: list[threading.Thread] = []
        self._tail = LogTail()
        logging.getLogger().addHandler(self._tail)
        self._last_words: LastWords | None = None
        if hard:
            try:
                self._last_words = LastWords(self.folder, _program())
            except OSError:
                logging.getLogger("orderbell.crashes").info("no file for last words")

    def keep(self, error: BaseException, where: str, *, wait: bool = True) -> bool:
        """Write down a bug that was not met before; whether it was. Waits for the disk if told."""
        if isinstance(error, OrderbellError | KeyboardInterrupt | SystemExit):
            return False
        chain = chain_of(error)
        signature = signature_of(chain)
        with self._guard:
            if signature in self._met:
                return False
            self._met.add(signature)
        now = SystemClock().now()
        document = _document(now, where, _program(), chain)
        document |= {"log": [asdict(line) for line in self._tail.lines], "settings": self._shape()}
        thread = threading.Thread(
            target=kept.keep, args=(self.folder, now, signature, document), name="crash report"
        )
        with self._guard:
            self._writing.append(thread)
        thread.start()
        if wait:
            thread.join()
        return True

    def gather(self) -> int:
        """Make reports of what dead processes have left; how many there were."""
        now, count = SystemClock().now(), 0
        for remains in gather(self.folder):
            chain = (remains.link,)
            document = _document(now, HARD, remains.head, chain)
            kept.keep(self.folder, now, signature_of(chain), document)
            count += 1
        return count

    def end(self) -> None:
        for thread in self._writing:
            thread.join()
        logging.getLogger().removeHandler(self._tail)
        if self._last_words is not None:
            self._last_words.end()
            self._last_words = None

    def _shape(self) -> Any:
        try:
            return self.shape()
        except Exception:  # noqa: BLE001 - a report must not fail with what it reports
            return {}


def begin(data: Path) -> None:
    """Watch this process for the shop in `data` from now on; its folder is made if need be."""
    global _watch  # noqa: PLW0603 - excepthook, faulthandler and the log are the process's too
    if _watch is not None and _watch.folder == crashes_folder(data):
        return
    end()
    _watch = Watch(data, hard=True)


def end() -> None:
    """Watch no more."""
    global _watch
    watch, _watch = _watch, None
    if watch is not None:
        watch.end()


def know_settings(shape: Callable[[], Any]) -> None:
    """How reports learn the shape of the settings; asked only then, and must not wait."""
    if _watch is not None:
        _watch.shape = shape


def keep(error: BaseException, where: str, *, wait: bool = False) -> bool:
    """Write down a bug, if somebody watches; whether it is one that was not met before."""
    watch = _watch
    return watch is not None and watch.keep(error, where, wait=wait)


def gathered() -> int:
    """How many processes have died on this folder since somebody looked; reports are made."""
    watch = _watch
    return 0 if watch is None else watch.gather()


def keep_one(data: Path, error: BaseException, where: str) -> None:
    """Write down a bug of a process that only does one thing and ends."""
    watch = Watch(data)
    try:
        watch.keep(error, where)
    finally:
        watch.end()


def _document(
    now: Instant, where: str, program: dict[str, str], chain: tuple[Link, ...]
) -> dict[str, Any]:
    return {"at": iso(now), "where": where, **program, "errors": [asdict(link) for link in chain]}


def _program() -> dict[str, str]:
    facts = build_facts()
    return {
        "version": facts.version,
        "commit": facts.commit,
        "python": platform.python_version(),
        "system": platform.platform(),
    }
