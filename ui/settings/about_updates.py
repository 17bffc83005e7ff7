"""Whether somebody asks for a newer Orderbell: off until a person wants it; it only tells."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app import support
from pos_app.clock import local
from pos_app.desk.setup import Setup
from pos_app.desk.updates_desk import newer_in, shipped
from pos_app.domain.release import Release, Updates
from pos_app.errors import OrderbellError
from pos_app.language import pick
from ui.settings.section import Doors, Section
from ui.widgets.field import Field
from ui.widgets.parts import button, column, label, row
from ui.widgets.tick import Tick
from ui.words import _, language, sentences, told


class UpdatesPart(QWidget):
    """Part of a section, whose fields show what is wrong."""

    def __init__(self, doors: Doors, section: Section) -> None:
        super().__init__()
        self._doors, self._section = doors, section
        self._held = Updates()
        rows = column(self, gap=10)
        rows.addWidget(label(_("Newer versions"), "heading"))
        self._state = label("", "", "updates_state", wrap=True)
        rows.addWidget(self._state)
        self._notes = label("", "second", "updates_notes", wrap=True)
        rows.addWidget(self._notes)
        self._on = Tick(_("Ask once a day whether there is a newer Orderbell"), "updates_on")
        self._on.toggled.connect(self._show_fields)
        rows.addWidget(self._on)
        self.address, self.key = QLineEdit(), QLineEdit()
        self.address.setPlaceholderText("https://")
        self._fields = [
            Field(_("Address"), self.address, "updates_address"),
            Field(
                _("The publisher’s key"),
                self.key,
                "updates_key",
                _("It stands where you have the address from. What it has not signed is ignored."),
            ),
        ]
        section.fields |= dict(zip(("address", "key"), self._fields, strict=True))
        for field in self._fields:
            rows.addWidget(field)
        line = row()
        line.addWidget(button(_("Save"), "updates_save", self._save), 1)
        self._ask = button(_("Ask now"), "updates_ask", self._ask_now)
        line.addWidget(self._ask, 1)
        rows.addLayout(line)
        rows.addWidget(
            label(_("Nothing is fetched or installed by itself: it is told here."), "small")
        )

    def show_setup(self, setup: Setup) -> None:
        updates, release = setup.settings.updates, setup.settings.release
        self._tell(newer_in(setup), release, setup.settings.shop.zone, updates)
        self._ask.setEnabled(updates.on)
        if updates != self._held:
            self._held = updates
            self._on.setChecked(updates.on)
            self.address.setText(updates.address)
            self.key.setText(updates.key)
        self._show_fields(self._on.isChecked())

    def _tell(self, newer: Release | None, release: Release, zone: str, updates: Updates) -> None:
        notes = ""
        if not updates.on:
            words = _("Nobody asks: it is switched off.")
        elif newer is not None:
            words = _("Orderbell {version} is out.").format(version=newer.version)
            notes = pick(newer.notes, language())
        elif release.checked_at and release.key == updates.key:
            at = f"{local(release.checked_at, zone):%d.%m.%Y %H:%M}"
            words = _("This is the newest Orderbell (asked {time}).").format(time=at)
        else:
            words = _("Nobody has been asked for a newer Orderbell yet.")
        self._state.setText(words)
        self._notes.setText(notes)
        self._notes.setVisible(bool(notes))

    def _show_fields(self, on: bool) -> None:
        ours = bool(shipped().address) and not self.address.text()
        for field in self._fields:
            field.setVisible(on and not ours)

    def _save(self) -> None:
        wanted = replace(
            self._held,
            on=self._on.isChecked(),
            address=self.address.text().strip(),
            key=self.key.text().strip(),
        )
        desk = self._doors.shop.desk
        self._section.save("switch updates", lambda: desk.updates.switch(wanted), _("Saved."))

    def _ask_now(self) -> None:
        self._ask.setEnabled(False)
        self._state.setText(_("Asking…"))
        shop = self._doors.shop
        self._doors.background.work_long(
            "ask for updates", lambda: support.ask_for_updates(shop), self._asked, self._refused
        )

    def _asked(self, newer: Release | None) -> None:
        self._ask.setEnabled(True)
        if newer is None:
            self._state.setText(_("This is the newest Orderbell."))

    def _refused(self, error: OrderbellError) -> None:
        self._ask.setEnabled(True)
        words = told(error)
        self._state.setText(sentences(words.title, words.message, words.hint))
