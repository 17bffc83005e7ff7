"""What each person does in the first hour: to read here, and to print and hand out."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QTextBrowser

from pos_app.desk.setup import Setup
from ui.documents import NAMES, Document, save_pdf
from ui.notices import Tone
from ui.settings.section import WIDEST_PX, Doors, Section
from ui.widgets.parts import button
from ui.widgets.segmented import Segmented
from ui.words import _, language

_PICTURE_PX, _POINTS = 480, 12


class _Page(QTextBrowser):
    """As high as what it says; the section scrolls."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("document")
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_document(self, document: Document) -> None:
        document.setParent(self)
        self.setDocument(document)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(WIDEST_PX, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        self.setFixedHeight(round(self.document().size().height()) + 2 * self.frameWidth())


class DocumentsSection(Section):
    """One of the documents at a time, in the language of the screens."""

    def __init__(self, doors: Doors) -> None:
        super().__init__(
            doors,
            _("First hour"),
            _("A page or two for each person. Print them and hand them out."),
        )
        self._titles = {
            "owner": _("Owner"),
            "cashier": _("Counter"),
            "kitchen": _("Kitchen"),
            "courier": _("Courier"),
        }
        self._shown = ""
        self.chosen = Segmented("document", [(name, self._titles[name]) for name in NAMES])
        self.chosen.chosen.connect(self.show_document)
        self.rows.addWidget(self.chosen)
        self.rows.addWidget(button(_("Save as PDF"), "document_save", self._save))
        self.page = _Page()
        self.page.setAccessibleName(_("First hour"))
        self.rows.addWidget(self.page)
        self.rows.addStretch(1)

    def show_setup(self, setup: Setup) -> None:
        """They say the same for every shop; read when somebody first looks."""

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        if not self._shown:
            self.show_document(NAMES[0])

    def show_document(self, name: str) -> None:
        self._shown = name
        self.chosen.choose(name)
        self.page.show_document(Document(name, language(), _PICTURE_PX, _POINTS))

    def _save(self) -> None:
        name, spoken = self._shown, language()
        title = _("Orderbell, first hour - {who}").format(who=self._titles[name])
        folder = Path(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        )

        def saved(path: Path) -> None:
            self.doors.notices.say(_("Written: {file}").format(file=str(path)), tone=Tone.GOOD)

        self.doors.background.act(
            "save a document",
            lambda: save_pdf(name, spoken, folder, title),
            saved,
            self.doors.notices.tell_error,
        )
