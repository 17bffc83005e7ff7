"""Can be read from where its reader stands and hit with a finger: measured on the live widgets."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from pos_app.domain.board import standing
from tests.support.bands import Bar, bar_of, grey, told_apart
from tests.support.kitchen_shop import open_kitchen
from tests.support.pictures_all import GROUPS
from tests.support.pictures_board import rush_shop
from tests.support.pictures_kitchen import busy, kitchen_screen
from tests.support.pictures_stage import Room, drop
from tests.support.targets import GAP_PX, TARGET_PX, Target, targets, too_near, too_small
from tests.support.walk import walk
from ui.board.measures import font
from ui.board.screen import BoardScreen
from ui.dressing import dress
from ui.kitchen.card import Card
from ui.kitchen.screen import KitchenScreen
from ui.kitchen.sizes import sizes_for
from ui.theme import tokens
from ui.words import set_language

NUMBER_ARC, READ_ARC, SMALLEST_ARC = 20.0, 16.0, 12.0
INCH_MM = 25.4
# A screen's inches, pixels, and how many metres away its reader stands.
SCREENS = (
    (21.5, 1920, 1080, 1.0),
    (21.5, 1920, 1080, 1.5),
    (21.5, 1920, 1080, 2.0),
    (15.6, 1366, 768, 1.0),
    (32.0, 1920, 1080, 2.0),
)


@pytest.fixture
def kitchen_room(qapp: QApplication, tmp_path: Path) -> Iterator[Room]:
    """A grill with 25 tickets, in Ukrainian."""
    dress()
    set_language("uk")
    room = Room(open_kitchen(tmp_path / "kitchen", "uk"))
    busy(room.shop)
    yield room
    room.close()
    set_language("en")


def _shown(room: Room, inches: float, wide: int, high: int, metres: float) -> KitchenScreen:
    screen = kitchen_screen(room, "Grill", sizes_for(inches, wide, high, metres))
    screen.resize(wide, high)
    screen.show()
    room.settle(screen)
    return screen


def _seen(face: QFont, pixel_mm: float, metres: float) -> float:
    """Arc minutes of a capital letter, from the font as it is on the screen."""
    capital_mm = QFontMetricsF(face).capHeight() * pixel_mm
    return math.degrees(math.atan(capital_mm / (metres * 1000))) * 60


def _fonts(card: Card, screen: KitchenScreen) -> Iterator[tuple[str, QFont, float]]:
    """Every text of a card with its font and the least that it needs."""
    content = card.content
    cooked = {t for line in content.lines for t in (line.quantity, line.dish, line.modifiers)}
    for piece in card.pieces:
        small = READ_ARC if piece.text in cooked else SMALLEST_ARC
        yield piece.text, piece.font, NUMBER_ARC if piece.text == content.number else small
    sizes = screen.grid.sizes
    yield "band", sizes.clock, SMALLEST_ARC
    yield "age", sizes.under, SMALLEST_ARC
    yield "button", sizes.button, SMALLEST_ARC


@pytest.mark.parametrize(("inches", "wide", "high", "metres"), SCREENS)
def test_a_kitchen_card_is_read_from_where_the_cook_stands(
    kitchen_room: Room, inches: float, wide: int, high: int, metres: float
) -> None:
    screen = _shown(kitchen_room, inches, wide, high, metres)
    pixel_mm = inches * INCH_MM / math.hypot(wide, high)
    cards = [cell.card for cell in screen.grid.shown]
    least_seen = {NUMBER_ARC: math.inf, READ_ARC: math.inf, SMALLEST_ARC: math.inf}
    too_faint = []
    for card in cards:
        for text, face, least in _fonts(card, screen):
            seen = _seen(face, pixel_mm, metres)
            least_seen[least] = min(least_seen[least], seen)
            if seen < least:
                too_faint.append(f"{card.content.number}: “{text}” is {seen:.1f}′, not {least}′")
    drop(screen)
    assert cards
    assert max(least_seen.values()) < math.inf
    assert not too_faint, "\n" + "\n".join(too_faint)


def test_a_number_s_ink_is_as_high_as_its_font_says(kitchen_room: Room) -> None:
    """So that arc minutes computed from fonts are those of the picture."""
    screen = _shown(kitchen_room, 21.5, 1920, 1080, 1.5)
    cell = next(cell for cell in screen.grid.shown if not cell.card.content.marks)
    number = next(p for p in cell.card.pieces if p.text == cell.card.content.number)
    place = number.place.translated(cell.place.topLeft())
    picture = grey(screen.grid.grab(place).toImage())
    drop(screen)
    lit = [y for y in range(picture.height()) if _is_lit(picture, y)]
    high = lit[-1] - lit[0] + 1
    assert high == pytest.approx(QFontMetricsF(number.font).capHeight(), abs=3)


def _is_lit(picture: QImage, y: int) -> bool:
    return any(picture.pixelColor(x, y).lightness() > 128 for x in range(picture.width()))


@pytest.mark.parametrize("group", GROUPS)
def test_everything_that_is_touched_is_large_enough_and_apart(
    qapp: QApplication, group: str
) -> None:
    """48 px, a card's acts 60; 8 px to the neighbour. Lines of one card and rows of one list
    touch each other, as in any list: each is 48 px high, and the same touch takes it back."""
    for language in ("en", "uk"):
        found = walk(group, language)
        assert found.targets or group == "guest"
        assert not found.small, "\n" + "\n".join(dict.fromkeys(found.small))
        assert not found.near, "\n" + "\n".join(dict.fromkeys(found.near))


def test_a_pass_card_s_acts_are_for_gloves(qapp: QApplication, tmp_path: Path) -> None:
    """The same walk sees the painted buttons of cards too."""
    room, board = _board(tmp_path)
    found = [target for target in targets(board) if target.is_act]
    drop(board)
    room.close()
    assert len(found) > 4
    assert min(target.height for target in found) >= 60


def _board(tmp_path: Path) -> tuple[Room, BoardScreen]:
    dress()
    room = Room(rush_shop(tmp_path / "rush", "en"))
    board = BoardScreen(room.shop, room.background, room.bridge, room.notices)
    board.resize(1832, 1040)
    board.show()
    room.settle(board)
    return room, board


def test_a_pass_s_bands_are_told_apart_in_grey(qapp: QApplication, tmp_path: Path) -> None:
    room, board = _board(tmp_path)
    picture = grey(board.grab().toImage())
    bars: dict[str, Bar] = {}
    for column in board.columns.all:
        viewport = column.view.viewport()
        for row, slot in enumerate(column.model.slots):
            at = column.view.visualRect(column.model.index(row))
            band, is_held = slot.body_band, slot.layout.content.held
            if band is None or is_held or not viewport.rect().contains(at):
                continue
            corner = viewport.mapTo(board, at.topLeft())
            place = QRect(corner.x(), corner.y(), slot.layout.width, slot.layout.height)
            bars[band.value] = bar_of(picture, place, tokens("dark").colour("surface"))
    drop(board)
    room.close()
    assert set(bars) == {"on_time", "soon", "late"}
    assert told_apart(bars) == []


def test_a_kitchen_s_bands_are_told_apart_in_grey(kitchen_room: Room) -> None:
    screen = _shown(kitchen_room, 21.5, 1920, 1080, 1.0)
    bars: dict[str, Bar] = {}
    for page in range(8):
        screen.grid.show_page(page)
        QApplication.processEvents()
        picture = grey(screen.grid.grab().toImage())
        for cell in screen.grid.shown:
            if not cell.card.content.held:
                order, now = cell.card.content.order, kitchen_room.shop.clock.now()
                band = standing(order, now, screen.grid.limits).band
                place = QRect(cell.place.topLeft(), cell.place.size())
                surface = tokens("dark").colour("surface")
                bars.setdefault(band.value, bar_of(picture, place, surface))
    drop(screen)
    assert set(bars) == {"on_time", "soon", "late"}
    assert told_apart(bars) == []


# What the checks above are worth: each finds what was spoilt on purpose.


def _button(window: QWidget, name: str, place: QRect) -> None:
    made = QPushButton(name, window)
    made.setObjectName(name)
    made.setGeometry(place)


@pytest.mark.parametrize(
    ("second", "small", "near"),
    [
        (QRect(68, 10, 48, 48), 0, 0),
        (QRect(68, 10, 48, 40), 1, 0),
        (QRect(68, 10, 40, 48), 1, 0),
        (QRect(62, 10, 48, 48), 0, 1),
        (QRect(10, 61, 48, 48), 0, 1),
    ],
)
def test_a_small_button_and_a_near_one_are_found(
    qapp: QApplication, second: QRect, small: int, near: int
) -> None:
    window = QWidget()
    window.resize(300, 200)
    _button(window, "first", QRect(10, 10, TARGET_PX, TARGET_PX))
    _button(window, "second", second)
    window.show()
    found = targets(window)
    assert len(found) == 2
    assert (len(too_small(found)), len(too_near(found))) == (small, near)
    window.close()
    window.deleteLater()


def test_a_card_s_act_needs_more_than_a_button() -> None:
    act = Target("act of A1", QRect(0, 0, 200, 56), 200, 56, is_act=True)
    assert too_small([act]) == ["act of A1 is 200×56"]
    apart = Target("line of A1", QRect(0, 56 + GAP_PX, 200, 56), 200, 56)
    assert too_near([act, apart]) == []


@pytest.mark.parametrize(
    ("paint", "said"),
    [
        (lambda _picture: None, []),
        (lambda picture: _bar(picture, 1, 10), ["soon is not striped"]),
        (
            lambda picture: _bar(picture, 2, 10),
            ["late (10 px) is hardly wider than on time (10 px)"],
        ),
        (lambda picture: _stripes(picture, 0), ["only soon is striped"]),
    ],
)
def test_bars_that_look_the_same_in_grey_are_found(
    paint: Callable[[QImage], None], said: list[str]
) -> None:
    surface = QColor("#1A2029")
    picture = QImage(400, 200, QImage.Format.Format_RGB32)
    picture.fill(surface)
    for place, wide in enumerate((10, 12, 20)):
        _bar(picture, place, wide)
    _stripes(picture, 1)
    paint(picture)
    found = {
        name: bar_of(grey(picture), QRect(place * 100, 0, 90, 200), surface)
        for place, name in enumerate(("on_time", "soon", "late"))
    }
    assert told_apart(found) == said


def _bar(picture: QImage, place: int, wide: int) -> None:
    for x in range(90):
        for y in range(picture.height()):
            picture.setPixelColor(place * 100 + x, y, QColor("#FFB627" if x < wide else "#1A2029"))


def _stripes(picture: QImage, place: int) -> None:
    for y in (y for y in range(picture.height()) if y // 8 % 2):
        for x in range(10):
            picture.setPixelColor(place * 100 + x, y, QColor("#7A5200"))


@pytest.mark.parametrize(("metres", "dish_px"), [(1.0, 26), (1.5, 39), (2.0, 52)])
def test_the_eye_s_arithmetic_is_that_of_the_design(
    qapp: QApplication, metres: float, dish_px: int
) -> None:
    """On 21.5 inches and Full HD a dish is 26, 39, 52 px high, and not a pixel less."""
    dress()
    pixel_mm = 21.5 * INCH_MM / math.hypot(1920, 1080)
    assert _seen(font(dish_px), pixel_mm, metres) >= READ_ARC
    assert _seen(font(dish_px - 1), pixel_mm, metres) < READ_ARC
