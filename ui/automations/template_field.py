"""Fields in which a template is written: what it names stands out, and is put in by a tap."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from ui.theme import tokens

LEAST_PX, USUAL_PX = 96, 150
_NAMED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")


class Named(QSyntaxHighlighter):
    """Colours what will be replaced, so that nobody takes it for words."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._look = QTextCharFormat()
        self._look.setForeground(QColor(tokens("light").next_act))
        self._look.setFontWeight(QFont.Weight.DemiBold)

    def highlightBlock(self, text: str) -> None:
        for found in _NAMED.finditer(text):
            self.setFormat(found.start(), found.end() - found.start(), self._look)


class TemplateField(QPlainTextEdit):
    """Several lines; Tab goes on to the next field, as everywhere."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setMinimumHeight(LEAST_PX)
        self._named = Named(self.document())

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), USUAL_PX)

    def text(self) -> str:
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Show `text`; where it stands already the cursor keeps its place."""
        if text != self.toPlainText():
            self.setPlainText(text)


def put_in(field: TemplateField | QLineEdit, name: str) -> None:
    """Put the field of a text called `name` where the cursor is, apart from the words around it."""
    if isinstance(field, QLineEdit):
        field.insert(_apart(name, field.text()[: field.cursorPosition()]))
    else:
        cursor = field.textCursor()
        cursor.insertText(_apart(name, field.toPlainText()[: cursor.selectionStart()]))
    field.setFocus()


def _apart(name: str, before: str) -> str:
    glued = before and not before[-1].isspace() and before[-1] not in "(«“\"'№#"
    return f"{' ' if glued else ''}{{{{ {name} }}}}"
