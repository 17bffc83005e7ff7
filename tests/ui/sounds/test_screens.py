"""Screens that ring: the pass, a kitchen's station, the counter's window, and the test buttons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pos_app.bootstrap import Shop
from pos_app.clock import MINUTE_MS, SECOND_MS, VirtualClock
from pos_app.domain.screens import Sounds
from pos_app.fonts import load_fonts
from tests.support.shops import EVENING, open_test_shop, pickup
from tests.ui.sounds.conftest import Computer
from ui.background import Background
from ui.board.screen import BoardScreen
from ui.bridge import Bridge
from ui.kitchen.screen import KitchenScreen
from ui.kitchen.sizes import sizes_for
from ui.notices import Notices
from ui.sounds.counter_bell import CounterBell
from ui.sounds.player import LINUX, Player, ProgramPlayer
from ui.sounds.rules import Sound
from ui.sounds.test_row import SoundRows
from ui.words import set_language


class Listener(Player):
    """A player that remembers what it was asked to play."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[Sound] = []

    def play(self, sound: Sound, volume: float) -> None:
        self.heard.append(sound)


class Room:
    """One window with a screen in it, on a shop whose clock only the test moves."""

    def __init__(self, qtbot: QtBot, shop: Shop) -> None:
        load_fonts()
        set_language("en")
        assert isinstance(shop.clock, VirtualClock)
        self.qtbot, self.shop, self.clock = qtbot, shop, shop.clock
        self.background = Background()
        self.bridge = Bridge(shop, self.background)
        self.notices = Notices()
        self.window = QWidget()
        self.box = QVBoxLayout(self.window)
        qtbot.addWidget(self.window)

    def show(self, screen: QWidget) -> None:
        self.box.addWidget(screen)
        self.window.resize(1278, 728)
        self.window.show()
        QTest.qWaitForWindowExposed(self.window)
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not (self.background.busy or self.bridge.busy))

    def touch(self) -> None:
        """A finger anywhere on the window, as the system reports it."""
        QTest.mouseClick(
            self.window.windowHandle(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            QPoint(3, 3),
        )

    def close(self) -> None:
        self.bridge.close()
        self.background.stop()
        self.window.close()


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with open_test_shop(tmp_path / "shop", clock=VirtualClock(EVENING)) as opened:
        yield opened


@pytest.fixture
def room(qtbot: QtBot, shop: Shop) -> Iterator[Room]:
    made = Room(qtbot, shop)
    yield made
    made.close()


OpenScreen = Callable[[Room, Player], BoardScreen | KitchenScreen]


def pass_screen(room: Room, player: Player) -> BoardScreen:
    screen = BoardScreen(room.shop, room.background, room.bridge, room.notices, player=player)
    room.show(screen)
    return screen


def pizza_screen(room: Room, player: Player) -> KitchenScreen:
    setup = room.shop.desk.setup()
    pizza = next(s for s in setup.menu.stations if s.names["en"] == "Pizza")
    screen = KitchenScreen(
        room.shop,
        setup,
        room.background,
        room.bridge,
        room.notices,
        sizes_for(21.5, 1920, 1080, 1.5),
        station_uid=pizza.uid,
        player=player,
    )
    room.show(screen)
    return screen


BOARDS = pytest.mark.parametrize("open_screen", [pass_screen, pizza_screen])


@BOARDS
def test_a_new_order_rings_at_once_until_the_screen_is_touched(
    room: Room, open_screen: OpenScreen
) -> None:
    player = Listener()
    screen = open_screen(room, player)
    room.shop.desk.place(pickup(room.shop, "Margherita"))
    room.qtbot.waitUntil(lambda: player.heard == [Sound.NEW])
    room.clock.advance(20 * SECOND_MS)
    screen.sounder.tick()
    assert player.heard == [Sound.NEW, Sound.NEW]
    room.touch()
    room.clock.advance(20 * SECOND_MS)
    screen.sounder.tick()
    assert player.heard == [Sound.NEW, Sound.NEW]


@BOARDS
def test_a_screen_that_nobody_can_see_is_silent(room: Room, open_screen: OpenScreen) -> None:
    player = Listener()
    screen = open_screen(room, player)
    screen.hide()
    room.shop.desk.place(pickup(room.shop, "Margherita"))
    room.settle()
    screen.sounder.tick()
    assert player.heard == []
    screen.show()
    screen.sounder.tick()
    assert player.heard == [Sound.NEW]


def test_a_station_does_not_ring_for_another(room: Room) -> None:
    player = Listener()
    screen = pizza_screen(room, player)
    room.shop.desk.place(pickup(room.shop, "Caesar"))
    room.settle()
    screen.sounder.tick()
    assert player.heard == []


def test_the_kitchens_allergy_alarm_ends_with_seen(room: Room) -> None:
    player = Listener()
    screen = pizza_screen(room, player)
    order = room.shop.desk.place(replace(pickup(room.shop, "Margherita"), allergy="nuts")).order
    room.qtbot.waitUntil(lambda: Sound.CHANGED in player.heard)
    room.touch()
    room.clock.advance(21 * SECOND_MS)
    screen.sounder.tick()
    assert player.heard.count(Sound.CHANGED) == 2
    room.shop.desk.kitchen.see(order.id, order.tickets[0].station_id)
    room.settle()
    room.clock.advance(21 * SECOND_MS)
    screen.sounder.tick()
    assert player.heard.count(Sound.CHANGED) == 2


@BOARDS
def test_a_word_stands_in_the_head_when_nothing_can_be_heard(
    room: Room, computer: Computer, open_screen: OpenScreen
) -> None:
    player = ProgramPlayer(LINUX, room.window)
    screen = open_screen(room, player)
    word = screen.header.sound
    assert word.isVisible()
    assert word.accessibleName() == "Sound cannot play: no player on this computer"
    computer.install("pw-play")
    QTest.mouseClick(word, Qt.MouseButton.LeftButton)
    assert not word.isVisible()
    room.qtbot.waitUntil(lambda: len(computer.played) == 1)
    player.stop()


def test_no_word_where_no_sound_is_wanted(room: Room, computer: Computer) -> None:
    screen = BoardScreen(
        room.shop,
        room.background,
        room.bridge,
        room.notices,
        player=ProgramPlayer(LINUX, room.window),
        sounds=Sounds(volume=0),
    )
    room.show(screen)
    assert not screen.header.sound.isVisible()


def test_the_counter_rings_after_three_minutes_unless_a_board_is_in_front(room: Room) -> None:
    player = Listener()
    room.show(QWidget())
    bell = CounterBell(player, room.clock, room.window)
    bell.shelf_changed({})
    order = room.shop.desk.place(replace(pickup(room.shop, "Margherita"), promised_at=None)).order
    bell.shelf_changed(room.shop.desk.cards([order.id]))
    room.clock.advance(2 * MINUTE_MS)
    bell.tick()
    assert player.heard == []
    room.clock.advance(MINUTE_MS)
    bell.quiet = True
    bell.tick()
    assert player.heard == []
    bell.quiet = False
    bell.tick()
    assert player.heard == [Sound.NEW]
    room.touch()
    room.clock.advance(MINUTE_MS)
    bell.tick()
    assert player.heard == [Sound.NEW]


def test_every_sound_can_be_tried_and_switched(qtbot: QtBot, computer: Computer) -> None:
    computer.install("pw-play")
    player = ProgramPlayer(LINUX)
    rows = SoundRows(player, Sounds(volume=40))
    qtbot.addWidget(rows)
    told: list[Sounds] = []
    rows.changed.connect(told.append)
    for sound in Sound:
        button = rows.findChild(QPushButton, f"sound_test:{sound.value}")
        assert isinstance(button, QPushButton)
        button.click()
    qtbot.waitUntil(lambda: len(computer.played) == len(Sound))
    assert {line.split()[2] for line in computer.played} == {"0.40"}
    late = rows.findChild(QCheckBox, "screen_sound:late")
    assert isinstance(late, QCheckBox)
    late.setChecked(False)
    louder = rows.findChild(QPushButton, "sound_volume:+20")
    assert isinstance(louder, QPushButton)
    louder.click()
    assert told == [Sounds(late=False, volume=40), Sounds(late=False, volume=60)]
    volume = rows.findChild(QLabel, "sound_volume")
    assert isinstance(volume, QLabel)
    assert volume.text() == "60 %"
    player.stop()
    player.deleteLater()
