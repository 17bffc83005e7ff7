"""Real processes for journeys: started, spoken to, and always ended by their id."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.support.waiting import until

ROOT = Path(__file__).resolve().parents[2]


class Process:
    """One child. Its output is collected by a thread, so a full pipe never stops it."""

    def __init__(
        self, command: list[str], *, env: dict[str, str] | None = None, name: str = ""
    ) -> None:
        self.name = name or command[0]
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.said: list[str] = []
        self._child = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **(env or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            bufsize=1,
        )
        self._reader = threading.Thread(target=self._read, name=f"reads {self.name}", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def is_running(self) -> bool:
        return self._child.poll() is None

    def told(self) -> list[str]:
        """Every line so far."""
        while not self._lines.empty():
            self.said.append(self._lines.get())
        return self.said

    def _read(self) -> None:
        assert self._child.stdout is not None
        for line in self._child.stdout:
            self._lines.put(line.rstrip("\n"))

    def line(self, beginning: str, deadline_s: float = 30.0) -> str:
        """The next line that begins with `beginning`; everything before it is kept in `said`."""

        def look() -> str | None:
            while not self._lines.empty():
                got = self._lines.get()
                self.said.append(got)
                if got.startswith(beginning):
                    return got
            assert self._child.poll() is None or not self._lines.empty(), self._ended()
            return None

        return until(look, f"“{beginning}” from {self.name}", deadline_s)

    def _ended(self) -> str:
        self._reader.join(2)
        self.told()
        return f"{self.name} ended with {self._child.poll()}:\n" + "\n".join(self.said[-40:])

    def tell(self, line: str) -> None:
        """Write one line to the child's input."""
        assert self._child.stdin is not None
        self._child.stdin.write(line + "\n")
        self._child.stdin.flush()

    def send(self, number: signal.Signals) -> None:
        """Such as SIGSTOP: frozen, as by a closed lid."""
        self._child.send_signal(number)

    def freeze(self) -> None:
        """SIGSTOP, and wait until each of its threads stands: one may still be in a commit."""
        self.send(signal.SIGSTOP)
        until(partial(stands_still, self.pid), f"{self.name} to freeze")

    def stop_by_input(self, deadline_s: float = 15.0) -> int:
        """End its input and wait; returns the exit code."""
        assert self._child.stdin is not None
        self._child.stdin.close()
        code = self._child.wait(deadline_s)
        self._finish()
        return code

    def kill(self) -> None:
        """SIGKILL, as a crash or a pulled plug would."""
        self._child.kill()
        self._finish()

    def stop(self, deadline_s: float = 15.0) -> int:
        """SIGTERM and wait; returns the exit code. A child that will not end fails the test."""
        if self._ended_and_closed:
            return int(self._child.returncode)
        if self._child.poll() is None:
            self._child.send_signal(signal.SIGTERM)
        try:
            code = self._child.wait(deadline_s)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"{self.name} did not end within {deadline_s} s") from None
        self._finish()
        return code

    @property
    def _ended_and_closed(self) -> bool:
        return self._child.stdout is None or self._child.stdout.closed

    def _finish(self) -> None:
        self._child.wait(10)
        self._reader.join(10)
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                pipe.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._child.poll() is None:
            self.stop()
        else:
            self._finish()


def stands_still(pid: int) -> bool:
    """Whether a process that was stopped does nothing more, in any of its threads."""
    try:
        stats = [task.read_text() for task in Path(f"/proc/{pid}/task").glob("*/stat")]
    except FileNotFoundError:  # a thread that has just ended
        return False
    # Behind the name, which may hold anything, stands the state.
    return bool(stats) and all(stat.rpartition(")")[2].split()[0] == "T" for stat in stats)


def orderbell(*arguments: str, env: dict[str, str] | None = None, name: str = "") -> Process:
    """A running `orderbell …`."""
    return Process([sys.executable, "-m", "pos_app", *arguments], env=env, name=name)


def ask(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """One finished `orderbell …` with its output."""
    return subprocess.run(
        [sys.executable, "-m", "pos_app", *arguments],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
