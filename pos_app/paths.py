"""Where things lie: shipped resources, and the folder that holds one shop's data."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs


def resources() -> Path:
    """Folder of what ships with the program (beside the packages, or inside a bundle)."""
    frozen = getattr(sys, "_MEIPASS", None)
    base = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    return base / "resources"


def default_data_folder(practice: bool = False) -> Path:
    """The user's own data folder; the practice shop has a folder of its own."""
    base = Path(platformdirs.user_data_dir("orderbell", appauthor=False))
    return base / ("practice" if practice else "shop")


def make_private_folder(folder: Path) -> Path:
    """Create `folder` for this user only (0700 where the platform knows modes)."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def store_file(data: Path) -> Path:
    return data / "store.sqlite"


def mark_file(data: Path) -> Path:
    """How far the store had come, kept beside it."""
    return data / "last-saved"


def site_file(data: Path) -> Path:
    """Database of the site that this till serves itself: beside the store, never inside it."""
    return data / "site.sqlite"


def lock_file(data: Path, stem: str, generation: int) -> Path:
    """The lock of one generation of a lease. The first has the name that older programs know."""
    return data / (f"{stem}.lock" if generation == 1 else f"{stem}-{generation}.lock")


def beat_file(data: Path, stem: str, generation: int) -> Path:
    """Where the holder of that lock shows that it lives."""
    return data / f"{stem}-{generation}.beat"


def clock_file(data: Path) -> Path:
    """What time it is by this computer's boot time."""
    return data / "clock.json"


def keys_folder(data: Path) -> Path:
    return data / "keys"


def logs_folder(data: Path) -> Path:
    return data / "logs"


def crashes_folder(data: Path) -> Path:
    """Reports of bugs, beside the logs."""
    return data / "crashes"


def licences_file() -> Path:
    """The licences of everything that ships, made by the set-up."""
    return resources() / "licences.json"


def is_private(path: Path) -> bool:
    """True when only this user can read `path` (always true where modes mean nothing)."""
    if os.name == "nt":
        return True
    status = path.lstat()
    return status.st_uid == os.getuid() and not status.st_mode & 0o077
