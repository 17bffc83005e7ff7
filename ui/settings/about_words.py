"""What the doctor's subjects and states are called on the screen."""

from __future__ import annotations

from pos_app.doctor.finding import OFF, OK, TROUBLE
from ui.words import _


def subject(name: str) -> str:
    """A subject in words; one that this window does not know yet, as it is."""
    known = {
        "disk": _("Disk"),
        "store": _("Store"),
        "changes": _("Missing changes"),
        "clock": _("Clock"),
        "keys": _("Keys"),
        "page": _("Tracking page"),
        "reach": _("The site answers"),
        "certificate": _("The site’s certificate"),
        "skew": _("The site’s clock"),
        "texts": _("Guest texts"),
        "sms": _("SMS phone"),
        "budget": _("Money for texts"),
        "inbox": _("Telegram bot"),
        "push": _("Notices on phones"),
        "printers": _("Printers"),
        "printer": _("Printer"),
        "stops": _("Guests who want no texts"),
        "backup": _("Backup"),
        "lease": _("Who sends"),
        "lane": _("Work in the background"),
        "lanes": _("Work in the background"),
        "fonts": _("Fonts"),
        "sound": _("Sound"),
        "updates": _("Newer versions"),
        "bugs": _("Crash reports"),
        "versions": _("Versions"),
    }
    return known.get(name.partition(" ")[0], name)


def state(name: str) -> str:
    """`ok`, `off` and `trouble` in one word."""
    return {OK: _("In order"), OFF: _("Not in use"), TROUBLE: _("Look here")}[name]
