"""At two device pixels per pixel a monitor is small: nothing is out of reach there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollBar, QWidget

from pos_app.domain.staff import SCREENS
from tests.support.window import Till
from ui.room import NEEDED_PX
from ui.widgets.pan import Pan
from ui.widgets.qr_code import QrCode

LAPTOP_AT_ONE_AND_A_HALF, USUAL = QSize(911, 512), QSize(1366, 768)


def place_of(till: Till) -> Pan:
    found = till.window.findChild(Pan, "screens_place")
    assert isinstance(found, Pan)
    return found


def bars(pan: Pan) -> list[QScrollBar]:
    found = pan.findChildren(QScrollBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [bar for bar in found if bar.isVisible()]


def seen(till: Till, widget: QWidget) -> bool:
    place = QRect(widget.mapTo(till.window, QPoint(0, 0)), widget.size())
    return till.window.rect().contains(place) and widget.visibleRegion().boundingRect() == (
        widget.rect()
    )


def test_the_window_takes_no_more_than_the_monitor_and_no_screen_is_squeezed(
    open_till: Callable[..., Till],
) -> None:
    till = open_till()
    till.window.resize(LAPTOP_AT_ONE_AND_A_HALF)
    pan = place_of(till)
    for name in SCREENS:
        till.window.show_screen(name)
        till.settle()
        assert till.window.size() == LAPTOP_AT_ONE_AND_A_HALF
        inside = till.window.screens.size()
        assert inside == pan.size().expandedTo(NEEDED_PX[name]), name
        assert len(bars(pan)) == (inside.width() > pan.width()) + (inside.height() > pan.height())


def test_in_a_usual_window_nothing_is_scrolled(open_till: Callable[..., Till]) -> None:
    till = open_till()
    till.settle()
    assert till.window.size() == USUAL
    assert not bars(place_of(till))
    room = till.window.screens.size()
    assert room == place_of(till).size()
    assert all(needed.expandedTo(room) == room for needed in NEEDED_PX.values())


def test_the_last_button_of_the_rail_is_reached_by_wheel_and_by_tab(
    open_till: Callable[..., Till],
) -> None:
    till = open_till()
    till.window.resize(800, 420)
    till.settle()
    settings = till.find("rail:settings")
    rail = till.window.findChild(Pan, "rail_place")
    assert isinstance(rail, Pan)
    assert not seen(till, settings)
    turn(rail, -2_000)
    assert seen(till, settings)
    turn(rail, 2_000)
    assert seen(till, till.find("rail:counter"))
    settings.setFocus(Qt.FocusReason.TabFocusReason)
    till.wait(lambda: seen(till, settings), "the button that has the focus")


def turn(pan: Pan, by: int) -> None:
    """A wheel over `pan`, or two fingers."""
    middle = QPointF(pan.rect().center())
    event = QWheelEvent(
        middle,
        pan.mapToGlobal(middle),
        QPoint(),
        QPoint(0, by),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(pan, event)


@pytest.mark.parametrize("side", [260, 170])
def test_a_code_in_little_room_has_whole_pixels_and_all_its_modules(
    qapp: QApplication, side: int
) -> None:
    code = QrCode(260, least_px=140)
    code.show_content("https://t.example.ua/2E4EQ94YC77LNA2F8YW5KF17C8X8OH")
    code.resize(260, side)
    image = code.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    shades = {image.pixelColor(x, y).value() for x in range(260) for y in range(side)}
    assert shades == {0, 255}
    code.deleteLater()
    QTest.qWait(0)
