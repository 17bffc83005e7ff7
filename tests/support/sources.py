"""The project's own files, for tests that read sources instead of running them."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_NOT_OURS = {
    ".git", ".venv", "build", "dist", "node_modules", "__pycache__", ".pytest_cache",
    ".mypy_cache", ".ruff_cache", ".import_linter_cache", ".hypothesis",
}  # fmt: skip


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that belongs to the project: what git knows or would add."""
    listed = _asked_git()
    if listed:
        files = [ROOT / name for name in listed.split("\0") if name]
    else:
        files = [path for path in ROOT.rglob("*") if path.suffix != ".mo"]
        files = [path for path in files if _NOT_OURS.isdisjoint(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in files if path.is_file()))


def _asked_git() -> str:
    """What `git ls-files` says; empty outside a clone, without git, or when git refuses."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        return ""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True).stdout


def python_files(*folders: str) -> list[Path]:
    """Python files below these top-level folders."""
    return [
        path
        for path in tracked()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders
    ]


def name_of(path: Path) -> str:
    """How a test names a file: its path inside the project."""
    return path.relative_to(ROOT).as_posix()
