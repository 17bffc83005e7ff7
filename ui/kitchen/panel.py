"""⋯ of a card: what a cook needs now and then. It lies beside the card, and is never modal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from pos_app.desk.setup import Setup
from pos_app.domain.board import is_held
from pos_app.domain.order import Line, Order
from pos_app.language import pick
from ui.board.alarms import tickets_of
from ui.board.change_words import REASONS, questions
from ui.board.drawer import Drawer
from ui.order_words import remake_word
from ui.theme import Tokens, measure
from ui.words import _, language

_LONGEST_QUESTION = 200


class CardPanel(Drawer):
    """Every signal carries the order's id first, but `sold_out_wanted`: dish, name, sold out."""

    ask_wanted = Signal(int, str)
    again_wanted = Signal(int, int, str)
    rush_wanted = Signal(int, bool)
    minutes_wanted = Signal(int)
    hold_wanted = Signal(int, bool)
    sold_out_wanted = Signal(int, str, bool)

    def __init__(self, tokens: Tokens, parent: QWidget) -> None:
        super().__init__(tokens, parent)
        self.setObjectName("card_panel")
        self._order: Order | None = None
        self._setup: Setup | None = None
        self._station_id: int | None = None
        self.closed.connect(self._forget)

    @property
    def order_id(self) -> int | None:
        """Whose panel is open."""
        return self._order.id if self._order is not None else None

    def show_order(self, order: Order, setup: Setup, station_id: int | None) -> None:
        """The acts for one order, from the beginning."""
        self._order, self._setup, self._station_id = order, setup, station_id
        acts = [
            self._button("panel_ask", _("Ask counter"), self._show_questions),
            self._button("panel_again", _("Make again"), self._show_lines),
            self._rush(order),
            self._button(
                "panel_minutes", _("+5 min"), partial(self._say, self.minutes_wanted, order.id)
            ),
            self._hold(order),
            self._button("panel_sold_out", _("Sold out"), self._show_dishes),
        ]
        asked = _("Asked: {question}").format(question=order.question) if order.asked_at else ""
        self._show(order.number, acts, asked, columns=2)

    def take_setup(self, setup: Setup) -> None:
        self._setup = setup

    def _forget(self) -> None:
        self._order = None

    # What it offers

    def _rush(self, order: Order) -> QPushButton:
        word = _("Not first") if order.rush else _("First")
        return self._button(
            "panel_first", word, partial(self._say, self.rush_wanted, order.id, not order.rush)
        )

    def _hold(self, order: Order) -> QPushButton:
        held = is_held(order)
        word = _("Fire") if held else _("Hold")
        return self._button(
            "panel_hold", word, partial(self._say, self.hold_wanted, order.id, not held)
        )

    def _show_questions(self) -> None:
        order = self._order
        if order is None:
            return
        usual = [
            self._button(f"ask:{place}", text, partial(self._ask, order.id, text))
            for place, text in enumerate(questions())
        ]
        field = QLineEdit()
        field.setObjectName("ask_text")
        field.setPlaceholderText(_("or type a question"))
        field.setMaxLength(_LONGEST_QUESTION)
        field.returnPressed.connect(lambda: self._ask(order.id, field.text().strip()))
        self._show(_("{number}: ask counter").format(number=order.number), [*usual, field])

    def _ask(self, order_id: int, text: str) -> None:
        if text:
            self._say(self.ask_wanted, order_id, text)

    def _show_lines(self) -> None:
        order = self._order
        if order is None:
            return
        lines = [
            self._button(
                f"again:{line.no}",
                f"{line.quantity} {_dish(line)}",
                partial(self._show_reasons, order, line),
            )
            for line in self._lines(order)
        ]
        self._show(_("{number}: make again").format(number=order.number), lines)

    def _show_reasons(self, order: Order, line: Line) -> None:
        made = [
            self._button(
                f"reason:{code}",
                remake_word(code),
                partial(self._say, self.again_wanted, order.id, line.id, code),
            )
            for code in REASONS
        ]
        self._show(_("Why is {dish} made again?").format(dish=_dish(line)), made)

    def _show_dishes(self) -> None:
        order, setup = self._order, self._setup
        if order is None or setup is None:
            return
        made = []
        for dish_id in dict.fromkeys(line.dish_id for line in self._lines(order)):
            dish = setup.menu.dish(dish_id)
            if dish is None:
                continue
            name, gone = pick(dish.names, language()), dish.sold_out
            text = _("{dish}: sell again") if gone else "{dish}"
            made.append(
                self._button(
                    f"sold_out:{dish_id}",
                    text.format(dish=name),
                    partial(self._say, self.sold_out_wanted, dish_id, name, not gone),
                )
            )
        self._show(_("What is sold out?"), made)

    def _lines(self, order: Order) -> list[Line]:
        stations = {ticket.station_id for ticket in tickets_of(order, self._station_id)}
        return [line for line in order.open_lines if line.station_id in stations]

    # How it is built

    def _say(self, signal: SignalInstance, *values: object) -> None:
        signal.emit(*values)
        self.shut()

    def _button(self, name: str, text: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text.replace("&", "&&"))
        button.setObjectName(name)
        button.setProperty("kind", "raised")
        button.setMinimumHeight(measure().board_button_px)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _on=False: act())
        return button

    def _show(
        self, title: str, parts: Sequence[QWidget], about: str = "", columns: int = 1
    ) -> None:
        body = QWidget()
        box = QVBoxLayout(body)
        box.setContentsMargins(0, 0, 10, 0)
        box.setSpacing(10)
        if about:
            said = QLabel(about)
            said.setTextFormat(Qt.TextFormat.PlainText)
            said.setWordWrap(True)
            said.setProperty("kind", "strong")
            box.addWidget(said)
        grid = QGridLayout()
        grid.setSpacing(10)
        for place, part in enumerate(parts):
            grid.addWidget(part, place // columns, place % columns)
        box.addLayout(grid)
        box.addStretch(1)
        self.set_body(title, body)


def _dish(line: Line) -> str:
    return pick(line.kitchen, language()) or pick(line.names, language())
