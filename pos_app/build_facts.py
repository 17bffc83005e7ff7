"""Which Orderbell this is: its version, and the commit and the day it was built from.

Whoever builds a bundle, a package or an image writes them into `resources/build.json`. A source
tree has no such file; its commit is read off git's own small files, and nothing is started.

The files of a program can be replaced while it runs, by the update of a package. So it reads once
which build it is, and by the same file it knows later that another one lies there.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pos_app import __version__
from pos_app.paths import resources

NAME = "build.json"
SHORT = 10


@dataclass(frozen=True, slots=True)
class BuildFacts:
    """`commit` is short, with a `+` where files had been changed since; `built_on` an ISO date.

    Both are empty where nobody knows them: an installed package, a copy without git.
    """

    version: str
    commit: str = ""
    built_on: str = ""

    def text(self) -> str:
        """Such as `0.1.0 (dd1f7cc964, 2026-11-28)`."""
        known = ", ".join(part for part in (self.commit, self.built_on) if part)
        return f"{self.version} ({known})" if known else self.version


@cache
def build_facts() -> BuildFacts:
    """The facts of the program that runs, as they were when they were first asked for."""
    told = _told()
    return told or BuildFacts(__version__, _commit_of(Path(__file__).resolve().parents[1]))


def successor() -> BuildFacts | None:
    """The build that lies where this one was started from, if it is another.

    None where nobody can tell: in a source tree, and while files are being replaced.
    """
    running, lying = build_facts(), _told()
    return lying if running.built_on and lying != running else None


def _told() -> BuildFacts | None:
    """What the file of the build says now."""
    try:
        told = json.loads((resources() / NAME).read_text(encoding="utf-8"))
        version = str(told.get("version", __version__))
        return BuildFacts(version, str(told["commit"]), str(told["built_on"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _commit_of(tree: Path) -> str:
    """The commit that is checked out in `tree`; empty where there is none to read."""
    with suppress(OSError, UnicodeDecodeError):
        folder = _git_folder(tree / ".git")
        head = (folder / "HEAD").read_text(encoding="ascii").strip()
        kind, _, name = head.partition(" ")
        return (_named(folder, name) if kind == "ref:" else head)[:SHORT]
    return ""


def _git_folder(entry: Path) -> Path:
    """A worktree has a file there that says where its folder is."""
    if entry.is_dir():
        return entry
    said = entry.read_text(encoding="utf-8").partition("gitdir:")[2].strip()
    return entry.parent / said


def _named(folder: Path, name: str) -> str:
    """The commit of the branch `name`: a file of its own, else a line among the packed ones."""
    shared = folder / "commondir"
    if shared.exists():
        folder = folder / shared.read_text(encoding="utf-8").strip()
    own = folder / name
    if own.exists():
        return own.read_text(encoding="ascii").strip()
    for line in (folder / "packed-refs").read_text(encoding="utf-8").splitlines():
        commit, _, of = line.partition(" ")
        if of == name:
            return commit
    return ""
