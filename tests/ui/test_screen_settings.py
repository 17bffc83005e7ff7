"""Settings, Screens: add one, change its size and distance, see the size, open and remove it."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit

from pos_app.domain.screens import Profile, Screen, find_station
from tests.support.pictures_automations import reach
from tests.support.window import Till


def screens(till: Till) -> list[tuple[str, Screen]]:
    return [(known.name, known.screen) for known in till.shop.desk.setup().screens]


def open_section(till: Till) -> None:
    till.window.show_screen("settings")
    till.tap("section:screens")


def keep(till: Till) -> None:
    reach(till, "screen_keep")
    till.tap("screen_keep")
    till.settle()


def test_a_screen_is_added_with_its_size_distance_and_sounds(till: Till) -> None:
    open_section(till)
    till.tap("screen_new")
    till.tap("screen_profile:bar")
    till.enter_into("screen_inches", "15,6")
    till.tap("screen_farther")
    sound = till.find("screen_sound:late")
    assert isinstance(sound, QCheckBox)
    sound.setChecked(False)
    keep(till)
    bar = find_station(till.shop.desk.setup().menu, "Bar")
    ((name, screen),) = screens(till)
    assert name == "Bar"
    assert (screen.profile, screen.station) == (Profile.BAR, bar.uid)
    assert (screen.inches, screen.distance_m) == (15.6, 1.5)
    assert (screen.sounds.late, screen.sounds.new) == (False, True)
    till.wait(lambda: till.sees("screen:Bar"), "the screen in the list")


def test_the_line_grows_with_the_distance(till: Till) -> None:
    open_section(till)
    till.tap("screen_new")
    sample = till.find("screen_sample")
    assert isinstance(sample, QLabel)
    sizes = [_size_of(sample)]
    for _ in range(2):
        till.tap("screen_farther")
        sizes.append(_size_of(sample))
    assert sizes == sorted(set(sizes))
    assert str(sizes[-1]) in till.text("screen_figures")
    till.tap("screen_leave")
    assert screens(till) == []


def _size_of(sample: QLabel) -> int:
    """As it is drawn, whatever style sheet has decided it."""
    sample.ensurePolished()
    return sample.fontInfo().pixelSize()


def test_a_name_suggests_itself_until_one_is_typed(till: Till) -> None:
    open_section(till)
    till.tap("screen_new")
    assert till.text("screen_name") == "Kitchen"
    till.tap("screen_profile:guest")
    assert till.text("screen_name") == "Guest display"
    till.enter_into("screen_name", "Window")
    till.tap("screen_profile:kitchen")
    assert till.text("screen_name") == "Window"


def test_what_is_no_size_is_refused_at_its_field(till: Till) -> None:
    open_section(till)
    till.tap("screen_new")
    till.enter_into("screen_inches", "large")
    keep(till)
    assert till.sees("screen_inches_error")
    assert screens(till) == []


def test_a_screen_is_renamed_and_removed(till: Till) -> None:
    till.shop.desk.screens.keep("Left", Screen(Profile.KITCHEN))
    open_section(till)
    till.wait(lambda: till.sees("screen:Left"), "the screen")
    till.tap("screen_change:Left")
    till.enter_into("screen_name", "Right")
    keep(till)
    assert [name for name, _ in screens(till)] == ["Right"]
    till.wait(lambda: till.sees("screen:Right"), "the renamed screen")
    till.tap("screen_remove:Right")
    till.settle()
    assert screens(till) == []


def test_a_screen_of_another_computer_is_not_listed(till: Till) -> None:
    desk = till.shop.desk
    desk.device_id, own = "another-computer", desk.device_id
    desk.screens.keep("Theirs", Screen(Profile.KITCHEN))
    desk.device_id = own
    open_section(till)
    till.settle()
    assert not till.sees("screen:Theirs")


def test_opening_asks_for_the_screen_and_the_monitor(till: Till) -> None:
    till.shop.desk.screens.keep("Left", Screen(Profile.KITCHEN))
    asked: list[tuple[str, str]] = []
    till.window.screen_wanted.connect(lambda name, monitor: asked.append((name, monitor)))
    open_section(till)
    till.wait(lambda: till.sees("screen:Left"), "the screen")
    till.tap("screen_open:Left")
    assert [name for name, _ in asked] == ["Left"]


def test_the_name_field_takes_no_more_than_the_store(till: Till) -> None:
    open_section(till)
    till.tap("screen_new")
    field = till.find("screen_name")
    assert isinstance(field, QLineEdit)
    assert field.maxLength() == 64
