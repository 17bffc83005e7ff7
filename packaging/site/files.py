"""Where the parts of a host's site lie, on this machine or below a folder taken for its root."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from release import Stopped

USER = "orderbell-site"
KEY_BYTES = 32


@dataclass(frozen=True)
class Places:
    """Paths below `root`; what stands *in* the files names them as on a machine of its own."""

    root: Path = Path("/")

    @property
    def program(self) -> Path:
        return self.root / "opt/orderbell-site"

    @property
    def current(self) -> Path:
        """A link to the release that is served."""
        return self.program / "current"

    @property
    def settings(self) -> Path:
        return self.root / "etc/orderbell-site"

    @property
    def key(self) -> Path:
        return self.settings / "site-key"

    @property
    def data(self) -> Path:
        return self.root / "var/lib/orderbell-site"

    @property
    def backups(self) -> Path:
        return self.root / "var/backups/orderbell-site"

    @property
    def challenges(self) -> Path:
        """What a certificate authority asks for, served over plain http."""
        return self.root / "var/lib/orderbell-acme"

    @property
    def units(self) -> Path:
        return self.root / "etc/systemd/system"

    @property
    def command(self) -> Path:
        return self.root / "usr/local/sbin/orderbell-site"

    @property
    def nginx(self) -> Path:
        return self.root / "etc/nginx/conf.d"


def place(file: Path, content: str, mode: int = 0o644) -> bool:
    """Have `file` say `content`, exchanged in one step; whether it said something else before."""
    if file.is_file() and file.read_text("utf-8") == content:
        file.chmod(mode)
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")
    part.write_text(content, encoding="utf-8")
    part.chmod(mode)
    part.replace(file)
    return True


def make_key(file: Path) -> bool:
    """Have a key that only its owner reads; whether it was made now. Raises Stopped.

    One that is there stays: without it the site's database proves no link.
    """
    file.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    if file.exists():
        if file.stat().st_size != KEY_BYTES:
            raise Stopped(
                f"{file} is no key: it must have {KEY_BYTES} bytes. Put the right one back"
            )
        file.chmod(0o600)
        return False
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as key:
        key.write(secrets.token_bytes(KEY_BYTES))
        key.flush()
        os.fsync(key.fileno())
    return True


def point(link: Path, target: str) -> None:
    """Have the symbolic link `link` lead to `target`, exchanged in one step."""
    part = link.with_name(f".{link.name}.part")
    part.unlink(missing_ok=True)
    part.symlink_to(target)
    part.replace(link)
