"""A raster as the bytes that a receipt printer understands.

Only pictures go to printers, never text: letters in any script come out as painted, and no name
or note can smuggle in a command. python-escpos writes the commands; it is imported on first use,
in a way that leaves nothing behind (see `_library`).
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from pos_app.receipts.raster import Raster

BAND_DOTS = 240
"""Rows per picture: cheap printers hold no more than some 20 KB before they print."""

# A profile is needed only so that the library knows a print head that takes 576 dots and a
# cutter; with the default one it writes a warning to standard output for every picture.
_PROFILE = "TM-T20II"
_PICKLE_FOLDER = "ESCPOS_CAPABILITIES_PICKLE_DIR"
_import_lock = threading.Lock()

# Printers obey real-time commands (state, recover, drawer, power) even inside a picture. One more
# dot beside the first makes such a run of dots mean nothing.
_REAL_TIME = re.compile(rb"\x10(?=[\x04\x05\x14])")
_HARMLESS = b"\x18"


def encode(raster: Raster) -> bytes:
    """Initialise, the raster in bands, feed, cut: a whole job for one slip."""
    from PIL import Image

    size = (raster.width_dots, raster.height_dots)
    # Pillow's 1 is white, the print head's 1 is black.
    rows = _REAL_TIME.sub(_HARMLESS, raster.rows)
    picture = Image.frombytes("1", size, rows, "raw", "1;I")
    printer = _library()(profile=_PROFILE)
    printer.hw("INIT")
    printer.image(picture, impl="bitImageRaster", fragment_height=BAND_DOTS, center=False)
    printer.cut()
    return bytes(printer.output)


def filler(width_dots: int) -> bytes:
    """What ends a picture that a job before broke off: white dots, and nothing to any other."""
    return bytes(width_dots // 8 * BAND_DOTS)


@cache
def _library() -> Any:
    """python-escpos's printer that only collects bytes.

    Importing it makes a temporary folder that nobody removes (even when it is told which folder
    to use), unpickles a file from there, and adds a handler to the root logger. So it gets a
    fresh folder of this user's own, in which nothing can have been planted, and that folder goes.
    """
    with _import_lock:
        own = tempfile.mkdtemp(prefix="orderbell-escpos-")
        before = os.environ.get(_PICKLE_FOLDER)
        os.environ[_PICKLE_FOLDER] = own
        stopper = logging.NullHandler()  # basicConfig does nothing while the root has a handler
        logging.root.addHandler(stopper)
        try:
            with _one_folder_for_this_thread(own):
                from escpos.printer import Dummy
        finally:
            logging.root.removeHandler(stopper)
            if before is None:
                del os.environ[_PICKLE_FOLDER]
            else:
                os.environ[_PICKLE_FOLDER] = before
            shutil.rmtree(own, ignore_errors=True)
    return Dummy


@contextmanager
def _one_folder_for_this_thread(folder: str) -> Iterator[None]:
    """`tempfile.mkdtemp` answers `folder` here, and as ever to every other thread."""
    module: Any = tempfile
    original, thread = tempfile.mkdtemp, threading.get_ident()

    def mkdtemp(*args: Any, **kwargs: Any) -> Any:
        return folder if threading.get_ident() == thread else original(*args, **kwargs)

    module.mkdtemp = mkdtemp
    try:
        yield
    finally:
        module.mkdtemp = original
