"""What this program is, and what it stands on."""

from __future__ import annotations

import platform
from collections.abc import Iterator

from pos_app.build_facts import build_facts, successor
from pos_app.desk.setup import Setup
from pos_app.doctor.finding import Code, Finding, trouble, well
from pos_app.errors import Phrase
from pos_app.lanes.shop import OpenShop
from pos_app.store.soundness import sqlite_version
from pos_app.store.upgrading import HEAD


def versions(_shop: OpenShop, _setup: Setup) -> Iterator[Finding]:
    yield version()
    lying = successor()
    if lying is not None:
        yield trouble(
            "versions",
            Phrase("This window is still Orderbell {running}; installed is {installed}."),
            Phrase("Close every Orderbell window, then open it again."),
            running=Code(build_facts().text()),
            installed=Code(lying.text()),
        )


def version() -> Finding:
    """The same where there is no shop."""
    return well(
        "versions",
        Phrase(
            "Orderbell {program}, Python {python}, Qt {qt}, SQLite {sqlite}, schema {schema},"
            " {system}"
        ),
        program=Code(build_facts().text()),
        python=Code(platform.python_version()),
        qt=Code(_qt()),
        sqlite=Code(sqlite_version()),
        schema=Code(HEAD),
        system=Code(platform.platform()),
    )


def _qt() -> str:
    try:
        from pos_app.fonts import qt_version
    except ImportError:
        return "–"
    return qt_version()
