"""The first-hour documents in Settings: read there, and saved to be printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QTextBrowser

from tests.support.pictures_automations import reach
from tests.support.window import Till


def look(till: Till) -> None:
    till.tap("rail:settings")
    reach(till, "section:documents")
    till.tap("section:documents")


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's own folder for documents, which is not there yet."""
    folder = tmp_path / "Документи"
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(folder))
    return folder


def test_an_owner_reads_what_each_person_needs(till: Till) -> None:
    look(till)
    page = till.find("document")
    assert isinstance(page, QTextBrowser)
    assert page.toPlainText().startswith("First hour: the owner")
    till.tap("document:kitchen")
    assert page.toPlainText().startswith("First hour: in the kitchen")
    assert page.verticalScrollBar().maximum() == 0, "the page is as high as what it says"


def test_a_document_is_saved_beside_the_one_before(till: Till, documents: Path) -> None:
    look(till)
    till.tap("document:courier")
    till.tap("document_save")
    first, second = (documents / f"Orderbell, first hour - Courier{no}.pdf" for no in ("", " (2)"))
    till.wait(first.exists, "the document")
    till.settle()
    till.tap("document_save")
    till.wait(second.exists, "the second one")
    assert first.read_bytes().startswith(b"%PDF")


def test_a_folder_that_cannot_be_written_is_said(till: Till, documents: Path) -> None:
    documents.write_text("a file is in the way")
    look(till)
    till.tap("document_save")
    till.wait(lambda: till.refused() == ["The file cannot be written"], "the notice")
