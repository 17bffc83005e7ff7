"""A bundle where somebody has put it: a folder with a space and Cyrillic in its name, read-only."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

NOBODY = 65534
SHOP = Path(".local/share/orderbell")


class Installed:
    """One user with an empty home, who may write there and nowhere else; no bus, no variables."""

    def __init__(self, bundle: Path, room: Path) -> None:
        self.folder = room / "Ресторан № 1" / "orderbell"
        shutil.copytree(bundle, self.folder, symlinks=True)
        self.program = self.folder / "orderbell"
        self.home, self.temporary = room / "home", room / "tmp"
        self.practice = self.home / SHOP / "practice"
        for folder in (self.home, self.temporary):
            folder.mkdir()
        room.chmod(0o755)
        self._before = _state(self.folder)
        for path in (self.folder, *self.folder.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode & ~0o222)
        if os.geteuid() == 0:
            for folder in (self.home, self.temporary):
                os.chown(folder, NOBODY, NOBODY)

    def environment(self, display: str = "") -> dict[str, str]:
        found = {"HOME": str(self.home), "TMPDIR": str(self.temporary), "PATH": "/usr/bin:/bin"}
        return found | {"LANG": "C.UTF-8"} | ({"DISPLAY": display} if display else {})

    def command(self, *words: str) -> list[str]:
        """As root, another user: modes mean nothing to root."""
        user = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        return [*(user if os.geteuid() == 0 else []), str(self.program), *words]

    def run(self, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*words),
            env=self.environment(),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def said(self, *words: str, stdin: str = "") -> str:
        """What a command of the practice shop answers. AssertionError when it is refused."""
        done = self.run(*words, "--data", str(self.practice), stdin=stdin)
        assert done.returncode == 0, f"{' '.join(words)}: {done.stdout}{done.stderr}"
        return done.stdout

    def order(self, number: str) -> dict[str, Any]:
        return dict(json.loads(self.said("order", "show", number)))

    def changed(self) -> list[str]:
        """What is not in the program's folder as it was."""
        after = _state(self.folder)
        names = sorted(self._before.keys() | after.keys())
        return [name for name in names if self._before.get(name) != after.get(name)]

    def written_elsewhere(self) -> list[str]:
        """What lies in home and temporary folder beside the shop's own data."""
        found = [path for path in self.temporary.rglob("*") if not path.is_dir()]
        found += [path for path in self.home.rglob("*") if not path.is_dir()]
        ours = self.home / SHOP
        return sorted(str(path) for path in found if ours not in path.parents)


def _state(folder: Path) -> dict[str, str]:
    """Every file's content, every link's target."""
    return {
        str(path.relative_to(folder)): str(path.readlink())
        if path.is_symlink()
        else hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_symlink() or path.is_file()
    }
