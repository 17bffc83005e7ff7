"""Acts of people run here, one after the other, never on the UI thread.

One named act per thing a person does. Acts keep their order (one thread), readings run beside
them (a second thread), what takes minutes beside both (a third, once it is needed), and every
result comes back on the UI thread.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from pos_app.errors import OrderbellError, StoreDamaged, StoreStuck

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Job:
    name: str
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[OrderbellError], None]


class Background(QObject):
    """One thread for acts, in order, one for readings, one for long work.

    Stop it before the shop closes.

    `failed` (title, message, hint) speaks of errors nobody asked for; `crashed` carries the
    exception of a bug. `store_failed` carries each error of the store's file itself, whoever asked.
    """

    failed = Signal(object)
    crashed = Signal(object)
    store_failed = Signal(object)
    _finished = Signal(object, object)
    _refused = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._acts: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._readings: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._long: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._has_long = False
        self._pending = 0
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)
        self._refused.connect(self._on_refused, Qt.ConnectionType.QueuedConnection)
        self._threads: list[threading.Thread] = []
        self._begin(self._acts, "acts")
        self._begin(self._readings, "readings")

    @property
    def busy(self) -> bool:
        """Whether anything asked for has not come back yet."""
        return self._pending > 0

    def act(
        self,
        name: str,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[OrderbellError], None] | None = None,
    ) -> None:
        """Run `work` after all acts before it; `done` or `failed` on the UI thread."""
        self._submit(self._acts, name, work, done, failed)

    def read(
        self,
        name: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[OrderbellError], None] | None = None,
    ) -> None:
        """Run a reading beside the acts."""
        self._submit(self._readings, name, work, done, failed)

    def work_long(
        self,
        name: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[OrderbellError], None] | None = None,
    ) -> None:
        """Run what may take minutes, so that neither an order nor a card waits for it."""
        if not self._has_long:
            self._has_long = True
            self._begin(self._long, "long work")
        self._submit(self._long, name, work, done, failed)

    def stop(self) -> None:
        """Finish what was asked for, then end the threads."""
        for jobs in (self._acts, self._readings, self._long):
            jobs.put(None)
        for thread in self._threads:
            thread.join()

    def _begin(self, jobs: queue.SimpleQueue[_Job | None], name: str) -> None:
        thread = threading.Thread(target=self._work, args=(jobs,), name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _submit(
        self,
        jobs: queue.SimpleQueue[_Job | None],
        name: str,
        work: Callable[[], T],
        done: Callable[[T], None] | None,
        failed: Callable[[OrderbellError], None] | None,
    ) -> None:
        self._pending += 1
        jobs.put(_Job(name, work, done or _ignore, failed or self.failed.emit))

    def _work(self, jobs: queue.SimpleQueue[_Job | None]) -> None:
        while (job := jobs.get()) is not None:
            try:
                result = job.work()
            except Exception as error:  # noqa: BLE001 - a bug in one act must not end the thread
                self._refused.emit(job, error)
            else:
                self._finished.emit(job, result)

    def _on_finished(self, job: _Job, result: object) -> None:
        self._pending -= 1
        job.done(result)

    def _on_refused(self, job: _Job, error: Exception) -> None:
        self._pending -= 1
        if isinstance(error, StoreStuck | StoreDamaged):
            self.store_failed.emit(error)
        if isinstance(error, OrderbellError):
            job.failed(error)
        else:
            self.crashed.emit(error)


def _ignore(_result: object) -> None:
    return
