"""One screen's form: profile, station, inches, distance, sounds, and a line as it will look."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from babel.numbers import format_decimal
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from pos_app.domain.menu import Menu
from pos_app.domain.screens import (
    FARTHEST_M,
    LARGEST_INCHES,
    LONGEST_NAME,
    NEAREST_M,
    STEP_M,
    Profile,
    Screen,
    Sounds,
    usual_screen,
)
from pos_app.language import pick
from ui.legibility import READ_ARC, font_px, pixel_mm
from ui.settings.section import choose
from ui.sounds.player import Player
from ui.sounds.test_row import SoundRows
from ui.theme import tokens
from ui.widgets.field import Field
from ui.widgets.parts import button, column, label, row
from ui.widgets.segmented import Segmented
from ui.words import _, language

# Larger than this says only how little fits; the figure beside it says the rest.
_LARGEST_PREVIEW_PX = 96
_STEP_PX = 64


class ScreenForm(QWidget):
    """`kept` carries the name and the screen as they were entered; `left` changes nothing."""

    kept = Signal(str, object)
    left = Signal()

    def __init__(self, player: Player) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self.known_name = ""
        self._screen = Screen(Profile.KITCHEN)
        self._menu = Menu((), (), ())
        self._lines = column(self, gap=14)
        self._title = label("", "heading", "screen_form")
        self._lines.addWidget(self._title)
        self._profiles = Segmented(
            "screen_profile", [(profile.value, profile_word(profile)) for profile in Profile]
        )
        self._profiles.chosen.connect(self._choose_profile)
        self._lines.addWidget(self._profiles)
        self.station = QComboBox()
        self.station.activated.connect(self._choose_station)
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.inches = QLineEdit()
        self.inches.setPlaceholderText(number(21.5))
        self.inches.textChanged.connect(self._preview)
        self._distance = label("", "heading", "screen_distance")
        self._station = Field(_("Station"), self.station, "screen_station")
        self._add_pair(
            {
                "name": Field(_("Name of the screen"), self.name, "screen_name"),
                "station": self._station,
            }
        )
        far = Field(_("How far does its reader stand?"), self._steps(), "screen_distance_box")
        self._add_pair(
            {
                "inches": Field(_("Diagonal in inches"), self.inches, "screen_inches"),
                "distance_m": far,
            }
        )
        self._sounds_box = QWidget()
        self._sounds = SoundRows(player, Sounds())
        self._add_sounds()
        self._sample = label("", name="screen_sample")
        self._figures = label("", "small", "screen_figures", wrap=True)
        self._add_preview()
        foot = row()
        foot.addWidget(button(_("Keep"), "screen_keep", self._keep, role="act"), 1)
        foot.addWidget(button(_("Leave it"), "screen_leave", self.left.emit), 1)
        self._lines.addLayout(foot)

    # How it is built

    def _add_pair(self, fields: dict[str, Field]) -> None:
        line = row(gap=16)
        for key, field in fields.items():
            self.fields[key] = field
            line.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self._lines.addLayout(line)

    def _steps(self) -> QWidget:
        box = QWidget()
        line = row(box)
        nearer = button("−", "screen_nearer", partial(self._step, -STEP_M))
        farther = button("+", "screen_farther", partial(self._step, STEP_M))
        for step in (nearer, farther):
            step.setMinimumWidth(_STEP_PX)
        line.addWidget(nearer)
        line.addWidget(self._distance)
        line.addWidget(farther)
        line.addStretch(1)
        return box

    def _add_sounds(self) -> None:
        lines = column(self._sounds_box, gap=4)
        lines.addWidget(self._sounds)
        self._lines.addWidget(self._sounds_box)

    def _add_preview(self) -> None:
        # A clipped line still shows how large it is; a window must not grow for it.
        self._sample.setMinimumWidth(1)
        self._lines.addWidget(label(_("A line of this screen, as large as it will be:"), "label"))
        self._lines.addWidget(self._sample)
        self._lines.addWidget(self._figures)

    # What it shows

    def show_menu(self, menu: Menu) -> None:
        self._menu = menu
        self.station.clear()
        self.station.addItem(_("all stations"), "")
        for station in menu.stations:
            self.station.addItem(pick(station.names, language()), station.uid)

    def begin_new(self) -> None:
        self.known_name = ""
        self._title.setText(_("A new screen"))
        self._show("", usual_screen(Profile.KITCHEN, self._menu))
        self._suggest_name()

    def begin(self, name: str, screen: Screen) -> None:
        self.known_name = name
        self._title.setText(name)
        self._show(name, screen)

    def _show(self, name: str, screen: Screen) -> None:
        self._screen = screen
        self.name.setText(name)
        self.inches.setText(number(screen.inches))
        self._sounds.show_sounds(screen.sounds)
        self._show_choice()

    def _show_choice(self) -> None:
        screen = self._screen
        cooks = screen.profile in (Profile.KITCHEN, Profile.BAR)
        self._profiles.choose(screen.profile.value)
        choose(self.station, screen.station)
        self._station.setVisible(cooks)
        self._sounds_box.setVisible(screen.profile is not Profile.GUEST)
        self._distance.setText(_("{metres} m").format(metres=number(screen.distance_m)))
        self._preview()

    def _choose_profile(self, value: str) -> None:
        suggested = self.name.text() in ("", self._usual_name())
        usual = usual_screen(Profile(value), self._menu)
        self._screen = replace(usual, sounds=self._sounds.sounds)
        self.inches.setText(number(usual.inches))
        self._show_choice()
        if suggested:
            self._suggest_name()

    def _choose_station(self, _place: int) -> None:
        suggested = self.name.text() in ("", self._usual_name())
        self._screen = replace(self._screen, station=str(self.station.currentData() or ""))
        if suggested:
            self._suggest_name()

    def _suggest_name(self) -> None:
        self.name.setText(self._usual_name())

    def _usual_name(self) -> str:
        screen = self._screen
        station = next((s for s in self._menu.stations if s.uid == screen.station), None)
        name = profile_word(screen.profile)
        if station is not None and screen.profile is Profile.KITCHEN:
            name += f" {pick(station.names, language())}"
        return name[:LONGEST_NAME].strip()

    def _step(self, metres: float) -> None:
        wanted = min(max(self._screen.distance_m + metres, NEAREST_M), FARTHEST_M)
        self._screen = replace(self._screen, distance_m=wanted)
        self._show_choice()

    def _preview(self) -> None:
        """What a cook will read, in the real size on this monitor's pixels."""
        inches = _inches(self.inches.text())
        monitor = self.screen().geometry()
        if not inches:
            self._figures.setText("")
            return
        pixel = pixel_mm(inches, monitor.width(), monitor.height())
        size = font_px(READ_ARC, self._screen.distance_m, pixel)
        dish = self._menu.dishes[0] if self._menu.dishes else None
        name = pick(dish.kitchen, language()) if dish is not None else "Margherita"
        self._sample.setText(f"2  {name}")
        theme = tokens("dark")
        self._sample.setStyleSheet(
            f"background: {theme.surface}; color: {theme.text}; border-radius: 12px;"
            f"padding: 6px 20px; font-weight: 500; font-size: {min(size, _LARGEST_PREVIEW_PX)}px;"
        )
        self._figures.setText(
            _("{size} pixels: a dish on {width} × {height}, read from {metres} m").format(
                size=size,
                width=monitor.width(),
                height=monitor.height(),
                metres=number(self._screen.distance_m),
            )
        )

    def _keep(self) -> None:
        # What is no number is refused where every other size that cannot be is.
        inches = _inches(self.inches.text())
        self.kept.emit(
            self.name.text().strip(),
            replace(self._screen, inches=inches, sounds=self._sounds.sounds),
        )


def profile_word(profile: Profile) -> str:
    return {
        Profile.PASS: _("Pass"),
        Profile.KITCHEN: _("Kitchen"),
        Profile.BAR: _("Bar"),
        Profile.GUEST: _("Guest display"),
    }[profile]


def number(value: float) -> str:
    """`21.5`, `21,5`, `2`: no figure behind the point where there is nothing to say."""
    return str(format_decimal(value, format="0.##", locale=language()))


def _inches(text: str) -> float:
    """As typed, with a point or a comma; 0 for what is no number."""
    try:
        typed = float(text.strip().replace(",", "."))
    except ValueError:
        return 0.0
    return typed if 0 < typed <= LARGEST_INCHES else 0.0
