"""The environment that a bundle is made in: what a shop runs on, and PyInstaller.

It stands apart from .venv, so that nothing which only tests need can slip into what people
install. A stamp written last makes the second call fast; an unfinished one is built anew.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path

from setting_up import QUIETLY
from steps import BUILD, REQUIREMENTS, call, say

FOLDER = BUILD / "bundle-venv"
PINS = REQUIREMENTS / "bundle.txt"
PYTHON = FOLDER / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
_STAMP = FOLDER / "orderbell-ready"


def ensure() -> Path:
    """Have it, and say where its Python is. Raises Stopped when it cannot be made."""
    if not is_ready():
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.parent.mkdir(exist_ok=True)
        say(f"bundle: packages of {PINS.name}")
        python = getattr(sys, "_base_executable", sys.executable)
        call("making the bundle's environment", [python, "-m", "venv", FOLDER])
        pip: list[str | Path] = [PYTHON, "-m", "pip", "install", *QUIETLY]
        call(f"installing {PINS.name}", [*pip, "--no-compile", "--require-hashes", "-r", PINS])
        _STAMP.write_text(_fingerprint(), encoding="utf-8")
    return PYTHON


def is_ready() -> bool:
    try:
        return _STAMP.read_text(encoding="utf-8") == _fingerprint() and PYTHON.exists()
    except OSError:
        return False


def _fingerprint() -> str:
    """Changes with the pins, with this Python, and when the folder was moved."""
    facts = f"{sys.version}\0{FOLDER}\0".encode()
    return hashlib.sha256(facts + PINS.read_bytes()).hexdigest()
