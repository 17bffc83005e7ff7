"""The set-up: system packages, .venv with pinned and hashed requirements, the project, texts.

A stamp written last makes the second call fast. What was interrupted is known by a mark inside
.venv and built anew; two set-ups at the same time wait for each other.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import sys
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import catalogues
import licence_page
import system_packages
from steps import (
    BUILD,
    LOG,
    NODE_TOOLS,
    PYTHON,
    REQUIREMENTS,
    ROOT,
    SCRIPTS,
    VENV,
    Stopped,
    attempt,
    call,
    held_locks,
    say,
)

PINS = {"run": ("desktop.txt", "build.txt"), "test": ("dev.txt",)}
QUIETLY = ("--quiet", "--no-input", "--disable-pip-version-check", "--progress-bar", "off")
STAMP = VENV / "orderbell-ready.json"
UNFINISHED = VENV / "orderbell-unfinished"


def ensure(purpose: str) -> None:
    """Have everything for `purpose` (run|test); returns at once when it is there."""
    if not _ready(purpose):
        with _alone():
            if not _ready(purpose):
                _set_up(purpose)
    catalogues.ensure()
    licence_page.ensure()


def _set_up(purpose: str) -> None:
    LOG.unlink(missing_ok=True)
    system_packages.ensure(purpose)
    _ensure_venv()
    UNFINISHED.touch()
    try:
        _install(purpose)
    except Stopped:
        # pip and npm took back what they could not finish; a killed set-up leaves the mark.
        UNFINISHED.unlink(missing_ok=True)
        raise
    UNFINISHED.unlink(missing_ok=True)
    stamp = _stamp() | {purpose: _fingerprint(purpose)}
    if purpose == "test":
        stamp["run"] = _fingerprint("run")
    STAMP.write_text(json.dumps(stamp), encoding="utf-8")


def _install(purpose: str) -> None:
    # npm waits for other servers than pip does.
    with ThreadPoolExecutor(1) as beside:
        node = beside.submit(_node_tools) if purpose == "test" else None
        _packages(purpose)
        if node is not None:
            node.result()


def _node_tools() -> None:
    say("packages: the tests' Node tools")
    call("installing the tests' Node tools", ["npm", "ci"], folder=NODE_TOOLS)


def _packages(purpose: str) -> None:
    pip: list[str | Path] = [PYTHON, "-m", "pip", "install", *QUIETLY]
    for name in PINS[purpose]:
        say(f"packages: packaging/requirements/{name}")
        call(f"installing {name}", [*pip, "--require-hashes", "-r", REQUIREMENTS / name])
    say("packages: Orderbell itself")
    call("installing Orderbell", [*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT])


def _ensure_venv() -> None:
    if VENV.exists() and not _sound():
        say(".venv: unfinished, broken or of another Python; building it anew")
        shutil.rmtree(VENV)
    if not VENV.exists():
        say(f".venv: Python {sys.version_info.major}.{sys.version_info.minor}")
        VENV.mkdir()
        UNFINISHED.touch()
        call("making .venv", [getattr(sys, "_base_executable", sys.executable), "-m", "venv", VENV])


def _sound() -> bool:
    """pip answers from this very folder, for the Python that runs this, and nothing was cut off."""
    if UNFINISHED.exists():
        return False
    answer = attempt([SCRIPTS / "pip", "--version"])
    version = f"(python {sys.version_info.major}.{sys.version_info.minor})"
    return answer.returncode == 0 and str(VENV) in answer.stdout and version in answer.stdout


def _ready(purpose: str) -> bool:
    return _stamp().get(purpose) == _fingerprint(purpose) and PYTHON.exists()


def _stamp() -> dict[str, str]:
    try:
        content = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _fingerprint(purpose: str) -> str:
    """Changes when anything changes that a set-up depends on."""
    digest = hashlib.sha256()
    files = [REQUIREMENTS / name for name in PINS[purpose]]
    files += sorted(Path(__file__).parent.glob("*.py"))
    if purpose == "test":
        files += [NODE_TOOLS / "package-lock.json"]
    for file in files:
        if not file.is_file():
            raise Stopped(
                f"{file.relative_to(ROOT)} is missing: this copy of the project is not complete"
            )
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    facts = [project["project"], project["build-system"], sys.version, str(ROOT)]
    digest.update(json.dumps(facts, sort_keys=True).encode())
    return digest.hexdigest()


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Hold the set-up's lock file; wait for another set-up of this folder."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "dev.lock").open("a+b") as file:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            _wait_for(file.fileno())
            held_locks.append(file.fileno())
        try:
            yield
        finally:
            held_locks.clear()


def _wait_for(lock: int) -> None:
    import fcntl

    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("another set-up of this folder is running; waiting for it")
        fcntl.flock(lock, fcntl.LOCK_EX)
