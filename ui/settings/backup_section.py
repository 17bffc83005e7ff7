"""Backups: when the last good one was made, one more now, and which can be put back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from pos_app.clock import Instant, local
from pos_app.config import Backups
from pos_app.desk.backing_up import Made
from pos_app.desk.backups_desk import BackupsFound
from pos_app.desk.setup import Setup
from pos_app.errors import BadInput, OrderbellError
from pos_app.progress import Step
from ui.notices import Tone
from ui.settings.section import Doors, Section
from ui.widgets.field import Field
from ui.widgets.parts import button, column, empty, frame, label, row
from ui.words import _, ngettext

SHOWN = 12
MEGABYTE = 1_000_000


class BackupSection(Section):
    """`restore_wanted` carries the file of the copy that a person wants back."""

    restore_wanted = Signal(object)
    _told = Signal(object, int, int)

    def __init__(self, doors: Doors) -> None:
        super().__init__(
            doors,
            _("Backups"),
            _(
                "Each night the store is copied and the copy is opened and checked."
                " Copies older than a week hold no guests."
            ),
        )
        self._kept: Backups | None = None
        self._zone = "UTC"
        self._newest = label("", "heading", "backup_newest", wrap=True)
        self.rows.addWidget(self._newest)
        self._make = button(_("Back up now"), "backup_make", self._back_up, role="act")
        self._progress = label("", "second", "backup_progress")
        line = row(gap=12)
        line.addWidget(self._make)
        line.addWidget(self._progress, 1)
        self.rows.addLayout(line)
        self.folder, self.hour = QLineEdit(), QLineEdit()
        self.add_field(
            "folder",
            Field(
                _("Folder of backups"),
                self.folder,
                "backup_folder",
                _("Better on another disk. Empty: beside the store."),
            ),
        )
        # What is wrong with the target of a copy is wrong with the folder in the field.
        self.fields["target"] = self.fields["folder"]
        self.add_field("hour", Field(_("Each night at, hour"), self.hour, "backup_hour"))
        self.rows.addWidget(button(_("Save"), "backup_save", self._save))
        self.rows.addSpacing(12)
        self.rows.addWidget(label(_("Put a copy back"), "heading"))
        box = QWidget()
        self._list = column(box)
        self.rows.addWidget(box)
        self.rows.addStretch(1)
        self._told.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    def show_setup(self, setup: Setup) -> None:
        self._zone = setup.settings.shop.zone
        kept = setup.settings.backups
        if kept != self._kept:
            self._kept = kept
            self.folder.setText(kept.folder)
            self.hour.setText(str(kept.hour))

    def _look(self) -> None:
        backups = self.doors.shop.desk.backups
        self.doors.background.read("which backups there are", backups.found, self._show, self._lost)

    def _lost(self, error: OrderbellError) -> None:
        self._newest.setText(error.title)
        self.refuse(error)

    def _show(self, found: BackupsFound) -> None:
        if found.newest is None:
            self._newest.setText(_("There is no backup yet."))
        else:
            self._newest.setText(
                _("Last good backup: {time}").format(time=self._time(found.newest.made_at))
            )
        empty(self._list)
        backups = [copy for copy in found.copies if copy.is_backup]
        for copy in backups[:SHOWN]:
            detail = _("{size} MB").format(size=f"{copy.size / MEGABYTE:.1f}")
            if not copy.has_guests:
                detail = f"{detail} · " + _("without guests")
            card = _CopyCard(self.doors, copy.path, self._time(copy.made_at), detail)
            card.restore_wanted.connect(self.restore_wanted)
            self._list.addWidget(card)
        if len(backups) > SHOWN:
            more = len(backups) - SHOWN
            words = ngettext("+{count} older copy", "+{count} older copies", more)
            self._list.addWidget(label(words.format(count=more), "second", "backup_more"))

    def _time(self, instant: Instant) -> str:
        return f"{local(instant, self._zone):%d.%m.%Y %H:%M}"

    # Making one

    def _back_up(self) -> None:
        self._make.setEnabled(False)
        backups = self.doors.shop.desk.backups
        self.doors.background.work_long(
            "back up", lambda: backups.make(progress=self._told.emit), self._made, self._failed
        )

    def _show_progress(self, step: Step, done: int, of: int) -> None:
        share = f" {100 * done // of} %" if of > 1 else ""
        words = _("Copying…") if step is Step.COPYING else _("Checking…")
        self._progress.setText(f"{words}{share}")

    def _made(self, made: Made) -> None:
        self._rest()
        orders = made.report.orders
        words = ngettext(
            "Backed up: {count} order, opened and checked.",
            "Backed up: {count} orders, opened and checked.",
            orders,
        )
        self.doors.notices.say(words.format(count=orders), tone=Tone.GOOD)
        self._look()

    def _failed(self, error: OrderbellError) -> None:
        self._rest()
        self.refuse(error)

    def _rest(self) -> None:
        self._make.setEnabled(True)
        self._progress.setText("")

    def _save(self) -> None:
        folder, hour = self.folder.text().strip(), self.hour.text().strip()
        kept = self._kept or Backups()
        desk = self.doors.shop.desk

        def keep() -> None:
            if not (hour.isascii() and hour.isdigit()):
                raise BadInput("hour", "The hour is from 0 to 23")
            desk.backups.keep(replace(kept, folder=folder, hour=int(hour)))

        self.save("keep backups", keep, _("Saved."), self._look)


class _CopyCard(QFrame):
    """One copy; a first tap asks, a second one puts it back."""

    restore_wanted = Signal(object)

    def __init__(self, doors: Doors, file: Path, title: str, detail: str) -> None:
        super().__init__()
        self._doors, self._file = doors, file
        card = frame("card", f"copy:{file.name}")
        column(self).addWidget(card)
        inner = column(card, margins=(16, 10, 12, 10))
        line = row()
        words = column(gap=2)
        words.addWidget(label(title, "strong"))
        words.addWidget(label(detail, "small"))
        line.addLayout(words, 1)
        self._ask = button(_("Put back…"), f"copy_ask:{file.name}", self._count, role="quiet")
        line.addWidget(self._ask)
        inner.addLayout(line)
        self._question = QWidget()
        asked = column(self._question, margins=(0, 8, 0, 4))
        self._words = label("", "", f"copy_words:{file.name}", wrap=True)
        asked.addWidget(self._words)
        answers = row()
        answers.addStretch(1)
        answers.addWidget(button(_("No"), f"copy_no:{file.name}", self._no))
        answers.addWidget(button(_("Put back"), f"copy_yes:{file.name}", self._yes, role="danger"))
        asked.addLayout(answers)
        self._question.hide()
        inner.addWidget(self._question)

    def _count(self) -> None:
        backups = self._doors.shop.desk.backups
        self._doors.background.read(
            "what would be set aside", lambda: backups.newer_than(self._file), self._show
        )

    def _show(self, newer: int) -> None:
        set_aside = ngettext(
            "{count} newer order is set aside with the present store, which is kept.",
            "{count} newer orders are set aside with the present store, which is kept.",
            newer,
        ).format(count=newer)
        after = _("The window closes and opens again; texts wait until you have looked.")
        self._words.setText(f"{set_aside} {after}" if newer else after)
        self._ask.hide()
        self._question.show()

    def _no(self) -> None:
        self._question.hide()
        self._ask.show()

    def _yes(self) -> None:
        self.restore_wanted.emit(self._file)
