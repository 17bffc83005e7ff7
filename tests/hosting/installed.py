"""A host's site as `host.py` installs it, below a folder, from the files that an image gets.

The unit's own command line is started with what systemd would give it: settings, folder, key, and
a socket on which it says that it serves. There is no systemd here to do that.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.hosting.proxies import HERE, NAME, Proxy, certificate, nginx
from tests.hosting.shipped import SITE, files
from tests.support.ports import free_port
from tests.support.processes import Process
from tests.support.sources import ROOT

UNIT = "orderbell-site.service"
_IGNORED = shutil.ignore_patterns("__pycache__", "*.mo")
# What this test run was told must not reach what a host has.
BARE = {"PYTHONPATH": "", "COVERAGE_PROCESS_START": ""}


@dataclass(frozen=True)
class Installed:
    """Everything below `places.root`; `ports` are those of http, https and the site."""

    source: Path
    places: files.Places
    ports: tuple[int, int, int]
    pem: Path
    said: str

    @property
    def program(self) -> Path:
        return self.places.current / "bin" / "orderbell"

    @property
    def python(self) -> Path:
        return self.places.current / "bin" / "python"

    def host(self, *more: str) -> str:
        """`host.py` once more, as on the first day; what it says."""
        return _host(self.source, self.places.root, self.ports, self.pem, *more)

    def command(self, unit: str) -> list[str]:
        """The unit's ExecStart, with its settings, below this root."""
        text = (self.places.units / unit).read_text("utf-8")
        (line,) = re.findall(r"^ExecStart=(.*)$", text, re.MULTILINE)
        settings = dict(
            entry.split("=", 1)
            for entry in (self.places.settings / "site.conf").read_text("utf-8").splitlines()
        )
        filled = re.sub(r"\$\{(\w+)\}", lambda found: settings[found[1]], line)
        return [self._below(word) for word in shlex.split(filled)]

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`orderbell-site …`: the command for people, as this user and below this root."""
        script = self.places.command.read_text("utf-8")
        mine = self.places.root / "orderbell-site"
        user = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True)
        script = script.replace("user=orderbell-site\n", f"user={user.stdout}")
        assigned = re.compile(r"=(/\S+)$", re.MULTILINE)
        mine.write_text(assigned.sub(lambda found: f"={self._below(found[1])}", script))
        return subprocess.run(
            ["sh", str(mine), *words],
            env={**os.environ, **BARE},
            capture_output=True,
            text=True,
            check=False,
        )

    @contextmanager
    def served(self, credentials: Path, *before: str) -> Iterator[Process]:
        """The site, once it has said that it is ready; started by `before`, such as a tracer."""
        credentials.mkdir(mode=0o700, exist_ok=True)
        handed = credentials / "site-key"
        handed.unlink(missing_ok=True)
        shutil.copyfile(self.places.key, handed)
        handed.chmod(stat.S_IRUSR)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
            # By a free abstract name: a path may be too long for a socket.
            told.bind("")
            told.settimeout(30)
            environment = {
                **BARE,
                "STATE_DIRECTORY": str(self.places.data),
                "CREDENTIALS_DIRECTORY": str(credentials),
                "NOTIFY_SOCKET": "@" + str(told.getsockname()[1:], "ascii"),
                "HOME": "/nonexistent",
            }
            command = [*before, *self.command(UNIT)]
            with Process(command, env=environment, name="site") as site:
                try:
                    assert told.recv(100) == b"READY=1"
                except TimeoutError:
                    raise AssertionError(f"the site is not ready: {site.told()}") from None
                yield site

    @contextmanager
    def proxied(self, folder: Path) -> Iterator[Proxy]:
        with nginx(folder, self.places.nginx, self.ports) as running:
            yield running

    def _below(self, word: str) -> str:
        return f"{self.places.root}{word}" if word.startswith(("/opt/", "/var/", "/etc/")) else word


def install(folder: Path) -> Installed:
    """What the Containerfile copies, with the host's own scripts, installed by the one command."""
    source, root = folder / "source", folder / "root"
    for taken in copied():
        target = source / taken
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / taken).is_dir():
            shutil.copytree(ROOT / taken, target, ignore=_IGNORED)
        else:
            shutil.copy(ROOT / taken, target)
    shutil.copytree(SITE, source / "packaging/site", ignore=_IGNORED, dirs_exist_ok=True)
    http, https, site = (free_port() for _ in range(3))
    pem = certificate(folder)
    said = _host(source, root, (http, https, site), pem)
    return Installed(source, files.Places(root), (http, https, site), pem, said)


def copied() -> list[str]:
    """Every path that the Containerfile's first stage copies from the project."""
    text = (SITE / "Containerfile").read_text("utf-8")
    lines = re.findall(r"^COPY (?!--)(.*)$", text, re.MULTILINE)
    return [word for line in lines for word in line.split()[:-1]]


def _host(source: Path, root: Path, ports: tuple[int, int, int], pem: Path, *more: str) -> str:
    http, https, site = (str(port) for port in ports)
    command = [
        sys.executable, str(source / "packaging/site/host.py"), NAME, "--root", str(root),
        "--certificate", str(pem), "--certificate-key", str(pem), "--address", HERE,
        "--http-port", http, "--https-port", https, "--site-port", site, *more,
    ]  # fmt: skip
    environment = {**os.environ, **BARE}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
