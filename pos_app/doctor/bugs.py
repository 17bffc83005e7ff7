"""Crash reports that lie here and that nobody has sent on yet."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app import paths
from pos_app.crashes import kept
from pos_app.desk.setup import Setup
from pos_app.doctor.finding import Finding, off, well
from pos_app.errors import Phrase
from pos_app.lanes.shop import OpenShop


def bugs(shop: OpenShop, _setup: Setup) -> Iterator[Finding]:
    """They are over: no trouble of now, but worth telling."""
    count = len(kept.found_in(paths.crashes_folder(shop.data)))
    if not count:
        yield well("bugs", Phrase("No crash report is kept here."))
        return
    yield off(
        "bugs",
        Phrase("Crash reports kept here: {count}"),
        Phrase("Save a report in Settings, About and help, or `orderbell report save FILE`."),
        count=count,
    )
