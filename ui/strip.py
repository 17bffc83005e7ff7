"""One line above every screen that never moves: practice, what is down, what just happened.

It is always there, so that a notice never pushes a button away from under a finger.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel

from ui.notices import Notice, Tone
from ui.theme import tokens
from ui.widgets.parts import button, label, row
from ui.words import _, sentences

HEIGHT_PX = 48
"""As high as what a finger can hit: its buttons fill it."""
GOOD_MS = 5_000
BAD_MS = 15_000
OFFER_MS = 60_000
"""A sentence that offers something waits longer: somebody has to come to it."""


class Strip(QFrame):
    """The newest notice until it is touched or its time is over; beneath it what is down.

    While the shop cannot save, that stays instead of what is down, and no finger takes it away.

    `confirm_clock`: the computer's clock has leapt, and a person says that it is right; None
    where nobody is asked.
    """

    def __init__(
        self, shop_name: str, *, practice: bool, confirm_clock: Callable[[], object] | None = None
    ) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.setFixedHeight(HEIGHT_PX)
        self._sentence = self._trouble = ""
        self._has_leapt = False
        self._notice: Notice | None = None
        self._practice = label(_("PRACTICE — nothing is sent"), name="practice_banner")
        self._practice.setVisible(practice)
        self._words = label("", name="notice", wrap=True)
        self._shop = label(shop_name, name="shop_name")
        line = row(self, margins=(16, 0, 16, 0), gap=16)
        line.addWidget(self._practice, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._words, 1)
        self._right_now = button(_("It is right now"), "clock_confirm", confirm_clock)
        self._right_now.setFixedHeight(HEIGHT_PX)
        self._right_now.hide()
        line.addWidget(self._right_now)
        self._offer = button("", "notice_offer", self._take_offer)
        self._offer.setFixedHeight(HEIGHT_PX)
        self._offer.hide()
        line.addWidget(self._offer)
        line.addWidget(self._shop)
        self._time = QTimer(self)
        self._time.setSingleShot(True)
        self._time.timeout.connect(self._end_notice)
        self._show()

    def say(self, notice: Notice) -> None:
        self._notice = notice
        shown_ms = BAD_MS if notice.tone is Tone.BAD else GOOD_MS
        self._time.start(OFFER_MS if notice.offer is not None else shown_ms)
        self._show()

    def show_sentence(self, sentence: str) -> None:
        """What is down; empty when all is well. Told every other second, shown when it is new."""
        if sentence != self._sentence:
            self._sentence = sentence
            self._show()

    def show_trouble(self, words: str) -> None:
        """Why the shop cannot save; empty when it can."""
        if words != self._trouble:
            self._trouble = words
            self._show()

    def offer_clock(self, has_leapt: bool) -> None:
        """The button beside the sentence that speaks of the clock, while that is shown."""
        if has_leapt is not self._has_leapt:
            self._has_leapt = has_leapt
            self._show()

    def show_shop(self, name: str) -> None:
        self._shop.setText(name)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._end_notice()

    def _take_offer(self) -> None:
        offer = self._notice.offer if self._notice is not None else None
        self._end_notice()
        if offer is not None:
            offer.act()

    def _end_notice(self) -> None:
        self._time.stop()
        self._notice = None
        self._show()

    def _show(self) -> None:
        theme = tokens("dark")
        ground, text = tokens("light").rail, theme.second
        words = self._trouble or self._sentence
        if self._notice is not None:
            words = sentences(self._notice.title, self._notice.detail)
            if self._notice.tone is Tone.BAD:
                ground, text = theme.failure_ground, theme.failure_text
            elif self._notice.tone is Tone.GOOD:
                ground, text = theme.paid_ground, theme.paid_text
            else:
                text = theme.text
        elif self._trouble:
            ground, text = theme.failure_ground, theme.failure_text
        elif self._sentence:
            ground, text = theme.to_pay_ground, theme.to_pay_text
        self._words.setText(words)
        says_what_is_down = self._notice is None and not self._trouble
        self._right_now.setVisible(self._has_leapt and says_what_is_down)
        offer = self._notice.offer if self._notice is not None else None
        self._offer.setVisible(offer is not None)
        self._offer.setText(offer.words if offer is not None else "")
        self._colour(self, f"QFrame#strip {{ background: {ground}; }}")
        font = "font-size: 14px; font-weight: 600;"
        self._colour(self._words, f"color: {text}; {font}")
        self._colour(self._shop, f"color: {text}; font-size: 14px;")
        for act in (self._right_now, self._offer):
            act.setStyleSheet(
                f"QPushButton {{ background: {ground}; color: {text}; border: 2px solid {text};"
                "border-radius: 10px; margin: 4px 0; padding: 0 14px;"
                "font-size: 14px; font-weight: 700; }"
                f"QPushButton:pressed {{ background: {text}; color: {ground}; }}"
                f"QPushButton:focus {{ border-color: {theme.brand}; }}"
            )
        self._colour(
            self._practice,
            f"background: {theme.brand}; color: {theme.on_brand}; border-radius: 8px;"
            "padding: 4px 12px; font-size: 14px; font-weight: 700;",
        )

    def _colour(self, part: QFrame | QLabel, qss: str) -> None:
        part.setStyleSheet(qss)
        part.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
