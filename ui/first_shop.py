"""How a folder without a shop comes by one: five questions, or a practice shop beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pos_app import bootstrap
from pos_app.bootstrap import Shop
from pos_app.config import ShopSettings
from pos_app.errors import OrderbellError
from ui.background import Background
from ui.notices import Notices, Tone
from ui.settings import places
from ui.settings.first_start import Answers, FirstStart
from ui.words import _
from ui.world import World, private_addresses


class FirstShop(QObject):
    """`made` names the folder of a shop that can be opened now.

    `show` puts a window on the screen. Whoever opens the shop calls `finish`: what was answered
    beyond the shop itself needs it open.
    """

    made = Signal(object)

    def __init__(
        self,
        data: Path,
        practice_data: Path,
        background: Background,
        notices: Notices,
        show: Callable[[QWidget], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._data, self._practice_data = data, practice_data
        self._background, self._notices, self._show = background, notices, show
        self._page: FirstStart | None = None
        self._answers: Answers | None = None

    def ask(self) -> None:
        page = self._page = FirstStart(places.guess(), private_addresses())
        page.answered.connect(self._make)
        page.practice_wanted.connect(self._practise)
        self._show(page)

    def finish(self, shop: Shop, world: World) -> None:
        """Add the printer and choose the page, as the answers say; once."""
        answers, self._answers = self._answers, None
        self._page = None
        if answers is None:
            return
        if answers.printer:
            self._background.act(
                "add a printer",
                lambda: shop.desk.add_printer(
                    name=_("Printer"), kind="network", address=answers.printer
                ),
            )
        if answers.page == "wifi":
            self._background.act("serve the page", lambda: world.serve(answers.page_with))
        elif answers.page == "hosted":
            self._background.act("pair", lambda: world.pair(answers.page_with), self._say_paired)

    def _say_paired(self, word: str) -> None:
        said = _("Paired. Check word: {word}. The site shows the same.").format(word=word)
        self._notices.say(said, tone=Tone.GOOD)

    def _make(self, answers: Answers) -> None:
        def made(_done: None) -> None:
            self._answers = answers
            self.made.emit(self._data)

        self._background.act(
            "make a shop",
            # Its own dishes, not somebody else's; the practice shop has the sample.
            lambda: bootstrap.init_shop(self._data, answers.shop, sample_menu=False),
            made,
            self._refuse,
        )

    def _practise(self, language: str) -> None:
        folder = self._practice_data
        name = _("Practice shop")
        suggested = places.guess()

        def make() -> None:
            if not bootstrap.exists(folder):
                shop = ShopSettings(
                    name=name,
                    country=suggested.country,
                    zone=suggested.zone,
                    currency=suggested.currency,
                    language=language,
                    page="loopback",
                )
                bootstrap.init_shop(folder, shop, practice=True)

        self._background.act(
            "make a practice shop", make, lambda _done: self.made.emit(folder), self._refuse
        )

    def _refuse(self, error: OrderbellError) -> None:
        if self._page is not None:
            self._page.refuse(error)
