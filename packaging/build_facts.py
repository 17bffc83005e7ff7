"""What a build says of itself: version, commit and day; pos_app/build_facts.py reads it back."""

from __future__ import annotations

import datetime
import json
import os
import subprocess
from pathlib import Path

from steps import ROOT, version


def write(file: Path) -> None:
    """`{"version": …, "commit": …, "built_on": …}`."""
    facts = {
        "version": version(),
        "commit": commit(),
        "built_on": built_at().date().isoformat(),
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(facts), encoding="utf-8")


def built_at() -> datetime.datetime:
    """Now; SOURCE_DATE_EPOCH (seconds) stands for it where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    now = datetime.datetime.now(datetime.UTC)
    return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC) if epoch else now


def commit() -> str:
    """Short, with a `+` where files differ from it; empty outside a clone."""
    found = _git("rev-parse", "--short=10", "HEAD")
    return f"{found}+" if found and _git("status", "--porcelain") else found


def _git(*words: str) -> str:
    try:
        done = subprocess.run(
            ["git", *words], cwd=ROOT, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
