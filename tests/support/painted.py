"""Every text that a window really draws, also those that widgets paint by hand.

The window is drawn as SVG, in which texts stay texts. Cards come from pictures that are painted
once, so they are asked for their pieces (`tests.support.cards`).
"""

from __future__ import annotations

from xml.etree import ElementTree

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

_TEXT = "{http://www.w3.org/2000/svg}text"
ELLIPSIS = "…"


def painted(window: QWidget) -> list[str]:
    """What is drawn, in the order of drawing; one text per row of a wrapped one."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    drawing = QSvgGenerator()
    drawing.setOutputDevice(buffer)
    drawing.setSize(window.size())
    drawing.setViewBox(QRect(0, 0, window.width(), window.height()))
    window.render(drawing)
    buffer.close()
    root = ElementTree.fromstring(bytes(data.data()))
    texts = ("".join(found.itertext()).strip() for found in root.iter(_TEXT))
    return [text for text in texts if text]


def cut_off(texts: list[str], whole: list[str], entered: frozenset[str]) -> list[str]:
    """Those of `texts` that were cut with an ellipsis.

    `whole` are texts that end with one because somebody wrote it. Of what people `entered` a
    long name may be cut: it is whole in the details.
    """
    return [
        text
        for text in texts
        if text.endswith(ELLIPSIS)
        and not any(text in known for known in whole)
        and not any(known.startswith(text[:-1]) for known in entered)
    ]
