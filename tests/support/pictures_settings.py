"""Scenes of the settings: every section, with what it looks like when a shop has been set up."""

from __future__ import annotations

from pathlib import Path

from pos_app.clock import DAY_MS, MINUTE_MS, VirtualClock
from pos_app.desk import backing_up
from pos_app.desk.printers import Prints
from pos_app.domain import hours_text
from pos_app.domain.screens import Profile, Screen, usual_screen
from pos_app.lanes.paper import PrinterWorker
from pos_app.store import copies
from tests.support.pictures_automations import reach
from tests.support.pictures_counter import PIN, STAFF, hire
from tests.support.pictures_stage import Scenes, of_till, till_of
from tests.support.shops import EVENING, pickup
from tests.support.window import Till

PRINTERS = {"en": ("Counter", "Kitchen"), "uk": ("Каса", "Кухня")}
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
        for section in ("shop", "hours", "page", "sms", "sold_out", "limits", "owner", "documents"):
            reach(till, f"section:{section}")
            till.tap(f"section:{section}")
            yield of_till(f"settings-{section}", till)
            more = {"page": "page:wifi", "sms": "sms:smsgate"}.get(section)
            if more:
                till.tap(more)
                yield of_till(f"settings-{section}-chosen", till)
        till.tap("page:hosted") if till.sees("page:hosted") else None
        yield from _printers(till, work, clock, language)
        yield from _screens(till, language)
        yield from _staff(till, language)
        yield from _backups(till, clock)


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
