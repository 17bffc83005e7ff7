"""Texts for guests: by which ways they leave, how fast they may, and what is left to spend."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.channels.pace import ANDROID_PHONE
from pos_app.clock import SECOND_MS, Instant, local
from pos_app.config import SMSGATE, WayOut
from pos_app.desk.setup import Setup
from pos_app.doctor.finding import Code, Finding, moment, off, trouble, well
from pos_app.errors import Phrase
from pos_app.lanes import down
from pos_app.lanes.down import Down, What
from pos_app.lanes.shop import OpenShop
from pos_app.lanes.state import INBOX, OK
from pos_app.store import bot_inbox, lanes, messages, sent, spend, terminals, tries
from pos_app.wire.browsers import is_secure

SMS = "sms"


def texts(shop: OpenShop, setup: Setup) -> Iterator[Finding]:
    """Which ways out there are, and how many texts wait."""
    with shop.database.read() as connection:
        waiting, _ = messages.waiting(connection)
    if setup.identity.practice:
        yield well("texts", Phrase("recorded only (practice), {count} wait"), count=waiting)
        return
    ways = setup.settings.ways
    if not ways:
        yield off("texts", Phrase("No channel is set up; see `orderbell channel add`."))
        return
    named = ", ".join(f"{way.channel} by {way.name}" for way in ways)
    yield well("texts", Phrase("{ways}, {count} wait"), ways=named, count=waiting)


def pace(shop: OpenShop, setup: Setup) -> Iterator[Finding]:
    """How much of what a phone lets an application send has been sent, for each way of SMS."""
    if setup.identity.practice:
        return
    most, window_s = ANDROID_PHONE.parts, ANDROID_PHONE.window_s
    for way in setup.settings.ways_of(SMS):
        if way.kind != SMSGATE:
            continue
        parts = _parts_left_by(shop, setup, way, window_s)
        values = {
            "way": way.name,
            "parts": parts,
            "most": most,
            "minutes": round(window_s / 60),
        }
        words = Phrase("{way}: {parts} of {most} parts in the last {minutes} minutes")
        if parts < most:
            yield well(SMS, words, **values)
        else:
            yield trouble(
                SMS,
                words,
                Phrase("The phone sends no more for now; *ready* goes first when it may again."),
                **values,
            )


def _parts_left_by(shop: OpenShop, setup: Setup, way: WayOut, window_s: float) -> int:
    since = Instant(shop.clock.now() - round(window_s * SECOND_MS))
    with shop.database.read() as connection:
        left = sent.history(connection, SMS, since)
        ways = tries.of(connection, [m.id for m in left if m.tries])
    first = next(iter(setup.settings.ways_of(SMS)), way)
    by_this = [m for m in left if ((m.id in ways and ways[m.id].way) or first.name) == way.name]
    return sum(max(1, message.parts) for message in by_this)


def budget_left(shop: OpenShop, setup: Setup) -> Iterator[Finding]:
    """What the month may still cost; nothing where no budget is set."""
    from pos_app.domain.money import finely

    budget = setup.settings.channels.limits.month_budget
    if not budget:
        return
    shop_ = setup.settings.shop
    month = f"{local(shop.clock.now(), shop_.zone):%Y-%m}"
    with shop.database.read() as connection:
        spent = spend.total(connection, month)
    left = finely(max(0, budget - spent), shop_.currency)
    values = {
        "left": Code(f"{left} {shop_.currency}"),
        "budget": Code(f"{finely(budget, shop_.currency)} {shop_.currency}"),
    }
    words = Phrase("{left} of {budget} are left for this month's texts")
    if spent < budget:
        yield well("budget", words, **values)
    else:
        yield trouble(
            "budget", words, Phrase("Raise it with `orderbell channel limits`."), **values
        )


def inbox(shop: OpenShop, setup: Setup) -> Iterator[Finding]:
    """Who reads what guests write to the bot; nothing where there is no bot."""
    if not setup.bot:
        return
    zone = setup.settings.shop.zone
    with shop.database.read() as connection:
        place = bot_inbox.read(connection)
        reader = terminals.name_of(connection, place.reader)
        states = [one for one in lanes.states(connection) if one.lane == INBOX]
    broken = next((one for one in states if one.state != OK), None)
    values = {
        "bot": setup.bot,
        "reader": reader,
        "heard": moment(place.heard_at, zone) if place.heard_at else "",
    }
    if broken is None:
        read = Phrase("@{bot} is not read yet: an open window reads it")
        if place.heard_at:
            read = Phrase("@{bot} read by {reader}, last heard {heard}")
        yield well("inbox", read, **values)
        return
    words = Phrase("{what} @{bot} is not read yet.")
    if place.heard_at:
        words = Phrase("{what} @{bot} read by {reader}, last heard {heard}.")
    yield trouble(
        "inbox",
        words,
        Phrase("Another program may read the same bot: only one can."),
        code=Code(broken.code),
        what=down.words(Down(What.INBOX, broken.code, broken.since)),
        time=moment(broken.since, zone),
        **values,
    )


def push(_shop: OpenShop, setup: Setup) -> Iterator[Finding]:
    """Told where it is set up: browsers take pushes from a page over https only."""
    if setup.settings.way("push") is None or setup.identity.practice:
        return
    site = setup.site
    hosted = Phrase("Join a hosted https site: Settings, Tracking page.")
    if site is None:
        words = Phrase("Guests ask for it on their page, and nobody can open one.")
        yield trouble("push", words, hosted)
    elif not is_secure(site.origin):
        words = Phrase("Browsers allow it on https:// pages only, and yours is {origin}.")
        yield trouble("push", words, hosted, origin=site.origin)
    else:
        yield well("push", Phrase("guests can ask for it on their page"))
