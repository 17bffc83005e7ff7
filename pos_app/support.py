"""What helps when something is wrong: the doctor, a report to send on, newer versions, licences.

Beside `bootstrap` the other place where parts meet: window and command line ask here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pos_app import paths
from pos_app.build_facts import build_facts
from pos_app.clock import SystemClock, iso
from pos_app.crashes import kept
from pos_app.errors import OrderbellError, Phrase, Refused, Unavailable

if TYPE_CHECKING:
    from pos_app.bootstrap import Shop
    from pos_app.doctor.finding import Finding
    from pos_app.domain.release import Release

FORMAT = "orderbell-report-1"
_WHY = {
    "bad_signature": Phrase("It is not signed by the publisher whose key is set here."),
    "expired": Phrase("What it says is no longer valid: nobody has renewed it."),
    "older_than_seen": Phrase("It is older than one that was seen before."),
    "too_large": Phrase("It is too large to be one."),
    "answer_too_long": Phrase("It is too large to be one."),
    "garbage": Phrase("It cannot be read."),
    "not_https": Phrase("The address starts with https://"),
    "address_not_allowed": Phrase("Its address lies in our own network."),
    "tls": Phrase("The site's certificate is not valid."),
}
_NO_ANSWER = Phrase("The site does not answer.")


@dataclass(frozen=True, slots=True)
class Licence:
    """One part that ships, with the whole text under which it does; `version` may be empty."""

    name: str
    version: str
    licence: str
    text: str
    source: str = ""


def examine(shop: Shop) -> list[Finding]:
    """Everything that the doctor finds about an open shop. Takes up to some ten seconds."""
    from pos_app.doctor import examining

    return list(examining.examine(shop))


def without_shop(data: Path, error: OrderbellError) -> Iterator[Finding]:
    """What can be said where the shop cannot be opened: `error` is why."""
    from pos_app.doctor import examining, versions
    from pos_app.doctor.finding import of_error

    yield examining.disk(data)
    yield of_error("store", error)
    yield versions.version()


def report(data: Path, findings: list[Finding]) -> str:
    """A report to send on, in JSON: the doctor's findings and the crash reports.

    Nothing that a person has typed is in it, and no value of a setting.
    """
    facts = build_facts()
    document: Mapping[str, Any] = {
        "format": FORMAT,
        "made_at": iso(SystemClock().now()),
        "version": facts.version,
        "commit": facts.commit,
        "findings": [finding.in_public() for finding in findings],
        "crashes": kept.read(paths.crashes_folder(data)),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def save_report(data: Path, shop: Shop | None) -> str:
    """The report about an open shop, or without any; its text. Takes up to some ten seconds."""
    return report(data, [] if shop is None else examine(shop))


def ask_for_updates(shop: Shop) -> Release | None:
    """Ask now; the version that is newer than this one, if any. Raises Refused, Unavailable."""
    from pos_app.channels.guard import CallFailed
    from pos_app.channels.releases import ReleaseSite
    from pos_app.desk.updates_desk import newer_in
    from pos_app.lanes.updates import ask
    from pos_app.wire.releases import Untrusted

    updates = shop.desk.setup().settings.updates
    if not updates.on:
        raise Refused(
            "Nobody asks for a newer Orderbell: it is switched off",
            hint="Switch it on first.",
        )
    site = ReleaseSite(updates.address, lan=updates.lan)
    try:
        ask(shop, site)
    except (CallFailed, Untrusted) as error:
        raise Unavailable(
            "It is not known whether there is a newer Orderbell",
            "{why} ({code})",
            why=_WHY.get(error.code, _NO_ANSWER),
            code=error.code,
        ) from None
    finally:
        site.close()
    return newer_in(shop.desk.setup())


def licences() -> list[Licence]:
    """What ships with this program and under which licences. Raises Unavailable."""
    try:
        listed = json.loads(paths.licences_file().read_text(encoding="utf-8"))
        return [Licence(**one) for one in listed]
    except (OSError, ValueError, TypeError) as error:
        raise Unavailable(
            "The list of licences is missing",
            hint="Make it with `python3 packaging/dev.py setup`, or install Orderbell again.",
        ) from error
