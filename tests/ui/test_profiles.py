"""A window with one profile: which screen it is, and that it follows what the settings say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.bootstrap import Shop, open_shop
from pos_app.desk.setup import Setup
from pos_app.domain.screens import Profile, Screen, find_station
from pos_app.errors import BadInput
from tests.support.looking import look
from tests.support.shops import copied_shop, pickup
from ui.app import Program
from ui.background import Background
from ui.board.screen import BoardScreen
from ui.guest.screen import GuestScreen
from ui.kitchen.screen import KitchenScreen
from ui.main_window import MainWindow
from ui.notices import Notices
from ui.profiles import ProfileWindow
from ui.wanted import Wanted, opening
from ui.words import set_language
from ui.world import World


@pytest.fixture
def shop(tmp_path: Path, stores: dict[bool, Path]) -> Iterator[Shop]:
    copied_shop(stores[False], tmp_path / "shop")
    opened = open_shop(tmp_path / "shop")
    yield opened
    opened.close()


@pytest.fixture
def begin(
    qapp: QApplication, tmp_path: Path, stores: dict[bool, Path]
) -> Iterator[Callable[..., Program]]:
    programs: list[Program] = []

    def begin_one(wanted: Wanted | None = None) -> Program:
        data = tmp_path / "shop"
        if not data.exists():
            copied_shop(stores[False], data)
        programs.append(Program(data, wanted=wanted))
        programs[-1].begin()
        return programs[-1]

    yield begin_one
    for program in reversed(programs):
        program.end()
    set_language("en")


def station_uid(setup: Setup, name: str) -> str:
    return find_station(setup.menu, name).uid


def kitchen_of(window: object) -> KitchenScreen:
    assert isinstance(window, ProfileWindow)
    assert isinstance(window.content, KitchenScreen)
    return window.content


def test_a_profile_alone_opens_its_usual_screen(shop: Shop) -> None:
    setup = shop.desk.setup()
    name, screen = opening(Wanted("kitchen", "gri"), setup, shop.terminal_id)
    assert name == "Kitchen Grill"
    assert screen.station == station_uid(setup, "Grill")
    assert opening(Wanted("bar"), setup, "")[1].station == station_uid(setup, "Bar")


def test_a_known_name_brings_its_set_up_along(shop: Shop) -> None:
    kept = Screen(Profile.KITCHEN, station_uid(shop.desk.setup(), "Pizza"), 24, 2.0)
    shop.desk.screens.keep("Left oven", kept)
    setup = shop.desk.setup()
    assert opening(Wanted(name="Left oven"), setup, shop.terminal_id) == ("Left oven", kept)
    moved = opening(Wanted("kitchen", "grill", "Left oven"), setup, shop.terminal_id)[1]
    assert moved == replace(kept, station=station_uid(setup, "Grill"))
    assert opening(Wanted("guest", name="Left oven"), setup, shop.terminal_id)[1].profile == "guest"


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (Wanted(name="Nobody’s"), "profile"),
        (Wanted("kitchen", "zzz"), "station"),
        (Wanted("guest", "grill"), "station"),
        (Wanted("pass", "grill"), "station"),
    ],
)
def test_what_cannot_be_opened_is_refused_at_its_field(
    shop: Shop, wanted: Wanted, field: str
) -> None:
    with pytest.raises(BadInput) as refused:
        opening(wanted, shop.desk.setup(), shop.terminal_id)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("profile", "kind"),
    [
        ("pass", BoardScreen),
        ("kitchen", KitchenScreen),
        ("bar", KitchenScreen),
        ("guest", GuestScreen),
    ],
)
def test_each_profile_has_its_window_without_the_rest(
    begin: Callable[..., Program], profile: str, kind: type[QWidget]
) -> None:
    program = begin(Wanted(profile))
    window = program.window
    assert isinstance(window, ProfileWindow)
    assert isinstance(window.content, kind)
    assert window.findChild(QWidget, "rail") is None
    look(lambda: not program.background.busy, "the screen is known")


def test_a_wrong_station_ends_the_start_and_says_which_there_are(
    qapp: QApplication, tmp_path: Path, stores: dict[bool, Path]
) -> None:
    copied_shop(stores[False], tmp_path / "shop")
    program = Program(tmp_path / "shop", wanted=Wanted("kitchen", "sushi"))
    with pytest.raises(BadInput) as refused:
        program.begin()
    program.end()
    assert "Grill / Гриль" in refused.value.hint


def test_an_opened_screen_is_known_to_the_settings_and_follows_them(
    begin: Callable[..., Program], tmp_path: Path
) -> None:
    program = begin(Wanted("kitchen", "grill"))
    shop = open_shop(tmp_path / "shop")
    look(lambda: shop.desk.setup().screens, "the screen to be known")
    known = shop.desk.setup().screens[0]
    assert known.name == "Kitchen Grill"
    before = kitchen_of(program.window).grid.sizes.dish_px
    shop.desk.screens.keep(known.name, replace(known.screen, distance_m=3.0))
    look(lambda: kitchen_of(program.window).grid.sizes.dish_px > before * 1.8, "larger words")
    settings = shop.desk.setup().settings.shop
    shop.desk.change_shop(replace(settings, language="uk"))
    look(lambda: kitchen_of(program.window).header.title == "Гриль", "Ukrainian")
    shop.close()


def test_two_programs_on_one_store_show_each_other_s_taps(begin: Callable[..., Program]) -> None:
    one, other = begin(Wanted("kitchen", "pizza")), begin(Wanted("kitchen", "pizza", "Second"))
    till = open_shop(one.data)
    order = till.desk.place(pickup(till)).order
    look(lambda: _act(one) == "Start" and _act(other) == "Start", "the ticket on both screens")
    grid = kitchen_of(one.window).grid
    grid.act_wanted.emit(grid.shown[0].card.content)
    look(lambda: _act(other) == "Ready", "the start on the other screen")
    other_grid = kitchen_of(other.window).grid
    other_grid.act_wanted.emit(other_grid.shown[0].card.content)
    look(lambda: not kitchen_of(one.window).grid.shown, "the ticket gone on the first screen")
    card = till.desk.order(order.id)
    assert card is not None
    assert card.order.kind == "ready"
    till.close()


def _act(program: Program) -> str:
    shown = kitchen_of(program.window).grid.shown
    return shown[0].card.content.act_word if shown else ""


def test_the_settings_open_another_window_in_the_same_program(
    begin: Callable[..., Program], tmp_path: Path
) -> None:
    shop_first = begin()
    window = shop_first.window
    assert isinstance(window, MainWindow)
    shop = open_shop(tmp_path / "shop")
    shop.desk.screens.keep("Guests", Screen(Profile.GUEST, inches=32, distance_m=3.0))
    window.settings.show_section("screens")
    look(lambda: _entry(window, "screen_open:Guests"), "the screen in the settings")
    button = _entry(window, "screen_open:Guests")
    assert button is not None
    getattr(button, "click")()  # noqa: B009
    look(lambda: len(shop_first.beside) == 1, "a second window")
    assert isinstance(shop_first.beside[0].content, GuestScreen)
    getattr(button, "click")()  # noqa: B009
    QTest.qWait(50)
    assert len(shop_first.beside) == 1
    shop.close()


def _entry(window: MainWindow, name: str) -> QWidget | None:
    return window.settings.findChild(QWidget, name)


def test_a_screen_that_no_longer_hears_the_others_says_so(qapp: QApplication, shop: Shop) -> None:
    background, notices = Background(), Notices()
    name, screen = opening(Wanted("kitchen"), shop.desk.setup(), shop.terminal_id)
    shop.watch.start()
    world = World(shop)
    window = ProfileWindow(shop, shop.desk.setup(), background, notices, world, name, screen)
    window.show()
    look(lambda: not background.busy, "the first sentence")
    assert shop.watch.is_well
    assert kitchen_of(window).header.told_wrong == ""
    shop.watch.stop()
    look(lambda: "does not hear" in kitchen_of(window).header.told_wrong, "the sentence")
    window.close()
    background.stop()
    window.deleteLater()
    world.stop()
