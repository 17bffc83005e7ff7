"""Rules from a file and into one: what comes in is off, and each way out is agreed to by name."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from pos_app.automation import words
from pos_app.automation.model import Rule
from pos_app.automation.pack_files import Outward, RulePack
from pos_app.errors import BadInput, OrderbellError
from ui.automations.acts import RuleActs
from ui.rule_words import begun, texts
from ui.style import role
from ui.widgets.field import Field
from ui.widgets.parts import button, column, empty, label, row
from ui.widgets.tick import Tick
from ui.words import _, ngettext, sentences, told

USUAL_NAME = "orderbell-rules.toml"


class Exchange(QWidget):
    """One panel, shut until somebody brings rules in or takes them out."""

    def __init__(self, acts: RuleActs) -> None:
        super().__init__()
        self.setObjectName("exchange")
        role(self, "card")
        self._acts = acts
        self._writes = False
        self._pack: RulePack | None = None
        self._ticks: dict[Outward, Tick] = {}
        self._as_new: Tick | None = None
        rows = column(self, margins=(16, 14, 16, 14), gap=10)
        self._title = label("", "heading", "exchange_title", wrap=True)
        rows.addWidget(self._title)
        self._path = QLineEdit()
        self._path.textEdited.connect(lambda _text: self._show_pack(None))
        self._field = Field(_("File"), self._path, "exchange_file")
        line = row(gap=8)
        line.addWidget(self._field, 1)
        line.addWidget(button(_("Choose…"), "exchange_choose", self._choose))
        self._act = button("", "exchange_act", self._go, role="act")
        line.addWidget(self._act)
        line.addWidget(button(_("Cancel"), "exchange_cancel", self.shut))
        rows.addLayout(line)
        self._found: QVBoxLayout = column(gap=4)
        rows.addLayout(self._found)
        self.hide()

    @property
    def is_open(self) -> bool:
        return not self.isHidden()

    def bring_in(self) -> None:
        """Ask for a file to read."""
        self._open(_("Rules from a file"), _("Read it"), writes=False)

    def take_out(self) -> None:
        """Ask where to write all rules of the shop."""
        self._open(_("All rules into a file"), _("Write it"), writes=True)

    def shut(self) -> None:
        self._show_pack(None)
        self.hide()

    def _open(self, title: str, act: str, *, writes: bool) -> None:
        self._writes = writes
        self._title.setText(title)
        self._act.setText(act)
        self._path.setText(str(_usual_place() / USUAL_NAME))
        self._show_pack(None)
        self.show()
        self._path.setFocus()

    def _choose(self) -> None:
        """The system's own list of files; it waits beside the screen and stops nothing."""
        asked = QFileDialog(self, self._title.text(), self._path.text(), "TOML (*.toml)")
        asked.setObjectName("exchange_dialog")
        if self._writes:
            asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            # What is there already is refused when it is written, in words of our own.
            asked.setOption(QFileDialog.Option.DontConfirmOverwrite)
        asked.fileSelected.connect(self._path.setText)
        asked.finished.connect(lambda _result: asked.deleteLater())
        asked.open()

    def _go(self) -> None:
        self._field.refuse("")
        path = Path(self._path.text().strip()).expanduser()
        if self._writes:
            self._acts.take_out(path, self.shut, self._refuse)
        elif self._pack is None:
            self._acts.read_file(path, self._show_pack, self._refuse)
        else:
            confirmed = [one for one, tick in self._ticks.items() if tick.isChecked()]
            as_new = self._as_new is not None and self._as_new.isChecked()
            self._acts.bring_in(self._pack, confirmed, self._brought, self._refuse, as_new=as_new)

    def _brought(self, _rules: list[Rule]) -> None:
        self.shut()

    def _refuse(self, error: OrderbellError) -> None:
        said = told(error)
        words_ = sentences(said.title, said.message, said.hint)
        place = error.field if isinstance(error, BadInput) else ""
        self._field.refuse(f"{begun(place)}: {words_}" if place not in ("", "file") else words_)

    def _show_pack(self, pack: RulePack | None) -> None:
        """What the file holds, and everything outside that it reaches: each to be ticked."""
        empty(self._found)
        self._field.refuse("")
        self._pack, self._ticks, self._as_new = pack, {}, None
        if pack is None:
            if not self._writes:
                self._act.setText(_("Read it"))
            self._act.setEnabled(True)
            return
        said = ngettext(
            "{count} rule; it will be off", "{count} rules; all will be off", len(pack.rules)
        )
        self._add_words(said.format(count=len(pack.rules)), "strong", "exchange_count")
        self._add_words(" · ".join(rule.name for rule in pack.rules), "second", "exchange_names")
        if pack.outward:
            self._add_words(_("They reach outside the shop. May they?"), "strong", "")
        for one in pack.outward:
            tick = Tick(outward_words(one), f"exchange_outward:{one.kind}:{one.name}")
            tick.toggled.connect(lambda _on: self._offer())
            self._ticks[one] = tick
            self._found.addWidget(tick)
        self._as_new = Tick(_("Bring them in as new rules, beside those here"), "exchange_as_new")
        self._found.addWidget(self._as_new)
        self._act.setText(_("Bring them in"))
        self._offer()

    def _add_words(self, text: str, kind: str, name: str) -> None:
        self._found.addWidget(label(text, kind, name, wrap=True))

    def _offer(self) -> None:
        self._act.setEnabled(all(tick.isChecked() for tick in self._ticks.values()))


def outward_words(one: Outward) -> str:
    """`Texts by SMS`, `Tells the program “crm”`."""
    if one.kind == "channel":
        return _("Texts by {channel}").format(channel=words.channel(one.name, texts()))
    return _("Tells the program “{name}”").format(name=one.name)


def _usual_place() -> Path:
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place))
