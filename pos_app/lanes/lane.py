"""The one loop of every lane: wait, stop?, work, record."""

from __future__ import annotations

import logging
import threading
import traceback
from typing import Protocol

from pos_app.crashes import watching
from pos_app.errors import OrderbellError
from pos_app.lanes.backoff import delay_s

IDLE_S = 30.0
_log = logging.getLogger("orderbell.lanes")


class Down(Exception):
    """What a lane works with does not answer. `code` is short; `after_s` when it said so."""

    def __init__(self, code: str, after_s: float | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.after_s = after_s


def always() -> bool:
    """Of a worker that has no lease to lose: nobody else can be at work."""
    return True


class Worker(Protocol):
    """What a lane does when it is its turn."""

    def work(self) -> float | None:
        """Do what is due; seconds until there is more, None when only a change brings more.

        Raises Down; returns early once `stop` was called.
        """
        ...

    def stop(self) -> None:
        """Called on another thread: end a call in progress, begin no other."""
        ...

    def close(self) -> None:
        """Give everything back; called after the last `work`."""
        ...


class States(Protocol):
    """Where a lane says how it fares; an empty code means well."""

    def note(self, lane: str, code: str) -> None: ...


class Lane:
    """A thread around a worker. A failing one waits longer each time and holds up nobody else."""

    def __init__(self, name: str, worker: Worker, states: States, *, cap_s: float = 30.0) -> None:
        self.name = name
        self._worker = worker
        self._states = states
        self._cap_s = cap_s
        self._failures = 0
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"lane-{name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self, *, urgent: bool = False) -> None:
        """There may be work. While it is down only an urgent call (new settings) counts."""
        if urgent or not self._failures:
            self._woken.set()

    def ask_to_stop(self) -> None:
        self._stopping.set()
        self._woken.set()
        self._worker.stop()

    def join(self) -> None:
        self._thread.join()

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._woken.clear()
                wait_s = self._turn()
                if not self._stopping.is_set():
                    self._woken.wait(wait_s)
        finally:
            self._worker.close()

    def _turn(self) -> float:
        try:
            wait_s = self._worker.work()
        except Down as down:
            return self._failed(down.code, down.after_s)
        except OrderbellError as error:
            return self._failed(error.code, None)
        except Exception as error:  # noqa: BLE001 - one lane's bug must end neither it nor others
            admit(self.name, error)
            return self._failed("bug", None)
        self._failures = 0
        self._states.note(self.name, "")
        return IDLE_S if wait_s is None else min(max(wait_s, 0.0), IDLE_S)

    def _failed(self, code: str, after_s: float | None) -> float:
        if self._stopping.is_set():
            return 0.0
        self._failures += 1
        self._states.note(self.name, code)
        return delay_s(self._failures, cap_s=self._cap_s) if after_s is None else after_s


def admit(lane: str, bug: Exception) -> None:
    """Write down where it happened and of what kind it is.

    Its words are left out: they may hold what no log may.
    """
    where = "".join(traceback.format_tb(bug.__traceback__))
    _log.error("lane %s failed: %s\n%s", lane, type(bug).__name__, where)
    watching.keep(bug, f"lane {lane}")
