"""After a power cut: tap what has left, then decide about the messages that were held."""

from __future__ import annotations

from pos_app.bootstrap import Shop
from pos_app.clock import local
from pos_app.config import COPIED, RESTORED
from pos_app.desk.evening_desk import CatchingUp
from pos_app.desk.setup import Setup
from ui.background import Background
from ui.evening.screen import EveningScreen
from ui.notices import Notices
from ui.reprint import print_open
from ui.widgets.parts import button
from ui.words import _, ngettext


class CatchUpScreen(EveningScreen):
    """Opens by itself while the catch-up runs; nothing here tells a guest anything."""

    def __init__(self, shop: Shop, setup: Setup, background: Background, notices: Notices) -> None:
        super().__init__(
            "catch_up",
            shop,
            setup,
            background,
            notices,
            [("gone", _("Gone")), ("here", _("Still here")), ("cancelled", _("Cancelled"))],
            _("Every order is answered."),
        )
        self.title.setText(_("Catch up: tap what has left"))
        self.head.addWidget(
            button(
                _("Print all open tickets"),
                "print_open",
                lambda: print_open(shop, background, notices),
            )
        )
        self._send = button("", "held_send", lambda: self._finish(send=True), role="act")
        self._drop = button(
            _("Do not send"), "held_drop", lambda: self._finish(send=False), role="quiet"
        )
        self.foot.addStretch(1)
        self.foot.addWidget(self._drop)
        self.foot.addWidget(self._send)
        for made in (self._send, self._drop):
            made.hide()

    def read(self) -> None:
        self._background.read("read the catch-up", self._desk.evening.catching_up, self._show)

    def _show(self, found: CatchingUp | None) -> None:
        if found is None:
            self.ended.emit()
            return
        zone = self._setup.settings.shop.zone
        said = [_about(found, zone)]
        if found.stops_lost:
            said.append(_stops_lost())
        self.about.setText(" ".join(said))
        self.orders.show_cards(found.cards, self._setup.settings)
        held = ngettext(
            "Send {count} held message", "Send {count} held messages", found.held
        ).format(count=found.held)
        all_answered = not found.cards
        self._send.setText(held if found.held else _("Done"))
        for made in (self._send, self._drop):
            made.setVisible(all_answered)
        self._drop.setVisible(all_answered and bool(found.held))

    def answer(self, order_ids: list[int], answer: str) -> None:
        self.act("catch up", lambda: self._desk.evening.settle(order_ids, answer))

    def _finish(self, *, send: bool) -> None:
        self.act("end the catch-up", lambda: self._desk.evening.finish_catch_up(send=send))


def _stops_lost() -> str:
    """Who stopped texts is known by a key that came in no backup."""
    return _(
        "This computer cannot recognise the guests who have stopped texts. Bring the shop’s keys"
        " from the old computer, or ask those guests again."
    )


def _about(found: CatchingUp, zone: str) -> str:
    """What the till does not know, and that nobody is told by what is tapped here."""
    since, until = local(found.since, zone), local(found.until, zone)
    if found.why == RESTORED:
        return _(
            "This is the store of {since}. What came later is not in it: enter it from paper."
            " No text leaves until you are done here."
        ).format(since=f"{since:%d.%m. %H:%M}")
    if found.why == COPIED:
        return _(
            "This store was copied or moved; the last it knows is of {since}. If another till"
            " still works with it, close this one. No text and no page change leaves until you"
            " are done here."
        ).format(since=f"{since:%d.%m. %H:%M}")
    return _(
        "The till was off from {since} to {until}. Guests are told nothing by what you tap here."
    ).format(since=f"{since:%H:%M}", until=f"{until:%H:%M}")
