"""The folder of crash reports: one file each, for this user alone, so many and so old at most."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pos_app.clock import Instant
from pos_app.paths import make_private_folder

FORMAT = "orderbell-crash-1"
MOST = 20
OLDEST_DAYS = 30
LARGEST_BYTES = 64_000
_NAME = re.compile(r"crash-(\d{8}T\d{6}Z)-[0-9a-f]{12}\.json\Z")
_STAMP = "%Y%m%dT%H%M%SZ"


def keep(folder: Path, at: Instant, signature: str, report: Mapping[str, Any]) -> Path | None:
    """Write one report; None when it cannot be. What is too old or too many goes."""
    moment = datetime.fromtimestamp(at // 1000, UTC)
    target = folder / f"crash-{moment:{_STAMP}}-{signature}.json"
    document = json.dumps({"format": FORMAT, **report}, ensure_ascii=False, indent=1)
    try:
        make_private_folder(folder)
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        return None
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(document)
    thin(folder, at)
    return target


def found_in(folder: Path) -> list[Path]:
    """Every report, the newest first."""
    if not folder.is_dir():
        return []
    return sorted((file for file in folder.iterdir() if _NAME.match(file.name)), reverse=True)


def thin(folder: Path, now: Instant) -> None:
    """Remove the reports beyond the newest twenty, and those older than a month."""
    oldest = datetime.fromtimestamp(now // 1000, UTC) - timedelta(days=OLDEST_DAYS)
    limit = f"crash-{oldest:{_STAMP}}"
    found = found_in(folder)
    for place, file in enumerate(found):
        if place >= MOST or file.name < limit:
            with suppress(OSError):
                file.unlink()


def read(folder: Path) -> list[dict[str, Any]]:
    """What the reports say, the newest first. One that cannot be read is left out."""
    found = []
    for file in found_in(folder):
        with suppress(OSError, ValueError):
            if file.stat().st_size <= LARGEST_BYTES:
                content = json.loads(file.read_text(encoding="utf-8"))
                if isinstance(content, dict) and content.get("format") == FORMAT:
                    found.append(content)
    return found
