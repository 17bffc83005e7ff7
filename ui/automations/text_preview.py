"""The text that is being written as a guest gets it: in its way’s shape, with what it costs."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from pos_app.automation.wording.choice import OwnText
from pos_app.desk.reading import Card
from pos_app.desk.setup import Setup
from pos_app.desk.texts_desk import Looked
from pos_app.errors import OrderbellError
from ui.automations import text_words
from ui.automations.text_acts import TextActs
from ui.order_words import order_summary
from ui.rights import sees_money
from ui.rule_words import texts
from ui.widgets.choosing import combo
from ui.widgets.field import Field
from ui.widgets.parts import column, empty, frame, label, rule
from ui.widgets.tick import Tick
from ui.words import _, ngettext

PAUSE_MS = 250
SMS = "sms"
_INVENTED = -1
_BAD = ("nothing", "cut", "too_long")


class TextPreview(QWidget):
    """Follows `look_at`; reads at most once per pause. `refused` carries what is wrong, or None."""

    refused = Signal(object)

    def __init__(self, acts: TextActs, setup: Setup) -> None:
        super().__init__()
        self.setObjectName("text_preview")
        self._acts, self._setup = acts, setup
        self._text: OwnText | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)
        rows = column(self, gap=10)
        self._orders = combo([])
        self._picked: int | None = None
        self._orders.activated.connect(lambda _index: self._pick())
        rows.addWidget(Field(_("As a guest gets it, for"), self._orders, "text_order"))
        self._shown = column(gap=8)
        rows.addLayout(self._shown)
        self._latin = Tick(_("Send every SMS in Latin letters"), "text_latin")
        self._latin.toggled.connect(self._set_latin)
        rows.addWidget(self._latin)
        rows.addStretch(1)
        self._offer([])
        self.show_setup(setup)

    def begin(self) -> None:
        """Offer the last orders."""
        self._acts.read_orders(self._offer)

    def look_at(self, text: OwnText) -> None:
        """The text as it stands now."""
        self._text = text
        self._latin.setVisible(text.channel in ("", SMS))
        self._pause.start()

    def show_setup(self, setup: Setup) -> None:
        """Prices, orders' fields or the choice of letters may be others."""
        self._setup = setup
        self._latin.blockSignals(True)
        self._latin.setChecked(setup.settings.channels.sms_in_latin)
        self._latin.blockSignals(False)
        if self._text is not None:
            self._pause.start()

    def _set_latin(self, on: bool) -> None:
        self._acts.set_latin(on)

    def _pick(self) -> None:
        self._picked = int(self._orders.currentData())
        self._look()

    def _offer(self, cards: list[Card]) -> None:
        """The newest order, until somebody has chosen one."""
        self._orders.clear()
        for card in cards:
            self._orders.addItem(order_summary(card.order), card.order.id)
        self._orders.addItem(_("An order that there could be"), _INVENTED)
        self._orders.setCurrentIndex(max(0, self._orders.findData(self._picked)))
        self._look()

    def _look(self) -> None:
        if self._text is None:
            return
        self._pause.stop()
        order_id = self._orders.currentData()
        about = None if order_id in (None, _INVENTED) else int(order_id)
        text = self._text

        def show(looked: Looked) -> None:
            if text == self._text:
                self.refused.emit(None)
                self._show(looked, text.channel or SMS)

        def fail(error: OrderbellError) -> None:
            if text == self._text:
                empty(self._shown)
                self.refused.emit(error)

        self._acts.look(text, about, show, fail)

    def _show(self, looked: Looked, channel: str) -> None:
        empty(self._shown)
        self._shown.addWidget(_bubble(looked, channel))
        found = looked.preview
        if channel == SMS:
            self._shown.addWidget(label(self._facts(looked), "second", "text_facts", wrap=True))
        for no, warned in enumerate(found.warnings, start=1):
            look = "error" if warned.code in _BAD else "modifier"
            words = warned.told(texts().gettext)
            self._shown.addWidget(label(words, look, f"text_warning:{no}", wrap=True))
        if found.without:
            self._shown.addWidget(label(_("When an order has none of it:"), "label"))
        for one in found.without:
            words = _("Without “{field}”: {text}").format(
                field=text_words.field(one.field), text=one.text or _("nothing is said")
            )
            words = text_words.breakable(words)
            self._shown.addWidget(label(words, "small", f"text_without:{one.field}", wrap=True))

    def _facts(self, looked: Looked) -> str:
        """`2 SMS · 1,30 ₴ · 23 characters left`."""
        found = looked.preview
        said = [ngettext("{count} SMS", "{count} SMS", found.parts).format(count=found.parts)]
        if found.cost and sees_money():
            said.append(text_words.price(found.cost, self._setup.settings.shop.currency))
        left = ngettext("room for {count} more", "room for {count} more", found.left)
        said.append(left.format(count=found.left))
        return " · ".join(said)


def _bubble(looked: Looked, channel: str) -> QWidget:
    """A letter and a note have their subject above; the others are a bubble of words."""
    made = frame("soft", "text_bubble")
    inner = column(made, margins=(14, 12, 14, 12), gap=8)
    if looked.subject:
        inner.addWidget(label(looked.subject, "strong", "text_said_subject", wrap=True))
        if channel == "mail":
            inner.addWidget(rule())
    words = text_words.breakable(looked.preview.text) or "–"
    inner.addWidget(label(words, "", "text_said", wrap=True))
    return made
