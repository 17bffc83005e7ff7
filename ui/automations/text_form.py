"""One text being written: its words, what they can name, and what is done with them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLayout, QLineEdit, QWidget

from pos_app.desk.text_writing import WITH_SUBJECT
from pos_app.errors import BadInput, OrderbellError
from ui.automations import text_words
from ui.automations.template_field import TemplateField, put_in
from ui.widgets.field import Field
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import button, column, frame, label, row, scroll
from ui.words import _, sentences, told


class _Subject(QLineEdit):
    focused = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()


class TextForm(QWidget):
    """Shows words and gives them back; what becomes of them is up to who hears its signals."""

    changed = Signal()
    save_wanted = Signal()
    standard_wanted = Signal()
    theirs_wanted = Signal()
    mine_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_in_subject = False
        whole = column(self, gap=12)
        content = QWidget()
        rows = column(content, gap=10)
        whole.addWidget(scroll(content), 1)
        whole.addLayout(self._acts())
        self.state = label("", "second", "text_state", wrap=True)
        rows.addWidget(self.state)
        rows.addWidget(self._conflict())
        self.subject = _Subject()
        self.subject.textEdited.connect(lambda _text: self.changed.emit())
        self.subject.focused.connect(partial(self._go_to, True))
        self.subject.cursorPositionChanged.connect(lambda _old, _new: self._go_to(True))
        self._subject_field = Field(_("Subject"), self.subject, "text_subject")
        rows.addWidget(self._subject_field)
        self.body = TemplateField()
        self.body.textChanged.connect(self.changed)
        self.body.selectionChanged.connect(partial(self._go_to, False))
        self.body.cursorPositionChanged.connect(partial(self._go_to, False))
        self._body_field = Field(_("Words"), self.body, "text_body")
        rows.addWidget(self._body_field, 1)
        rows.addWidget(label(_("Put in where the cursor is:"), "label"))
        rows.addWidget(self._fields())

    @property
    def words(self) -> tuple[str, str]:
        """Text and subject as they stand in the fields."""
        return self.body.text(), self.subject.text()

    def show_words(self, text: str, subject: str, channel: str) -> None:
        """Begin with these; nobody is told of a change."""
        self.blockSignals(True)
        self.body.show_text(text)
        if self.subject.text() != subject:
            self.subject.setText(subject)
        self.blockSignals(False)
        self._subject_field.setVisible(channel in WITH_SUBJECT)
        self._is_in_subject = False

    def show_state(self, words: str, *, can_save: bool, is_standard: bool) -> None:
        self.state.setText(words)
        self._save.setEnabled(can_save)
        self._standard.setEnabled(not is_standard)

    def show_conflict(self, on: bool) -> None:
        """Whether somebody else has written other words meanwhile."""
        self._asked.setVisible(on)

    def refuse(self, error: OrderbellError | None) -> None:
        """What is wrong, at its field; None: nothing."""
        said, where = "", ""
        if error is not None:
            words = told(error)
            said = sentences(words.title, words.message, words.hint)
            where = error.field if isinstance(error, BadInput) else ""
        self._subject_field.refuse(said if where == "subject" else "")
        self._body_field.refuse(said if where != "subject" else "")
        if said:
            self._save.setEnabled(False)

    def _fields(self) -> QWidget:
        made = QWidget()
        flow = FlowLayout(made, gap=8)
        for name, words in text_words.fields():
            flow.addWidget(
                button(words, f"text_field:{name}", partial(self._put_in, name), role="small_chip")
            )
        return made

    def _acts(self) -> QLayout:
        line = row(gap=8)
        self._save = button(_("Save"), "text_save", self.save_wanted.emit, role="act")
        self._standard = button(
            _("Back to the standard text"), "text_standard", self.standard_wanted.emit
        )
        line.addWidget(self._save)
        line.addWidget(self._standard)
        line.addStretch(1)
        return line

    def _conflict(self) -> QWidget:
        self._asked = frame("soft", "text_conflict")
        inner = column(self._asked, margins=(12, 10, 12, 10))
        words = _("Somebody else has changed this text meanwhile. Yours is not saved yet.")
        inner.addWidget(label(words, "error", "text_conflict_words", wrap=True))
        line = row()
        line.addWidget(button(_("Show theirs"), "text_theirs", self.theirs_wanted.emit))
        line.addWidget(button(_("Save mine over it"), "text_mine", self.mine_wanted.emit))
        line.addStretch(1)
        inner.addLayout(line)
        self._asked.hide()
        return self._asked

    def _put_in(self, name: str) -> None:
        put_in(self.subject if self._is_in_subject else self.body, name)
        self.changed.emit()

    def _go_to(self, is_in_subject: bool) -> None:
        self._is_in_subject = is_in_subject and self.subject.isVisible()
