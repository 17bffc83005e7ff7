"""The menu from a file and into one: what would change is shown before anything does."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from pos_app.desk.menu_plan import Plan
from pos_app.desk.setup import Setup
from pos_app.errors import OrderbellError
from ui.settings.menu.files import TABLE, read_plan, write_menu
from ui.settings.menu.plan_words import parts
from ui.settings.section import Doors
from ui.widgets.field import Field
from ui.widgets.parts import button, column, empty, label, row
from ui.widgets.tick import Tick
from ui.words import _, sentences, told

MOST_LINES = 30


class FilePage(QWidget):
    """`brought` says that a plan was carried out."""

    brought = Signal()

    def __init__(self, doors: Doors) -> None:
        super().__init__()
        self._doors = doors
        self._setup: Setup | None = None
        self._plan: Plan | None = None
        lines = column(self, gap=12)
        lines.addWidget(label(_("Dishes from a file"), "heading"))
        about = _(
            "A table from a spreadsheet (CSV). Its first line names the columns: "
            "Name; Price; Category; Station; Minutes; Kitchen name. Or a JSON file that was saved "
            "here: it has the modifiers too."
        )
        lines.addWidget(label(about, "second", wrap=True))
        self._from = QLineEdit()
        self._from.textEdited.connect(lambda _text: self._show_plan(None))
        self._from_field = Field(_("File"), self._from, "menu_file")
        line = row()
        line.addWidget(self._from_field, 1)
        choose = button(_("Choose…"), "menu_file_choose", self._choose)
        line.addWidget(choose, 0, Qt.AlignmentFlag.AlignBottom)
        lines.addLayout(line)
        self._replace = Tick(
            _("Take dishes off the menu that the file does not name"), "menu_file_replace"
        )
        self._replace.toggled.connect(lambda _on: self._read_again())
        lines.addWidget(self._replace)
        lines.addWidget(button(_("Look at what it changes"), "menu_file_read", self._read))
        self._preview = column(gap=8)
        lines.addLayout(self._preview)
        self._act = button("", "menu_file_act", self._bring_in, role="act")
        self._act.hide()
        lines.addWidget(self._act)
        lines.addSpacing(16)
        lines.addWidget(label(_("The menu into a file"), "heading"))
        said = _("NAME.csv is a table without modifiers, NAME.json has everything.")
        lines.addWidget(label(said, "second", wrap=True))
        self._to = QLineEdit(str(_usual_place() / TABLE))
        self._to_field = Field(_("New file"), self._to, "menu_export")
        line = row()
        line.addWidget(self._to_field, 1)
        place = button(_("Choose…"), "menu_export_choose", self._choose_place)
        line.addWidget(place, 0, Qt.AlignmentFlag.AlignBottom)
        lines.addLayout(line)
        lines.addWidget(button(_("Write it"), "menu_export_act", self._write))

    def show_setup(self, setup: Setup) -> None:
        """A preview that is shown follows the menu."""
        is_new = self._setup is None or self._setup.menu != setup.menu
        self._setup = setup
        if is_new:
            self._read_again()

    def _choose(self) -> None:
        asked = self._dialog(_("Dishes from a file"), str(_usual_place()))
        asked.fileSelected.connect(self._chosen)
        asked.open()

    def _choose_place(self) -> None:
        asked = self._dialog(_("The menu into a file"), self._to.text())
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # What is there already is refused when it is written, in words of our own.
        asked.setOption(QFileDialog.Option.DontConfirmOverwrite)
        asked.fileSelected.connect(self._to.setText)
        asked.open()

    def _dialog(self, title: str, place: str) -> QFileDialog:
        """The system's own list of files; it waits beside the screen and stops nothing."""
        made = QFileDialog(self, title, place, _("Menus (*.csv *.txt *.json)"))
        made.setObjectName("menu_file_dialog")
        made.finished.connect(lambda _result: made.deleteLater())
        return made

    def _chosen(self, path: str) -> None:
        self._from.setText(path)
        self._read()

    def _read_again(self) -> None:
        if self._plan is not None:
            self._read()

    def _read(self) -> None:
        path = Path(self._from.text().strip()).expanduser()
        replace_all, shop = self._replace.isChecked(), self._doors.shop
        self._from_field.refuse("")
        self._doors.background.read(
            "read a menu",
            lambda: read_plan(shop, path, replace_all=replace_all),
            self._show_plan,
            self._refuse_file,
        )

    def _refuse_file(self, error: OrderbellError) -> None:
        self._show_plan(None)
        words = told(error)
        self._from_field.refuse(sentences(words.title, words.message, words.hint))

    def _show_plan(self, plan: Plan | None) -> None:
        self._plan = plan
        self._from_field.refuse("")
        empty(self._preview)
        self._act.setVisible(plan is not None and not plan.changes_nothing)
        if plan is None or self._setup is None:
            return
        for part in parts(plan, self._setup):
            self._preview.addWidget(label(part.title, "strong", f"menu_plan:{part.key}", wrap=True))
            shown = "\n".join(part.lines[:MOST_LINES])
            self._preview.addWidget(
                label(shown, part.role, f"menu_plan_lines:{part.key}", wrap=True)
            )
            self._say_more(len(part.lines) - MOST_LINES)
        if plan.changes_nothing:
            said = _("Everything is on the menu already: nothing would change.")
            self._preview.addWidget(label(said, "strong", "menu_plan:nothing", wrap=True))
        self._act.setText(
            _("Bring it in without the lines that cannot be read")
            if plan.faults
            else _("Bring it in")
        )

    def _say_more(self, count: int) -> None:
        if count > 0:
            said = _("and {count} more").format(count=count)
            self._preview.addWidget(label(said, "small"))

    def _bring_in(self) -> None:
        plan, shop = self._plan, self._doors.shop
        if plan is None:
            return
        self._plan = None
        self._act.hide()

        def done(_result: object) -> None:
            self._show_plan(None)
            self._doors.notices.say(_("The menu is brought in."))
            self.brought.emit()

        def refused(error: OrderbellError) -> None:
            self._doors.notices.tell_error(error)
            self._read()

        self._doors.background.act(
            "bring a menu in", lambda: shop.desk.menu.bring_in(plan), done, refused
        )

    def _write(self) -> None:
        path, shop = Path(self._to.text().strip()).expanduser(), self._doors.shop
        self._to_field.refuse("")

        def refused(error: OrderbellError) -> None:
            words = told(error)
            self._to_field.refuse(sentences(words.title, words.message, words.hint))

        self._doors.background.act(
            "write the menu",
            lambda: write_menu(shop, path),
            lambda _done: self._doors.notices.say(_("Written: {file}").format(file=path.name)),
            refused,
        )


def _usual_place() -> Path:
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place))
