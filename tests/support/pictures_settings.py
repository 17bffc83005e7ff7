"""Scenes of the settings: every section, with what it looks like when a shop has been set up."""

from __future__ import annotations

import base64
from pathlib import Path

from PySide6.QtWidgets import QComboBox

from pos_app.bootstrap import Shop, add_channel
from pos_app.build_facts import build_facts
from pos_app.clock import DAY_MS, MINUTE_MS, VirtualClock
from pos_app.config import SmsSettings, WayOut
from pos_app.desk import backing_up
from pos_app.desk.printers import Prints
from pos_app.domain import hours_text
from pos_app.domain.cascade import Leg
from pos_app.domain.release import Release, Updates
from pos_app.domain.screens import Profile, Screen, usual_screen
from pos_app.lanes.paper import PrinterWorker
from pos_app.lanes.state import PUSH, LaneStates, lane_of
from pos_app.store import copies
from tests.support.bot_api import TOKEN as BOT_TOKEN
from tests.support.pictures_automations import reach
from tests.support.pictures_counter import PIN, STAFF, hire
from tests.support.pictures_stage import Scenes, of_till, till_of
from tests.support.shops import EVENING, pickup
from tests.support.window import Till
from ui.settings.approved_list import CODE_EXAMPLE, GAPS_EXAMPLE, NAME_EXAMPLE
from ui.settings.way_field_words import EXAMPLES

EXAMPLED = frozenset(
    {*EXAMPLES.values(), NAME_EXAMPLE, GAPS_EXAMPLE, CODE_EXAMPLE, "GET", "POST", "PUT"}
    | {"api.telegram.org", "api.twilio.com", "graph.facebook.com", "telegram", "twilio"}
)
PRINTERS = {"en": ("Counter", "Kitchen"), "uk": ("Каса", "Кухня")}
NEWS = "Slips in two colours; the board keeps its size after a night."
SCREENS = {
    "en": ("Kitchen, left", "Guest display"),
    "uk": ("Кухня, біля печі", "Екран для гостей"),
}


def settings(work: Path, language: str) -> Scenes:
    """Each section as a manager finds it, and those that open further."""
    clock = VirtualClock(EVENING)
    with till_of(work / "shop", language, clock=clock) as till:
        till.tap("rail:settings")
        till.shop.desk.owner.set_hours(
            hours_text.read(dict.fromkeys(hours_text.DAYS, "10-15, 18-2"), "2026-12-25", "21:30-9")
        )
        for section in ("shop", "hours", "page", "sold_out", "limits", "owner"):
            reach(till, f"section:{section}")
            till.tap(f"section:{section}")
            yield of_till(f"settings-{section}", till)
            if section == "page":
                till.tap("page:wifi")
                yield of_till("settings-page-chosen", till)
                yield from _cut_off(till)
        reach(till, "section:documents")
        till.tap("section:documents")
        # Each language has a document of its own: no catalogue holds it.
        document = frozenset(till.find("document").toPlainText().splitlines())  # type: ignore[attr-defined]
        yield of_till("settings-documents", till, also=document)
        yield from _channels(till)
        yield from _printers(till, work, clock, language)
        yield from _screens(till, language)
        yield from _staff(till, language)
        yield from _backups(till, clock)
        yield from _about(till)


def _cut_off(till: Till) -> Scenes:
    """The page's section of a till that its site no longer lets in."""
    states = LaneStates(till.shop)
    states.note(PUSH, "revoked")
    till.tap("section:shop")
    till.tap("section:page")
    till.tap("page:hosted")
    till.wait(lambda: till.sees("page_cut_off"), "the sentence")
    yield of_till("settings-page-cut-off", till)
    states.note(PUSH, "")


def _channels(till: Till) -> Scenes:
    reach(till, "section:channels")
    till.tap("section:channels")
    till.wait(lambda: till.sees("way_kind:http"), "the kinds")
    yield of_till("settings-channels-none", till)
    for kind in ("telegram", "twilio", "http"):
        reach(till, f"way_kind:{kind}")
        till.tap(f"way_kind:{kind}")
        yield of_till(f"settings-channels-{kind}", till, also=EXAMPLED)
        reach(till, "way_more")
        till.tap("way_more")
        reach(till, "way_save")
        yield of_till(f"settings-channels-{kind}-more", till, also=EXAMPLED)
        reach(till, "way_cancel")
        till.tap("way_cancel")
    ways = set_up_ways(till.shop)
    till.wait(lambda: till.sees("way:push"), "the ways out")
    yield of_till("settings-channels", till, also=ways)
    reach(till, "way_remove:turbosms")
    till.tap("way_remove:turbosms")
    reach(till, "way_yes:turbosms")
    yield of_till("settings-channels-remove", till, also=ways)
    till.tap("way_no:turbosms")
    till.settle()
    reach(till, "legs_save")
    yield of_till("settings-channels-legs", till, also=ways)
    reach(till, "text_limits_save")
    yield of_till("settings-channels-limits", till, also=ways)
    reach(till, "way_try:telegram")
    till.tap("way_try:telegram")
    yield of_till("settings-channels-try", till, also=ways)
    reach(till, "way_trial_leave")
    till.tap("way_trial_leave")
    reach(till, "way_change:whatsapp")
    till.tap("way_change:whatsapp")
    yield of_till("settings-channels-approved", till, also=ways | EXAMPLED)


def set_up_ways(shop: Shop) -> frozenset[str]:
    """A phone that refuses its password, and five ways beside it. What a card says as entered."""
    shop.desk.set_sms(SmsSettings("smsgate", "http://192.168.1.20:8080", "sms", lan=True), "word")
    whatsapp = {
        "phone_number_id": "106540352242922",
        "approved": [{"name": "order_ready", "about": "ready", "language": "uk"}],
    }
    mail = {"host": "mail.example.com", "sender": "orders@example.com"}
    for kind, setup, price, secret in (
        ("turbosms", {"sender": "Trattoria"}, 8_500, "turbo-token"),
        ("whatsapp", whatsapp, 12_000, "EAAG-token"),
        ("telegram", {"bot": "trattoria_bot"}, 0, BOT_TOKEN),
        ("mail", mail, 0, "word"),
        ("push", {"contact": "mailto:owner@example.com"}, 0, ""),
    ):
        add_channel(shop, WayOut(kind, "", kind, setup, price), secret)
    shop.desk.channels.set_legs((Leg("sms", 5), Leg("mail", 15)))
    LaneStates(shop).note(lane_of("sms"), "credentials")
    return frozenset(
        {"http://192.168.1.20:8080", "phone", "106540352242922", "trattoria_bot", "Trattoria"}
        | {"https://t.me/", "WhatsApp", "Telegram", "orders@example.com", "owner@example.com"}
    )


def _printers(till: Till, work: Path, clock: VirtualClock, language: str) -> Scenes:
    reach(till, "section:printers")
    till.tap("section:printers")
    yield of_till("settings-printers-none", till)
    desk = till.shop.desk
    for name, prints in zip(
        PRINTERS[language], (Prints(stubs=True, deliveries=True), Prints(kitchen=True)), strict=True
    ):
        desk.add_printer(name=name, kind="file", address=str(work / name), prints=prints)
    desk.place(pickup(till.shop))
    clock.advance(11 * MINUTE_MS)
    printers = desk.setup().printers
    PrinterWorker(till.shop, printers[0]).work()
    till.wait(lambda: till.sees(f"paper_queue:{printers[0].id}"), "what waits")
    yield of_till("settings-printers", till)


def _screens(till: Till, language: str) -> Scenes:
    desk = till.shop.desk
    menu = desk.setup().menu
    till.tap("section:screens")
    yield of_till("settings-screens-none", till)
    left, guests = SCREENS[language]
    desk.screens.keep(left, usual_screen(Profile.KITCHEN, menu))
    desk.screens.keep(guests, Screen(Profile.GUEST))
    till.wait(lambda: till.sees(f"screen:{left}"), "the screens")
    yield of_till("settings-screens", till)
    till.tap("screen_new")
    yield of_till("settings-screens-form", till)
    till.tap("screen_profile:guest")
    yield of_till("settings-screens-guest", till)
    till.tap("screen_leave")


def _staff(till: Till, language: str) -> Scenes:
    till.tap("section:staff")
    yield of_till("settings-staff-nobody", till)
    hire(till, language)
    till.wait(lambda: till.sees(f"staff:{STAFF[language][0]}"), "the names")
    yield of_till("settings-staff", till)
    till.tap("staff_new")
    till.enter_into("staff_pin", PIN)
    yield of_till("settings-staff-form", till)
    till.tap("staff_cancel")
    till.tap(f"staff_change:{STAFF[language][0]}")
    yield of_till("settings-staff-change", till)


def _backups(till: Till, clock: VirtualClock) -> Scenes:
    till.tap("section:backups")
    yield of_till("settings-backups-none", till)
    desk = till.shop.desk
    for kind in (copies.NIGHT, copies.BARE, copies.NIGHT):
        made = desk.backups.make(kind=copies.NIGHT).copy
        if kind == copies.BARE:
            backing_up.bare(made, clock.now())
        clock.advance(DAY_MS)
    newest = desk.backups.found().copies[0].path.name
    desk.place(pickup(till.shop))
    till.tap("section:staff")
    till.tap("section:backups")
    till.wait(lambda: till.sees(f"copy:{newest}"), "the copies")
    yield of_till("settings-backups", till)
    till.tap(f"copy_ask:{newest}")
    till.wait(lambda: till.sees(f"copy_yes:{newest}"), "the question")
    yield of_till("settings-backups-ask", till)


def _about(till: Till) -> Scenes:
    """As it is opened, after a look at everything, with a newer version, with the licences."""
    desk = till.shop.desk
    known = frozenset({str(till.shop.data), build_facts().text(), *(build_facts().text().split())})
    till.tap("section:staff")
    reach(till, "section:about")
    till.tap("section:about")
    yield of_till("settings-about", till, also=known)
    till.tap("about_look")
    till.wait(lambda: till.sees("finding:versions"), "what was found")
    yield of_till("settings-about-looked", till, also=known)
    key = base64.b64encode(bytes(range(32))).decode()
    address = "https://updates.example/manifest.json"
    desk.updates.switch(Updates(on=True, address=address, key=key))
    known |= {address, key, NEWS}
    notes = {"en": NEWS, "uk": NEWS}
    desk.updates.note(Release("99.1.0", EVENING, notes, EVENING, key))
    till.wait(lambda: "99.1.0" in till.text("updates_state"), "a newer version")
    reach(till, "updates_ask")
    yield of_till("settings-about-newer", till, also=known)
    reach(till, "licences_show")
    till.tap("licences_show")
    till.wait(lambda: till.sees("licences_text"), "the licences")
    shown = frozenset(till.find("licences_text").toPlainText().splitlines())  # type: ignore[attr-defined]
    names = till.find("licences_name")
    assert isinstance(names, QComboBox)
    listed = frozenset(names.itemText(place) for place in range(names.count()))
    till.settle()
    reach(till, "licences_text")
    yield of_till("settings-about-licences", till, also=known | shown | listed)
