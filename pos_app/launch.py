"""What a window needs of the core, read in one go before Qt, with the collector at rest.

PySide6 looks into the source of every module that is imported after it, and the collector would
search the same hundred thousand lasting objects a few hundred times while they are made: together
an eighth of a start.
"""

from __future__ import annotations

import gc


def read_in() -> None:
    """Import the core before Qt. Whoever opens the window calls `settle` once it stands."""
    gc.disable()
    from pos_app import bootstrap  # noqa: F401 - being imported is its whole job here


def settle() -> None:
    """Collect again; what is there by now stays, and is never searched any more.

    Where nothing was read in, as in tests, the collector is left alone.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
