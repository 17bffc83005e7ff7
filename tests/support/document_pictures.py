"""The pictures of the first-hour documents: `python -m tests.support.document_pictures`.

Scenes of the real window, slips as they are printed, and the courier's page in Chromium, in every
language. --to FOLDER writes elsewhere than `resources/documents/pictures`.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QBuffer
from PySide6.QtWidgets import QApplication, QWidget

from tests.support.pictures_all import GROUPS
from tests.support.pictures_paper import paper
from tests.support.pictures_stage import SMALL, show
from tests.support.processes import ROOT
from ui.dressing import dress

LANGUAGES = ("en", "uk")
FOLDER = ROOT / "resources" / "documents" / "pictures"
_WIDTH, _PAPER_WIDTH = 900, 380
_COLOURS = 128


@dataclass(frozen=True, slots=True)
class Wanted:
    """One picture of a document: a scene of a group, `part` of it as shares of its sides."""

    name: str
    group: str
    scene: str
    part: tuple[float, float, float, float] = (0, 0, 1, 1)


WANTED = (
    Wanted("first-start", "first_start", "first-start-printer"),
    Wanted("channels", "settings", "settings-channels-none"),
    Wanted("counter", "counter", "counter"),
    Wanted("placed", "counter", "counter-placed"),
    Wanted("kitchen", "kitchen", "kitchen-1.5m"),
)
_SLIP = "delivery-80mm"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--to", type=Path, default=FOLDER)
    to = parser.parse_args().to
    to.mkdir(parents=True, exist_ok=True)
    app = QApplication(["pictures"])
    dress()
    for language in LANGUAGES:
        for name, picture in _scenes(language):
            _keep(picture, to / f"{language}-{name}.png", _WIDTH)
        slip = next(png for name, png in paper(language) if name.endswith(_SLIP))
        _keep(Image.open(BytesIO(slip)), to / f"{language}-courier-slip.png", _PAPER_WIDTH)
        page = Image.open(BytesIO(_courier_page(language)))
        _keep(page, to / f"{language}-courier-page.png", _PAPER_WIDTH)
    del app
    return 0


def _scenes(language: str) -> Iterator[tuple[str, Image.Image]]:
    for group in dict.fromkeys(one.group for one in WANTED):
        left = {one.scene: one for one in WANTED if one.group == group}
        with tempfile.TemporaryDirectory() as folder:
            for scene in GROUPS[group](Path(folder), language):
                one = left.pop(scene.name, None)
                if one is not None:
                    show(scene, SMALL)
                    yield one.name, _cut(_grabbed(scene.window), one.part)
        if left:
            raise LookupError(f"{group} has no scene {', '.join(left)}")


def _grabbed(window: QWidget) -> Image.Image:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    window.grab().save(buffer, "PNG")
    return Image.open(BytesIO(buffer.data().data()))


def _cut(picture: Image.Image, part: tuple[float, float, float, float]) -> Image.Image:
    left, top, right, bottom = part
    wide, high = picture.size
    return picture.crop(
        (round(left * wide), round(top * high), round(right * wide), round(bottom * high))
    )


def _keep(picture: Image.Image, file: Path, width: int) -> None:
    """At most `width` pixels wide and of few colours: they ship with every installation."""
    plain = picture.convert("RGB")
    if plain.width > width:
        plain = plain.resize(
            (width, round(plain.height * width / plain.width)), Image.Resampling.LANCZOS
        )
    plain.quantize(_COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


def _courier_page(language: str) -> bytes:
    from playwright.sync_api import sync_playwright

    from pos_app.clock import SystemClock
    from tests.tracking.courier import PHONE
    from tests.tracking.live import Till
    from tests.tracking.slips import hosted_site, new_slip

    with (
        tempfile.TemporaryDirectory() as folder,
        hosted_site(Path(folder) / "site.sqlite", SystemClock()) as site,
        sync_playwright() as playwright,
    ):
        till = Till()
        till.enrolled(site)
        slip = new_slip(site, till)
        slip.told()
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        phone = browser.new_page(viewport=PHONE, locale=language)
        phone.goto(slip.url)
        phone.locator("#take").click()
        phone.locator("#delivered").wait_for(state="visible")
        taken = phone.screenshot()
        browser.close()
        return taken


if __name__ == "__main__":
    raise SystemExit(main())
