"""What the screen asks of the desk about the shop's own texts, in the background."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject

from pos_app.automation.wording.choice import OwnText
from pos_app.bootstrap import Shop
from pos_app.desk.reading import Card
from pos_app.desk.texts_desk import Looked, Placed
from pos_app.errors import OrderbellError
from ui.automations.acts import LAST_ORDERS
from ui.background import Background
from ui.notices import Notices, Tone
from ui.words import _

Failed = Callable[[OrderbellError], None]


class Place(NamedTuple):
    """Which text: `channel` is empty for every way without words of its own."""

    about: str
    channel: str
    language: str


class TextActs(QObject):
    """Each act says by itself that it has been done; who asked hears what came of it."""

    def __init__(self, shop: Shop, background: Background, notices: Notices) -> None:
        super().__init__()
        self._shop, self._background, self._notices = shop, background, notices

    def read(self, place: Place, done: Callable[[Placed], None]) -> None:
        desk = self._shop.desk
        self._background.read("read a text", lambda: desk.texts.at(*place), done)

    def read_orders(self, done: Callable[[list[Card]], None]) -> None:
        """The last orders, to look at a text with."""
        desk = self._shop.desk
        self._background.read("read orders", lambda: desk.search("", LAST_ORDERS), done)

    def look(
        self, text: OwnText, order_id: int | None, done: Callable[[Looked], None], failed: Failed
    ) -> None:
        desk = self._shop.desk
        self._background.read(
            "look at a text", lambda: desk.texts.look(text, order_id=order_id), done, failed
        )

    def save(
        self, text: OwnText, expected: str, done: Callable[[], object], failed: Failed
    ) -> None:
        desk = self._shop.desk

        def saved(_row: object) -> None:
            self._notices.say(_("Saved. Texts that wait say it too."), tone=Tone.GOOD)
            done()

        self._background.act(
            "save a text", lambda: desk.texts.save(text, expected=expected), saved, failed
        )

    def reset(
        self, place: Place, expected: str, done: Callable[[], object], failed: Failed
    ) -> None:
        desk = self._shop.desk

        def back(_was_own: bool) -> None:
            self._notices.say(_("The standard text is said again."), tone=Tone.GOOD)
            done()

        self._background.act(
            "reset a text", lambda: desk.texts.reset(*place, expected=expected), back, failed
        )

    def set_latin(self, on: bool) -> None:
        desk = self._shop.desk

        def done(_done: object) -> None:
            said = _("SMS leave in Latin letters.") if on else _("SMS leave as they are written.")
            self._notices.say(said, tone=Tone.GOOD)

        self._background.act("SMS in Latin letters", lambda: desk.texts.set_latin(on), done)
