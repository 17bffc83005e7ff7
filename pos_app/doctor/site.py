"""The tracking page: which site it is, and whether it answers now."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.desk.setup import Setup
from pos_app.doctor.finding import Code, Finding, moment, off, trouble, well
from pos_app.errors import Phrase
from pos_app.lanes.reach import SiteReach
from pos_app.lanes.shop import OpenShop
from pos_app.store import sites

FEW_DAYS = 14
SKEW_S = 60
_HINTS = {
    "tls": Phrase("Its certificate is not valid: whoever runs the site has to renew it."),
    "no_name": Phrase("Look at this computer's internet connection, then at the site's address."),
    "no_route": Phrase("Look at this computer's internet connection."),
    "unreachable": Phrase("Nobody listens there: open a window, or ask whoever runs the site."),
}
_ELSE = Phrase("Try again; if it stays so, ask whoever runs the site.")


def page(shop: OpenShop, setup: Setup) -> Iterator[Finding]:
    """Who can open a page, when its site was heard last, and what waits for it."""
    site = setup.site
    if site is None and setup.bot:
        yield well(
            "page",
            Phrase("Nobody can open a tracking page; the code on slips opens @{bot}."),
            bot=setup.bot,
        )
        return
    if site is None:
        yield off("page", Phrase("Nobody can open a tracking page; slips carry no QR code."))
        return
    with shop.database.read() as connection:
        waiting, _ = sites.waiting_pages(connection)
        now = sites.active(connection)
    values = {"mode": Code(site.mode), "origin": site.origin, "count": waiting}
    heard_at = now.heard_at if now is not None else None
    if heard_at is None:
        yield well("page", Phrase("{mode} at {origin}, never heard, {count} pages wait"), **values)
        return
    yield well(
        "page",
        Phrase("{mode} at {origin}, last heard {time}, {count} pages wait"),
        time=moment(heard_at, setup.settings.shop.zone),
        **values,
    )


def reach(_shop: OpenShop, setup: Setup, patience_s: float) -> Iterator[Finding]:
    """Nothing where there is no site, and in practice: that page lives with its window."""
    site = setup.site
    if site is None or (setup.identity.practice and site.mode != "hosted"):
        return
    found = SiteReach(site).look(patience_s)
    if found.trouble:
        hint = _HINTS.get(found.trouble, _ELSE)
        words = Phrase("The site does not answer ({code}).")
        yield trouble("reach", words, hint, code=Code(found.trouble))
        return
    yield well("reach", Phrase("The site answers in {took} ms."), took=found.took_ms)
    days = found.certificate_days
    if days is not None and days < FEW_DAYS:
        yield trouble(
            "certificate",
            Phrase("The site's certificate ends in {days} days."),
            Phrase("Whoever runs the site has to renew it before: then pages open no more."),
            days=days,
        )
    elif days is not None:
        words = Phrase("The site's certificate holds for {days} more days.")
        yield well("certificate", words, days=days)
    if found.ahead_s is not None and abs(found.ahead_s) > SKEW_S:
        yield trouble(
            "skew",
            Phrase("This clock and the site's are {seconds} s apart."),
            Phrase("Set date and time of this computer, best by the network."),
            seconds=abs(found.ahead_s),
        )
