"""Processes that begin already knowing the program, for trials that need one process after another.

A till spends most of a short life importing. Here one interpreter imports a module once, and
forks for each run: what runs is a process of its own, which may be killed like any other. Run as
`python -m tests.support.nursery MODULE`; it takes one JSON line a run and answers how that ended.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import traceback
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Ended:
    """How one run ended. `returncode` is negative where a signal ended it."""

    returncode: int
    stdout: str
    stderr: str


class Nursery:
    """Runs `main()` of one module again and again, one run at a time."""

    def __init__(self, module: str) -> None:
        self._parent = subprocess.Popen(
            [sys.executable, "-m", "tests.support.nursery", module],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
            start_new_session=True,
        )

    def run(self, *arguments: str, timeout_s: float) -> Ended:
        """One run with `arguments`. Raises AssertionError when it takes longer than allowed."""
        with tempfile.NamedTemporaryFile() as out, tempfile.NamedTemporaryFile() as err:
            asked = {"arguments": arguments, "out": out.name, "err": err.name}
            overdue = threading.Timer(timeout_s, self._end)
            overdue.start()
            try:
                _pipe(self._parent.stdin).write(json.dumps(asked) + "\n")
                answer = _pipe(self._parent.stdout).readline()
            finally:
                overdue.cancel()
                overdue.join()
            said = out.read().decode(), err.read().decode()
        assert answer, f"{' '.join(arguments)} did not end within {timeout_s:.0f} s: {said}"
        return Ended(int(answer), *said)

    def _end(self) -> None:
        """The interpreter and whatever it has running; they are a session of their own."""
        os.killpg(self._parent.pid, 9)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for pipe in (self._parent.stdin, self._parent.stdout):
            _pipe(pipe).close()
        self._parent.wait(10)


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


def main() -> None:
    module = importlib.import_module(sys.argv[1])
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if not child:
            sys.argv[1:] = asked["arguments"]
            os._exit(_live(module.main, asked["out"], asked["err"]))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _live(work: object, out: str, err: str) -> int:
    for number, path in ((1, out), (2, err)):
        written = os.open(path, os.O_WRONLY)
        os.dup2(written, number)
        os.close(written)
    try:
        assert callable(work)
        work()
    except SystemExit as ended:
        return int(ended.code or 0)
    except BaseException:  # noqa: BLE001 - told as an interpreter tells it
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


if __name__ == "__main__":
    main()
