"""Paper once more, from whatever screen it is asked for."""

from __future__ import annotations

from pos_app.bootstrap import Shop
from ui.background import Background
from ui.notices import Notices, Tone
from ui.words import _, ngettext


def reprint(shop: Shop, background: Background, notices: Notices, order_id: int) -> None:
    """Print it again, and say what came of it."""

    def told(printers: int) -> None:
        if printers:
            notices.say(_("The slip is printed again, marked COPY."))
        else:
            notices.say(
                _("No printer prints slips."), _("Add one in Settings, Printers."), Tone.BAD
            )

    background.act("reprint", lambda: shop.desk.reprint(order_id), told)


def print_open(shop: Shop, background: Background, notices: Notices) -> None:
    """Kitchen slips of all open tickets, and how many: the board on paper."""

    def told(slips: int) -> None:
        words = ngettext("{count} slip is printed.", "{count} slips are printed.", slips)
        notices.say(words.format(count=slips) if slips else _("No printer prints kitchen slips."))

    background.act("print open tickets", shop.desk.evening.print_open, told)
