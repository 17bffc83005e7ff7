"""`run` and `test`: what happens once everything is there."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import setting_up
import tests_folder
from steps import PYTHON, ROOT, SCRIPTS, Stopped, say

# Options of the window that take a value: the word behind them is no command.
_WITH_VALUE = {"--data", "--screen", "--profile", "--station"}
_ANSWERED_WITHOUT_WINDOW = {"-h", "--help", "--version"}


def run(arguments: list[str]) -> int:
    """Open the application, or do one of its commands; replaces this process where it can."""
    setting_up.ensure("run")
    if opens_window(arguments) and not has_display(os.environ, sys.platform):
        raise Stopped(
            "there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set). Ways on:\n"
            "  .venv/bin/orderbell replay FILE                        without a window\n"
            "  QT_QPA_PLATFORM=offscreen python3 packaging/dev.py run  a window that nobody sees\n"
            "  xvfb-run python3 packaging/dev.py run                   a virtual screen"
        )
    return _become(SCRIPTS / "orderbell", arguments)


def test(arguments: list[str]) -> int:
    """Run pytest with the given arguments behind ours."""
    setting_up.ensure("test")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # The journeys start some hundred processes: each would compile the whole program again.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    tests_folder.choose(os.environ)
    os.chdir(ROOT)
    ours = ["-m", "pytest", *_spread(arguments)]
    say("tests: " + " ".join(["pytest", *ours[2:], *arguments]))
    return _become(PYTHON, [*ours, *arguments])


def opens_window(arguments: list[str]) -> bool:
    """True when these arguments carry no command word, so that the window would open."""
    skip = False
    for word in arguments:
        if skip:
            skip = False
        elif word in _WITH_VALUE:
            skip = True
        elif word in _ANSWERED_WITHOUT_WINDOW or not word.startswith("-"):
            return False
    return True


def has_display(environment: Mapping[str, str], platform: str) -> bool:
    """Whether Qt can open a window (or was told which platform to use)."""
    if not platform.startswith("linux"):
        return True
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(environment.get(name) for name in names)


def _spread(arguments: list[str]) -> list[str]:
    """Two workers, unless the caller chose or debugs.

    A third one gains a tenth of the time and costs the tests that hold somebody to two seconds.
    """
    chosen = any(word.startswith(("-n", "--numprocesses", "--dist", "--pdb")) for word in arguments)
    if chosen or "no:xdist" in arguments:
        return []
    return ["-n", str(min(2, os.cpu_count() or 1)), "--dist", "loadgroup"]


def _become(program: Path, arguments: list[str]) -> int:
    command = [str(program), *arguments]
    if not program.exists() and not program.with_suffix(".exe").exists():
        raise Stopped(f"{program.relative_to(ROOT)} is missing; remove .venv and call this again")
    sys.stdout.flush()
    if sys.platform == "win32":  # exec there returns to the shell while the program still runs
        return subprocess.run(command, check=False).returncode
    os.execv(program, command)  # noqa: S606 (no shell is the point)
