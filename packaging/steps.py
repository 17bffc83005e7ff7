"""One line per step, one sentence per failure: how the parts of dev.py speak and call programs."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
LOG = BUILD / "setup.log"
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if sys.platform == "win32" else "bin")
PYTHON = SCRIPTS / ("python.exe" if sys.platform == "win32" else "python")
REQUIREMENTS = ROOT / "packaging" / "requirements"
NODE_TOOLS = ROOT / "tests" / "support" / "node"

_CAUSES = (
    (
        "DO NOT MATCH THE HASHES",
        "a downloaded file does not match its pinned hash; nothing of it is used",
    ),
    ("hashes are required", "a requirement has no pinned hash; pin again with: dev.py lock"),
    ("No space left on device", "the disk is full"),
    ("EINTEGRITY", "a downloaded file does not match its pinned hash; nothing of it is used"),
    ("ENOSPC", "the disk is full"),
    ("Temporary failure in name resolution", "no network: a host name could not be resolved"),
    ("Name or service not known", "no network: a host name could not be resolved"),
    ("Temporary failure resolving", "no network: a host name could not be resolved"),
    ("ENOTFOUND", "no network: a host name could not be resolved"),
    ("EAI_AGAIN", "no network: a host name could not be resolved"),
    ("Network is unreachable", "no network"),
    ("ECONNREFUSED", "no network: the package server refused the connection"),
    ("Connection refused", "no network: the package server refused the connection"),
    ("Could not connect", "no network: the package server does not answer"),
    ("NewConnectionError", "no network: the package server cannot be reached"),
    ("ReadTimeoutError", "the package server does not answer in time"),
    ("CERTIFICATE_VERIFY_FAILED", "the package server's certificate is not trusted here"),
    ("Could not get lock", "another package installation is running; try again when it is done"),
    ("Permission denied", "permission denied"),
    ("requires a different Python", "a pinned package does not support this Python"),
    ("No matching distribution", "a pinned package is not offered for this system, or no network"),
)

# The set-up's lock, while it is held: pip and npm inherit it, so that one that outlives a killed
# dev.py still keeps the next set-up waiting.
held_locks: list[int] = []


class Stopped(Exception):
    """The set-up cannot go on; the text says why and what to do."""


def version() -> str:
    """Orderbell's own, as pyproject.toml has it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def say(text: str) -> None:
    """One line on the screen, at once."""
    # With its end in one piece: two steps at once would share a line.
    print(f"dev.py: {text}\n", end="", flush=True)


def call(step: str, command: Sequence[str | Path], *, folder: Path = ROOT) -> str:
    """Run one program quietly, keep what it said in build/setup.log and return it.

    Raises Stopped naming `step` and, where it can be told, the cause.
    """
    done = attempt(command, folder=folder)
    if done.returncode != 0:
        raise Stopped(explain(step, done))
    return done.stdout


def attempt(
    command: Sequence[str | Path], *, folder: Path = ROOT, inherit_lock: bool = True
) -> subprocess.CompletedProcess[str]:
    """Like `call`, but the caller looks at the exit code."""
    words = [str(word) for word in command]
    BUILD.mkdir(exist_ok=True)
    try:
        done = subprocess.run(
            words,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            pass_fds=held_locks if inherit_lock else (),
        )
    except FileNotFoundError:
        done = subprocess.CompletedProcess(words, 127, f"{words[0]}: not found\n")
    # A full disk must not hide what the program said.
    with contextlib.suppress(OSError), LOG.open("a", encoding="utf-8") as log:
        log.write(f"$ {' '.join(words)}\n{done.stdout}exit {done.returncode}\n")
    return done


def explain(step: str, done: subprocess.CompletedProcess[str]) -> str:
    """What went wrong in one sentence, the last lines of the output, and where all of it is."""
    cause = next((sentence for mark, sentence in _CAUSES if mark in done.stdout), "")
    lines = [line for line in done.stdout.splitlines() if line.strip()]
    telling = [line for line in lines if "error" in line.lower() and "note:" not in line]
    said = "".join(f"\n  | {line.strip()[:200]}" for line in (telling or lines)[-3:])
    reason = cause or f"exit code {done.returncode}"
    return f"{step} failed: {reason}{said}\n  All of it: {LOG.relative_to(ROOT)}"
