"""The square that takes a guest to the page: as few modules as possible, as large as sensible.

Fewer modules mean larger ones, and larger ones still read when the paper is creased or the print
head is worn. Error correction is M (15 % may be lost).
"""

from __future__ import annotations

from functools import lru_cache

QUIET_MODULES = 4
SMALLEST_MODULE_DOTS = 4
"""0.5 mm at eight dots to the millimetre: what a phone reads from a hand's distance."""

_LARGEST_MODULE_DOTS = 8
_SHARE_OF_WIDTH = 0.62
# Splitting a text into runs of digits, letters and bytes helps or hurts by its length: try both.
_SPLITS = (0, 4, 20)

Matrix = tuple[tuple[bool, ...], ...]


@lru_cache(maxsize=64)
def matrix(content: str) -> Matrix:
    """Rows of modules, True is dark, with the quiet zone of four modules around them.

    Raises ValueError when no QR code holds `content`.
    """
    import qrcode
    from qrcode.exceptions import DataOverflowError

    found = []
    for split in _SPLITS:
        code = qrcode.QRCode(
            error_correction=qrcode.ERROR_CORRECT_M, border=QUIET_MODULES, box_size=1
        )
        try:
            code.add_data(content, optimize=split)
            code.make(fit=True)
        except DataOverflowError as error:
            raise ValueError("too long for a QR code") from error
        found.append(code)
    smallest = min(found, key=lambda code: int(code.version))
    return tuple(tuple(bool(module) for module in row) for row in smallest.get_matrix())


def module_dots(modules: int, width_dots: int) -> int | None:
    """Whole printer dots per module for `modules` (quiet zone included) on `width_dots` of paper.

    None when even the smallest readable module does not fit.
    """
    if modules * SMALLEST_MODULE_DOTS > width_dots:
        return None
    wanted = int(width_dots * _SHARE_OF_WIDTH) // modules
    return max(SMALLEST_MODULE_DOTS, min(_LARGEST_MODULE_DOTS, wanted))


def fits(content: str, width_dots: int) -> bool:
    """True when `content` can be printed as a readable code on `width_dots` of paper."""
    try:
        return module_dots(len(matrix(content)), width_dots) is not None
    except ValueError:
        return False
