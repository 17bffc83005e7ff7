"""A computer with players of our own making: small programs that write down what they were told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

_PLAYS = """#!/bin/sh
printf '%s\\n' "{name} $*" >> "{log}"
{then}
"""


class Computer:
    """What is installed, and what was played: one line per call, the program's name first."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        self.bin.mkdir()
        self._log = folder / "played"
        self.fed = folder / "fed.wav"

    def install(self, name: str, then: str = "exit 0") -> None:
        """A player that does `then` (a line of sh) once it has written down its arguments."""
        program = self.bin / name
        part = self.bin / f".{name}"
        part.write_text(_PLAYS.format(name=name, log=self._log, then=then))
        part.chmod(0o755)
        part.rename(program)

    @property
    def played(self) -> list[str]:
        return self._log.read_text().splitlines() if self._log.exists() else []


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Computer:
    """A computer on which nothing but what the test installs is found."""
    folder = tmp_path / "computer"
    folder.mkdir()
    made = Computer(folder)
    monkeypatch.setenv("PATH", str(made.bin))
    return made


Wait = Callable[[Callable[[], bool]], None]
