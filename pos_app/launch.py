"""What a window needs of the core, read in one go before Qt, with the collector at rest.

PySide6 looks into the source of every module that is imported after it, and the collector would
search the same hundred thousand lasting objects a few hundred times while they are made: together
an eighth of a start.
"""

from __future__ import annotations

import gc
import importlib
import sys
from contextlib import suppress
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

from pos_app.build_facts import build_facts

_OF_PYTHON = "lib-dynload"


def read_in() -> None:
    """Import the core before Qt. Whoever opens the window calls `settle` once it stands."""
    gc.disable()
    from pos_app import bootstrap  # noqa: F401 - being imported is its whole job here

    # Which build this is, before another can lie in its place.
    build_facts()


def settle() -> None:
    """Collect again; what is there by now stays, and is never searched any more.

    Where nothing was read in, as in tests, the collector is left alone.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def read_in_compiled() -> None:
    """Load what a bundle has of compiled modules and a window did not need yet, in some 0.1 s.

    After an update they would come from the new build, below modules of the old one: those come
    out of the file that runs, for ever (`packaging/bundle_start.py`). Elsewhere nothing is done.
    """
    folder = getattr(sys, "_MEIPASS", None)
    if folder is None:
        return
    for name in compiled_in(Path(folder)):
        with suppress(ImportError):
            importlib.import_module(name)


def compiled_in(folder: Path) -> list[str]:
    """The names of all compiled modules that lie in the bundle `folder`."""
    found = []
    for file in sorted(folder.rglob("*")):
        suffix = next((suffix for suffix in EXTENSION_SUFFIXES if file.name.endswith(suffix)), "")
        if suffix and not file.name.startswith("lib") and file.is_file():
            parts = file.relative_to(folder).with_name(file.name.removesuffix(suffix)).parts
            found.append(parts[-1] if _OF_PYTHON in parts else ".".join(parts))
    return found
