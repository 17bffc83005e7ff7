"""Copies of the site's database in one folder, named by when they were made, the old ones dropped.

Only files that carry such a name are ever removed: whatever else lies there is somebody's own.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pos_app.clock import SECOND_MS, Instant

_NAME = re.compile(r"site-\d{4}-\d\d-\d\dT\d{6}Z\.sqlite")


def dated(folder: Path, now: Instant) -> Path:
    """The name of a copy that is made now, to the second; the next free one after another's.

    An update that begins in the second of the nightly copy makes its own all the same.
    """
    made_at = datetime.fromtimestamp(now / SECOND_MS, UTC)
    while (file := folder / f"site-{made_at:%Y-%m-%dT%H%M%SZ}.sqlite").exists():
        made_at += timedelta(seconds=1)
    return file


def drop_all_but(keep: int, folder: Path) -> list[Path]:
    """Remove the oldest copies until `keep` (one or more) are left; what was removed."""
    copies = sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))
    old = copies[:-keep]
    for path in old:
        path.unlink(missing_ok=True)
    return old
