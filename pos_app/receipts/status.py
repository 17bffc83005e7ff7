"""What a receipt printer says of itself when asked in real time, between and after jobs.

`DLE EOT n` is answered even by a printer that cannot print. Cheap ones stay silent: they are
printed to all the same.
"""

from __future__ import annotations

from dataclasses import dataclass

PRINTER = b"\x10\x04\x01"
CAUSE = b"\x10\x04\x02"
PAPER = b"\x10\x04\x04"
ASKS = (PRINTER, CAUSE, PAPER)

NO_PAPER = "no_paper"
COVER_OPEN = "cover_open"
OFFLINE = "offline"

# Bits 0, 1, 4 and 7 of every answer are fixed; what a printer reports unasked has others.
_FIXED_BITS, _FIXED = 0x93, 0x12
_OFFLINE_BIT = 0x08
_COVER_BIT, _PAPER_STOP_BIT, _ERROR_BIT = 0x04, 0x20, 0x40
_PAPER_END_BITS = 0x60


@dataclass(frozen=True, slots=True)
class Status:
    """The three answers, one byte each."""

    printer: int = _FIXED
    cause: int = _FIXED
    paper: int = _FIXED

    @property
    def trouble(self) -> str:
        """`cover_open`, `no_paper` or `offline`; empty when it can print."""
        if self.cause & _COVER_BIT:
            return COVER_OPEN
        if self.paper & _PAPER_END_BITS or self.cause & _PAPER_STOP_BIT:
            return NO_PAPER
        if self.printer & _OFFLINE_BIT or self.cause & _ERROR_BIT:
            return OFFLINE
        return ""


def is_answer(byte: int) -> bool:
    """Whether `byte` can be the answer to one of `ASKS`."""
    return byte & _FIXED_BITS == _FIXED
