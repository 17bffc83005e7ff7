"""Opening the shop for one command, in the name of the operating system's user."""

from __future__ import annotations

import argparse
import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pos_app.commands.arguments import data_folder
from pos_app.commands.output import warn

if TYPE_CHECKING:
    from pos_app.bootstrap import Shop
    from pos_app.clock import Clock


@contextmanager
def opened(arguments: argparse.Namespace, clock: Clock | None = None) -> Iterator[Shop]:
    """The shop in the named folder, closed afterwards. Raises Refused, StoreError."""
    from pos_app import bootstrap

    shop = bootstrap.open_shop(data_folder(arguments), clock=clock, staff_id=staff_id())
    try:
        missing = bootstrap.missing_changes(shop)
        if missing is not None:
            warn(str(missing))
        yield shop
    finally:
        shop.close()


def staff_id() -> str:
    """`os:<user>`: the operating system's account is the command line's boundary."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        user = str(os.getuid()) if hasattr(os, "getuid") else "unknown"
    return f"os:{user}"[:36]
