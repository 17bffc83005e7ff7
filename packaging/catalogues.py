"""Texts: every .po under resources/locale is compiled by Babel into the .mo that gettext reads."""

from __future__ import annotations

from pathlib import Path

from steps import PYTHON, ROOT, call, say

LOCALE = ROOT / "resources" / "locale"


def ensure(python: Path = PYTHON) -> None:
    """Compile what is older than its source; nothing is started when all are fresh."""
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        if not _fresh(source):
            say(f"texts: {source.relative_to(ROOT)}")
            _compile(source, python)


def _fresh(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns


def _compile(source: Path, python: Path) -> None:
    compiled = source.with_suffix(".mo")
    # Into a file of its own first: a running till never reads half a catalogue.
    unfinished = compiled.with_suffix(".part")
    babel: list[str | Path] = [python, "-m", "babel.messages.frontend", "compile"]
    call(f"compiling {source.relative_to(ROOT)}", [*babel, "-i", source, "-o", unfinished])
    unfinished.replace(compiled)
