"""Where a store's file lies, so that a copy of it is noticed when somebody opens it.

Two tills that work with copies of one store would give the same numbers and tell the same guests
different things. The store remembers which file on which computer it is; a copy, or a file that
another program has brought back, is another one. Renaming its folder changes nothing.
"""

from __future__ import annotations

import hashlib
import platform
import sys
from pathlib import Path

from sqlalchemy import Connection, select, update

from pos_app.store.tables import store

_MACHINE_IDS = ("/etc/machine-id", "/var/lib/dbus/machine-id")


def fingerprint(file: Path) -> str:
    """Hex SHA-256 of this computer and this file; nothing of either can be read from it."""
    status = file.stat()
    # Not the device's number: it may be another one after each start of the computer.
    said = f"orderbell/home\0{_machine()}\0{status.st_ino}"
    return hashlib.sha256(said.encode()).hexdigest()


def _machine() -> str:
    if sys.platform == "win32":
        import winreg

        path = r"SOFTWARE\Microsoft\Cryptography"
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, path) as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    for name in _MACHINE_IDS:
        if Path(name).is_file():
            return Path(name).read_text(encoding="ascii").strip()
    return platform.node()


def read(connection: Connection) -> str:
    """The home that the store remembers; empty when it has never been opened."""
    return str(connection.execute(select(store.c.home)).scalar_one())


def write(connection: Connection, home: str) -> None:
    connection.execute(update(store).values(home=home))
