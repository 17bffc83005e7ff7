"""A report to send on: where it is to lie, and writing it there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from pos_app import support
from pos_app.bootstrap import Shop
from ui.background import Background
from ui.new_file import write_new
from ui.notices import Notices, Tone
from ui.words import _


class ReportFile:
    """One tap asks for the file; choosing it writes. `shop` is asked anew each time."""

    def __init__(
        self,
        data: Path,
        shop: Callable[[], Shop | None],
        background: Background,
        notices: Notices,
    ) -> None:
        self._data, self._shop = data, shop
        self._background, self._notices = background, notices

    def ask(self, beside: QWidget | None) -> None:
        """The system's own list of files; it stands beside the window and stops nothing."""
        place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        usual = Path(place) / f"orderbell-report-{datetime.now(UTC):%Y-%m-%d}.json"
        asked = QFileDialog(beside, _("Save a report"), str(usual), "JSON (*.json)")
        asked.setObjectName("report_dialog")
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # What is there already is refused when it is written, in words of our own.
        asked.setOption(QFileDialog.Option.DontConfirmOverwrite)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.fileSelected.connect(lambda chosen: self.write(Path(chosen)))
        asked.show()

    def write(self, path: Path) -> None:
        """Make the report and write it to a new file, beside all other work."""
        data, shop = self._data, self._shop()

        def make() -> None:
            write_new(path, support.save_report(data, shop))

        self._notices.say(_("Making the report…"))
        self._background.work_long("save a report", make, lambda _done: self._written(path))

    def _written(self, path: Path) -> None:
        self._notices.say(
            _("The report is saved: {file}").format(file=path.name),
            _("It holds no names, numbers or secrets. Look into it, then send it."),
            Tone.GOOD,
        )
