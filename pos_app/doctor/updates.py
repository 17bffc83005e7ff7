"""The check for a newer Orderbell: whether it is on, and what it has found."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.desk.setup import Setup
from pos_app.desk.updates_desk import newer_in
from pos_app.doctor.finding import Code, Finding, moment, off, well
from pos_app.errors import Phrase
from pos_app.lanes.shop import OpenShop


def updates(_shop: OpenShop, setup: Setup) -> Iterator[Finding]:
    """What a check met in vain stands with its lane."""
    if not setup.settings.updates.on:
        yield off("updates", Phrase("Nobody asks for a newer Orderbell: it is switched off."))
        return
    newer, release = newer_in(setup), setup.settings.release
    if newer is not None:
        yield off(
            "updates",
            Phrase("Orderbell {version} is out."),
            Phrase("Read what is new in Settings, About and help, then install it."),
            version=Code(newer.version),
        )
    elif release.checked_at:
        at = moment(release.checked_at, setup.settings.shop.zone)
        yield well("updates", Phrase("This is the newest Orderbell (asked {time})."), time=at)
    else:
        yield well("updates", Phrase("Nobody has been asked for a newer Orderbell yet."))
