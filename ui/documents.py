"""The first-hour documents as pages: on the screen, and as a PDF to print and hand out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF, QUrl
from PySide6.QtGui import (
    QFont,
    QImage,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextDocument,
)

from pos_app.errors import BadInput
from pos_app.fonts import FAMILY
from pos_app.paths import resources
from ui.new_file import write_new_bytes

NAMES = ("owner", "cashier", "kitchen", "courier")
_POINTS, _MARGIN_MM, _PDF_DPI = 10, 16, 300
_SCREEN_DPI = 96
_PICTURE_SHARE = 0.62
_MOST_COPIES = 99


class Document(QTextDocument):
    """One document in one language, in letters of so many points.

    Its pictures are at most `picture_px` wide.
    """

    def __init__(self, name: str, language: str, picture_px: int, points: int) -> None:
        super().__init__()
        self._folder = resources() / "documents" / language
        self._picture_px = picture_px
        self.setDefaultFont(QFont(FAMILY, points))
        self.setMarkdown((self._folder / f"{name}.md").read_text(encoding="utf-8"))

    def loadResource(self, type: int, name: QUrl | str) -> object:  # noqa: A002 (Qt's name)
        place = name if isinstance(name, str) else name.toString()
        picture = QImage(str(self._folder / place))
        # Taken at twice the size at which it is read.
        width = min(picture.width() // 2, self._picture_px)
        picture.setDevicePixelRatio(picture.width() / width if width else 1)
        return picture


def pdf(name: str, language: str) -> bytes:
    """The document on A4. Paints, so it takes a moment: off the UI thread."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setCreator("Orderbell")
    writer.setResolution(_PDF_DPI)
    margins = QMarginsF(*(_MARGIN_MM,) * 4)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            margins,
            QPageLayout.Unit.Millimeter,
        )
    )
    paper = writer.pageLayout().paintRectPixels(_SCREEN_DPI).size()
    document = Document(name, language, round(paper.width() * _PICTURE_SHARE), _POINTS)
    # Pages of its own: else Qt adds wide margins to those of the paper.
    document.setDocumentMargin(0)
    document.setPageSize(QSizeF(paper))
    document.print_(writer)
    del writer
    return bytes(buffer.data().data())


def save_pdf(name: str, language: str, folder: Path, title: str) -> Path:
    """A new file in `folder`; numbered where there is one. Raises BadInput when it cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(
            "file", "The file cannot be written", "{reason}.", reason=error.strerror or ""
        ) from error
    made = pdf(name, language)
    return _first_free(folder, title, lambda path: write_new_bytes(path, made))


def _first_free(folder: Path, title: str, write: Callable[[Path], None]) -> Path:
    for no in range(1, _MOST_COPIES):
        path = folder / (f"{title}.pdf" if no == 1 else f"{title} ({no}).pdf")
        if not path.exists():
            write(path)
            return path
    raise BadInput("file", "There is a file of this name already", hint="Choose another name.")
