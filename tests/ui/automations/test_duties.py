"""What rules ask of the staff: on the board and at the counter, done by one touch."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pos_app.automation.model import On, OpenTask, Rule, TellStaff, Trigger
from pos_app.bootstrap import add_channel
from pos_app.clock import VirtualClock
from pos_app.config import WayOut
from tests.support.bot_api import TOKEN
from tests.support.shops import EVENING, pickup
from tests.support.window import Till
from tests.ui.automations.hand import pass_undo
from ui.sounds.player import Player
from ui.sounds.rules import Sound

RULE = Rule(
    "",
    "Candle",
    Trigger(On.PLACED),
    (TellStaff("", "A candle for the cake"), OpenTask("", "Ask about nuts")),
)


def open_with_rule(open_till: Callable[..., Till], screen: str) -> tuple[Till, VirtualClock]:
    clock = VirtualClock(EVENING)
    till = open_till(clock=clock, screen=screen)
    till.shop.desk.rules.save(RULE, on=True)
    return till, clock


def test_a_duty_names_the_order_and_the_phone_and_goes_when_it_is_done(
    open_till: Callable[..., Till],
) -> None:
    till, clock = open_with_rule(open_till, "board")
    till.shop.desk.place(pickup(till.shop, "Margherita"))
    till.settle()
    assert not till.sees("duties"), "the order can still be undone"
    pass_undo(till, clock)
    till.wait(lambda: till.sees("duty:2"), "both duties")
    assert till.text("duty_says:1") == "A candle for the cake"
    assert till.text("duty_about:2") == "Call back · A1 · Iryna · 067 123 4567"
    till.tap("duty_done:1")
    till.wait(lambda: not till.sees("duty:1"), "done")
    till.tap("rail:counter")
    till.wait(lambda: till.sees("duty:2") and not till.sees("duty:1"), "the counter knows as well")
    till.settle()
    till.tap("duty_done:2")
    till.wait(lambda: not till.sees("duties"), "nothing to do")
    assert till.shop.desk.rules.tasks() == []


def test_a_duty_that_another_window_has_done_goes_here_too(
    open_till: Callable[..., Till],
) -> None:
    till, clock = open_with_rule(open_till, "counter")
    till.shop.desk.place(pickup(till.shop, "Margherita"))
    pass_undo(till, clock)
    till.wait(lambda: till.sees("duty:2"), "both duties")
    till.shop.desk.rules.finish_task(2)
    till.wait(lambda: not till.sees("duty:2"), "done elsewhere")


class Ear(Player):
    """Counts what would sound."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Sound] = []

    def play(self, sound: Sound, volume: float) -> None:
        assert 0 < volume <= 1
        self.heard.append(sound)


def test_a_new_duty_sounds_once(open_till: Callable[..., Till]) -> None:
    till, clock = open_with_rule(open_till, "board")
    ear = Ear()
    till.window.board.duties._player = ear
    till.settle()
    till.shop.desk.place(pickup(till.shop, "Margherita"))
    pass_undo(till, clock)
    till.wait(lambda: till.sees("duty:2"), "both duties")
    till.shop.desk.rules.finish_task(1)
    till.wait(lambda: not till.sees("duty:1"), "done")
    assert ear.heard == [Sound.CHANGED]


def test_what_a_guest_wrote_stands_in_quotation_marks_with_his_number_and_no_link(
    open_till: Callable[..., Till],
) -> None:
    till = open_till(screen="board")
    bot = WayOut("bot", "", "telegram", {"bot": "trattoria_bot"})
    add_channel(till.shop, bot, TOKEN)
    order = till.shop.desk.place(pickup(till.shop, "Margherita")).order
    word = str(till.shop.desk.tracking_url(order.id)).rpartition("=")[2]
    till.shop.desk.chats.opened("trattoria_bot", 1, 42, word, "uk")
    said = "<a href='https://evil.example'>Look</a> https://evil.example"
    till.shop.desk.chats.wrote("trattoria_bot", 2, 42, said)
    till.wait(lambda: till.sees("duty:1"), "the guest's words")
    shown = till.find("duty_says:1")
    assert isinstance(shown, QLabel)
    assert shown.text() == f"“{said}”"
    assert shown.textFormat() is Qt.TextFormat.PlainText
    assert not shown.openExternalLinks()
    assert till.text("duty_about:1") == "Guest wrote · A1 · Iryna · 067 123 4567"
    till.tap("duty_done:1")
    till.wait(lambda: not till.sees("duties"), "nothing to do")
