"""What a service manager tells the site by its environment, and what it is told.

The names are systemd's (`systemd.exec(5)`, `sd_notify(3)`). A container sets the same two, so that
there is one way to hand over a folder and a key.
"""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from pathlib import Path

KEY_NAME = "site-key"


def state_folder() -> Path | None:
    """The folder that the service manager has made for this site."""
    # Several folders may be named, with colons between: ours is the first.
    first = os.environ.get("STATE_DIRECTORY", "").partition(":")[0]
    return Path(first) if first else None


def given_key() -> Path | None:
    """The file with the key that seals link keys, where it was handed over as a credential."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY", "")
    return Path(folder) / KEY_NAME if folder else None


def tell_ready() -> None:
    """Say that requests are accepted from now on, to whoever waits for it."""
    name = os.environ.get("NOTIFY_SOCKET", "")
    if not name.startswith(("/", "@")):
        return
    # An "@" stands for the abstract name space, in which names begin with a zero byte.
    address = "\0" + name[1:] if name.startswith("@") else name
    kind = socket.SOCK_DGRAM | socket.SOCK_CLOEXEC
    # Who has stopped listening is no reason not to serve.
    with socket.socket(socket.AF_UNIX, kind) as told, suppress(OSError):
        told.connect(address)
        told.sendall(b"READY=1")
