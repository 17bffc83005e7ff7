"""The guest display: two lists of numbers that keep themselves up to date. Nobody touches it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from pos_app.bootstrap import Shop
from pos_app.clock import SECOND_MS
from pos_app.desk.reading import Card
from pos_app.desk.setup import Setup
from pos_app.fonts import FAMILY
from pos_app.language import LANGUAGES, Texts
from ui.background import Background
from ui.board.answers import if_alive
from ui.bridge import Bridge
from ui.guest.lists import Shelf
from ui.guest.panel import Entry, Panel
from ui.legibility import font_px
from ui.theme import Tokens, palette, tokens
from ui.widgets.parts import label, row
from ui.words import _

PAGE_MS = 8 * SECOND_MS
READY_ARC, COOKING_ARC = 50.0, 30.0
_GAP_PX = 20


class GuestScreen(QWidget):
    """`pixel_mm` is the side of a pixel; the numbers are large enough from `distance_m`."""

    def __init__(
        self,
        shop: Shop,
        setup: Setup,
        background: Background,
        bridge: Bridge,
        *,
        pixel_mm: float,
        distance_m: float,
    ) -> None:
        super().__init__()
        self._desk, self._clock, self._background = shop.desk, shop.clock, background
        self._shelf = Shelf()
        self._came_while_reading: dict[int, Card] | None = None
        theme = tokens("dark")
        self.setObjectName("guest")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setPalette(palette(theme))
        ready_px = font_px(READY_ARC, distance_m, pixel_mm)
        cooking_px = font_px(COOKING_ARC, distance_m, pixel_mm)
        spoken = setup.settings.shop.language
        self.cooking = Panel("guest_cooking", _in_all(spoken, _cooking), "text", cooking_px, theme)
        self.ready = Panel("guest_ready", _in_all(spoken, _ready), "paid_text", ready_px, theme)
        self.idle = label(setup.settings.shop.name, name="guest_shop", wrap=True)
        self.idle.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._build(theme, ready_px, practice=setup.identity.practice)
        bridge.cards_changed.connect(self._on_cards)
        bridge.setup_changed.connect(self._read_name)
        self._tick = self._timer(SECOND_MS, self._show)
        self._turn = self._timer(PAGE_MS, self.turn_pages)
        self.reload()

    def _build(self, theme: Tokens, ready_px: int, *, practice: bool) -> None:
        lists = QWidget()
        line = row(lists, margins=(_GAP_PX, _GAP_PX, _GAP_PX, _GAP_PX), gap=_GAP_PX)
        line.addWidget(self.cooking, 2)
        line.addWidget(self.ready, 3)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.idle)
        self.pages.addWidget(lists)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        if practice:
            box.addWidget(_practice())
        box.addWidget(self.pages, 1)
        name_px = max(48, round(ready_px * 0.7))
        self.setStyleSheet(
            f"GuestScreen {{ background: {theme.ground}; }}"
            f"QLabel#guest_shop {{ color: {theme.text}; font-family: {FAMILY};"
            f" font-size: {name_px}px; font-weight: 800; }}"
            f"QLabel#practice_banner {{ background: {theme.brand}; color: {theme.on_brand};"
            f" padding: 6px 16px; font-size: 18px; font-weight: 700; }}"
        )

    def _timer(self, every_ms: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(every_ms)
        timer.timeout.connect(act)
        timer.start()
        return timer

    def reload(self) -> None:
        """Read every open order again."""
        self._came_while_reading = {}
        self._background.read("read the board", self._desk.board, if_alive(self, self._show_all))

    def _show_all(self, cards: list[Card]) -> None:
        self._shelf.replace_all(cards)
        self._shelf.change(self._came_while_reading or {})
        self._came_while_reading = None
        self._show()

    def _on_cards(self, cards: dict[int, Card]) -> None:
        if self._came_while_reading is not None:
            self._came_while_reading |= cards
        self._shelf.change(cards)
        self._show()

    def _read_name(self) -> None:
        self._background.read(
            "read the set-up",
            self._desk.setup,
            if_alive(self, lambda setup: self.idle.setText(setup.settings.shop.name)),
        )

    def _show(self) -> None:
        """What stands there now; time alone makes numbers leave."""
        lists = self._shelf.lists(self._clock.now())
        before = self.ready.entries
        self.cooking.show_entries([Entry(number) for number in lists.cooking])
        self.ready.show_entries([Entry(ready.number, ready.fresh) for ready in lists.ready])
        if {e.number for e in self.ready.entries} - {e.number for e in before}:
            self.ready.show_first()
            self._turn.start()
        self.pages.setCurrentIndex(0 if lists.empty else 1)

    def turn_pages(self) -> None:
        """What did not fit comes next; what fits stays."""
        for panel in (self.cooking, self.ready):
            panel.turn()


def _in_all(spoken: str, word: Callable[[Texts], str]) -> tuple[str, ...]:
    """A heading in the shop's language, then in the others: guests speak what they speak."""
    languages = [spoken, *(code for code in LANGUAGES if code != spoken)]
    return tuple(word(Texts(code)) for code in languages)


def _cooking(texts: Texts) -> str:
    return texts.gettext("Cooking")


def _ready(texts: Texts) -> str:
    return texts.gettext("Ready")


def _practice() -> QLabel:
    made = label(_("PRACTICE — nothing is sent"), name="practice_banner")
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made
