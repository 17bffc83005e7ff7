"""The doctor's round: every look, each with its deadline, so that the round never hangs."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pos_app.desk.setup import Setup
from pos_app.doctor import (
    backups,
    bugs,
    clocks,
    fonts,
    leases,
    paper,
    secrets,
    site,
    sounds,
    stores,
    texts,
    updates,
    versions,
)
from pos_app.doctor.finding import Code, Finding, of_error, trouble, well
from pos_app.errors import OrderbellError, Phrase
from pos_app.lanes.shop import OpenShop

ROUND_S = 10.0
"""What may take long (the network, a large file) runs beside the rest, and has so long in all."""
LONG_S = 8.0
NEEDED_BYTES = 200_000_000
_MEGABYTE = 1_000_000

Look = Callable[[OpenShop, Setup], Iterable[Finding]]
LONG: dict[str, Look] = {
    "store": lambda shop, setup: stores.store(shop, setup, LONG_S),
    "reach": lambda shop, setup: site.reach(shop, setup, LONG_S),
    "backup": lambda shop, setup: backups.backup(shop, setup, LONG_S),
}
LOOKS: tuple[tuple[str, Look | None], ...] = (
    ("store", None),
    ("changes", stores.missing),
    ("clock", clocks.clock),
    ("keys", secrets.keys_of),
    ("page", site.page),
    ("texts", texts.texts),
    ("inbox", texts.inbox),
    ("push", texts.push),
    ("printers", paper.printers),
    ("stops", secrets.stops),
    ("reach", None),
    ("sms", texts.pace),
    ("budget", texts.budget_left),
    ("backup", None),
    ("lease", leases.lease),
    ("lanes", leases.lanes_down),
    ("fonts", fonts.fonts),
    ("sound", sounds.sound),
    ("updates", updates.updates),
    ("bugs", bugs.bugs),
    ("versions", versions.versions),
)
"""Every subject in the order in which it is told; None where `LONG` has its look."""


def examine(shop: OpenShop) -> Iterator[Finding]:
    """Everything about an open shop. Never raises for what a look meets."""
    setup = shop.desk.setup()
    running = {subject: _Beside(subject, look, shop, setup) for subject, look in LONG.items()}
    until = time.monotonic() + ROUND_S
    yield disk(shop.data)
    for subject, look in LOOKS:
        if look is not None:
            yield from guarded(subject, look, shop, setup)
        else:
            yield from running[subject].found(until)


def disk(data: Path) -> Finding:
    """Room for the shop's folder, whether it is there yet or not."""
    here = data
    while not here.exists():
        here = here.parent
    free = shutil.disk_usage(here).free
    values = {"free": free // _MEGABYTE, "folder": str(data)}
    if free >= NEEDED_BYTES:
        return well("disk", Phrase("{free} MB free at {folder}"), **values)
    return trouble(
        "disk",
        Phrase("{free} MB free at {folder}"),
        Phrase("Free some space: a full disk stops the shop from saving."),
        **values,
    )


def guarded(subject: str, look: Look, shop: OpenShop, setup: Setup) -> list[Finding]:
    """What `look` finds; a look that fails is trouble of its subject, not the end of the round."""
    try:
        return list(look(shop, setup))
    except OrderbellError as error:
        return [of_error(subject, error)]
    except Exception as error:  # noqa: BLE001 - a look at something broken may meet anything
        return [
            trouble(
                subject,
                Phrase("This could not be looked at ({kind})."),
                kind=Code(type(error).__name__),
            )
        ]


class _Beside:
    """A long look on a thread of its own."""

    def __init__(self, subject: str, look: Look, shop: OpenShop, setup: Setup) -> None:
        self._subject = subject
        self._result: list[Finding] = []
        self._thread = threading.Thread(
            target=self._look, args=(look, shop, setup), name=f"doctor {subject}", daemon=True
        )
        self._thread.start()

    def found(self, until: float) -> list[Finding]:
        """What it has found by then, of the monotonic clock."""
        self._thread.join(max(0.0, until - time.monotonic()))
        if self._thread.is_alive():
            return [
                trouble(
                    self._subject,
                    Phrase("This took longer than {seconds} s and was left alone."),
                    Phrase("Try again when the computer or the network has less to do."),
                    seconds=round(ROUND_S),
                )
            ]
        return self._result

    def _look(self, look: Look, shop: OpenShop, setup: Setup) -> None:
        self._result = guarded(self._subject, look, shop, setup)
