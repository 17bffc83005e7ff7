"""The shipped font, for screens and slips: it loads, and has every letter of our languages."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.desk.setup import Setup
from pos_app.doctor.finding import Code, Finding, off, trouble, well
from pos_app.errors import Phrase
from pos_app.lanes.shop import OpenShop

SIGNS = "AaZz0189ҐґЄєІіЇїЖжЩщЮюЯя₴№’“”–×"
_INSTALL = Phrase("Install Orderbell again: its folder of fonts is not whole.")


def fonts(_shop: OpenShop, _setup: Setup) -> Iterator[Finding]:
    """Nothing to look at where no window and no slip can be painted."""
    try:
        from pos_app.fonts import FAMILY, missing_signs
        from pos_app.receipts.paint.application import ensure_application
    except ImportError:
        yield off("fonts", Phrase("Nothing is painted here: Qt is not installed."))
        return
    ensure_application()
    try:
        missing = missing_signs(SIGNS)
    except RuntimeError:
        yield trouble("fonts", Phrase("The shipped font does not load."), _INSTALL)
        return
    if missing:
        words = Phrase("{family} lacks these letters: {signs}")
        yield trouble("fonts", words, _INSTALL, family=Code(FAMILY), signs=Code(missing))
    else:
        words = Phrase("{family} loads, with Cyrillic, for screens and slips")
        yield well("fonts", words, family=Code(FAMILY))
