"""Which Orderbell this is, whether all is well, and what to send when it is not."""

from __future__ import annotations

from pos_app.build_facts import build_facts
from pos_app.desk.setup import Setup
from ui.report_file import ReportFile
from ui.settings.about_findings import Findings
from ui.settings.about_licences import LicencesPart
from ui.settings.about_updates import UpdatesPart
from ui.settings.section import Doors, Section
from ui.widgets.parts import label
from ui.words import _


class AboutSection(Section):
    """Four parts: the doctor, a report to send on, newer versions, licences."""

    def __init__(self, doors: Doors) -> None:
        super().__init__(
            doors,
            _("About and help"),
            _("When something is wrong: look at everything, then send a report."),
        )
        version = _("This is Orderbell {version}").format(version=build_facts().text())
        self.rows.addWidget(label(version, "heading", "about_version", wrap=True))
        folder = _("The shop’s folder: {path}").format(path=doors.shop.data)
        self.rows.addWidget(label(folder, "small", "about_folder", wrap=True))
        shop = doors.shop
        self._report = ReportFile(shop.data, lambda: shop, doors.background, doors.notices)
        self.rows.addWidget(Findings(doors, self._save_report))
        self.rows.addSpacing(12)
        self._updates = UpdatesPart(doors, self)
        self.rows.addWidget(self._updates)
        self.rows.addSpacing(12)
        self.rows.addWidget(LicencesPart(doors))
        self.rows.addStretch(1)

    def show_setup(self, setup: Setup) -> None:
        self._updates.show_setup(setup)

    def _save_report(self) -> None:
        self._report.ask(self.window())
