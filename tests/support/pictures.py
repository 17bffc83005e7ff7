"""Pictures of every screen as it runs, to be looked at: `python -m tests.support.pictures all`.

Single groups too: first_start counter who orders dispatch catch_up close_day put_back reports
settings menu board kitchen bar guest trouble paper.

--to FOLDER       where the PNG files go (default: build/pictures)
--language CODE   only one of en and uk
--scale N         device pixels per pixel, such as 1.5; more than one takes the smaller size only
--monitor WxH     fill a monitor of so many device pixels, whatever the scale leaves of it
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("en", "uk")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("what", nargs="+")
    parser.add_argument("--to", type=Path, default=ROOT / "build" / "pictures")
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    parser.add_argument("--scale", type=float, default=1.0, help="device pixels per pixel")
    parser.add_argument("--monitor", type=_pixels, help="its device pixels, such as 1920x1080")
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = str(chosen.scale)
    chosen.to.mkdir(parents=True, exist_ok=True)
    from PySide6.QtWidgets import QApplication

    from tests.support.pictures_all import GROUPS
    from ui.dressing import dress

    unknown = set(chosen.what) - {"all", "paper", *GROUPS}
    if unknown:
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    application = QApplication([])
    dress()
    wanted = [*GROUPS, "paper"] if "all" in chosen.what else chosen.what
    for language in chosen.language or LANGUAGES:
        for group in wanted:
            for file in _take(group, language, chosen.to, chosen.scale, chosen.monitor):
                print(file, flush=True)
    application.quit()
    return 0


def _pixels(said: str) -> tuple[int, int]:
    """`1920x1080` as two numbers."""
    wide, high = said.split("x")
    return int(wide), int(high)


def _take(
    group: str, language: str, to: Path, scale: float, monitor: tuple[int, int] | None
) -> Iterator[Path]:
    from PySide6.QtCore import QSize

    from tests.support.pictures_all import GROUPS
    from tests.support.pictures_paper import paper
    from tests.support.pictures_stage import SIZES, SMALL, show

    if group == "paper":
        for name, png in paper(language):
            file = to / f"{language}-{name}.png"
            file.write_bytes(png)
            yield file
        return
    sizes = SIZES if scale == 1 else (SMALL,)
    if monitor is not None:
        sizes = (QSize(int(monitor[0] / scale), int(monitor[1] / scale)),)
    at_scale = "" if scale == 1 else f"@{scale:g}"
    with tempfile.TemporaryDirectory() as folder:
        for scene in GROUPS[group](Path(folder), language):
            for size in reversed(sizes):
                # The smaller size last: a scene goes on from there.
                show(scene, size)
                file = to / f"{language}-{size.width()}-{scene.name}{at_scale}.png"
                scene.window.grab().save(str(file))
                yield file
            # A hand that goes on from here touches what it can see.
            show(scene, SMALL)


if __name__ == "__main__":
    sys.exit(main())
