"""The one painter of slips: a layout becomes a preview, a PDF, a PNG or dots for a print head.

The only place below `ui` that knows Qt. Works on any thread.
"""

from pos_app.receipts.paint.application import ensure_application
from pos_app.receipts.paint.sheets import paint_pieces, pdf, png, preview, raster
from pos_app.receipts.paint.typesetting import arrange

__all__ = [
    "arrange",
    "ensure_application",
    "paint_pieces",
    "pdf",
    "png",
    "preview",
    "raster",
]
