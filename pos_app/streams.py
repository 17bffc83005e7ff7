"""Standard streams of a program that may have none: a windowed build, or a closed terminal."""

from __future__ import annotations

import os
import sys

_MODES = {"stdin": "r", "stdout": "w", "stderr": "w"}


def stand_in() -> None:
    """Put streams that lead nowhere in the place of those that are missing.

    Nobody has to ask then, and no file of ours gets a number that something else prints to.
    """
    for name, mode in _MODES.items():
        if getattr(sys, name) is None:
            nowhere = open(os.devnull, mode, encoding="utf-8")  # noqa: PTH123, SIM115 - for good
            setattr(sys, name, nowhere)


def has_output() -> bool:
    """Whether this program began with somewhere to print to."""
    return None not in (sys.__stdout__, sys.stdout)
