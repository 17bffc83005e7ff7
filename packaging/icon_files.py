"""The program's icon as the files that desktops want, drawn from one SVG.

Run by the bundle's own Python, which has Qt and Pillow: icon_files.py FOLDER.
"""

from __future__ import annotations

import sys
from pathlib import Path

from steps import ROOT

SOURCE = ROOT / "resources" / "web" / "assets" / "icon.svg"
SIZES_PX = (16, 22, 24, 32, 48, 64, 128, 256, 512, 1024)
ICO_PX = (16, 24, 32, 48, 64, 256)


def draw(folder: Path) -> None:
    """Write N.png for each size, orderbell.ico (Windows) and orderbell.icns (macOS)."""
    from PIL import Image
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    folder.mkdir(parents=True, exist_ok=True)
    drawing = QSvgRenderer(str(SOURCE))
    for size in SIZES_PX:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        drawing.render(painter)
        painter.end()
        if not image.save(str(folder / f"{size}.png")):
            raise OSError(f"{folder} cannot be written")
    pictures = {size: Image.open(folder / f"{size}.png") for size in SIZES_PX}
    smaller = [pictures[size] for size in ICO_PX]
    smaller[-1].save(
        folder / "orderbell.ico", sizes=[(p, p) for p in ICO_PX], append_images=smaller[:-1]
    )
    pictures[1024].save(
        folder / "orderbell.icns",
        append_images=[pictures[size] for size in (16, 32, 64, 128, 256, 512)],
    )


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
