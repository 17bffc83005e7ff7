"""About and help: what a person does when something is wrong, and what he is told by himself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QPlainTextEdit, QWidget

from pos_app import paths
from pos_app.build_facts import build_facts
from pos_app.crashes import kept, watching
from pos_app.domain.release import Release, Updates
from tests.crashes.test_reports import MARKERS
from tests.lanes.test_updates import PUBLIC
from tests.support.leaks import LogWatch
from tests.support.looking import look
from tests.support.pictures_automations import reach
from tests.support.shops import EVENING, copied_shop
from tests.support.window import Till
from ui.app import Program
from ui.release_news import ReleaseNews
from ui.report_file import ReportFile
from ui.words import set_language

ADDRESS = "https://updates.example/manifest.json"


def open_about(till: Till) -> None:
    till.tap("rail:settings")
    reach(till, "section:about")
    till.tap("section:about")


def test_it_says_which_orderbell_this_is(till: Till) -> None:
    open_about(till)
    assert till.text("about_version") == f"This is Orderbell {build_facts().text()}"
    assert str(till.shop.data) in till.text("about_folder")


def test_one_tap_looks_at_everything_and_what_is_wrong_stands_first(till: Till) -> None:
    open_about(till)
    till.tap("about_look")
    till.wait(lambda: till.sees("finding:versions"), "what was found")
    # Its page has an address, and nobody serves it here.
    assert till.text("about_said") == "1 thing is not in order."
    found = [w for w in till.window.findChildren(QWidget) if w.objectName().startswith("finding:")]
    highest = min(found, key=lambda one: one.mapTo(till.window, one.rect().topLeft()).y())
    assert highest.objectName() == "finding:reach"
    till.tap("about_look")
    till.settle()
    assert till.sees("finding:versions"), "and once more"


def test_a_report_is_saved_by_choosing_its_file(till: Till, tmp_path: Path) -> None:
    open_about(till)
    till.tap("about_report")
    (dialog,) = till.window.findChildren(QFileDialog, "report_dialog")
    assert not dialog.isModal(), "nobody waits for it"
    file = tmp_path / "report.json"
    dialog.fileSelected.emit(str(file))
    dialog.close()
    till.wait(lambda: any("report.json" in notice.title for notice in till.said), "the report")
    assert json.loads(file.read_text("utf-8"))["format"] == "orderbell-report-1"


def test_a_file_that_is_there_already_is_left_alone(till: Till, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_text("mine")
    shop = till.shop
    ReportFile(shop.data, lambda: shop, till.background, till.notices).write(file)
    till.wait(lambda: bool(till.refused()), "a refusal")
    assert till.refused() == ["There is a file of this name already"]
    assert file.read_text() == "mine"


def test_the_licences_are_shown_as_whole_texts(
    till: Till, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = [
        {
            "name": name,
            "version": "1.0",
            "licence": "MIT",
            "text": f"{name} may be used",
            "source": "",
        }
        for name in ("msgspec", "qrcode")
    ]
    file = tmp_path / "licences.json"
    monkeypatch.setattr(paths, "licences_file", lambda: file)
    open_about(till)
    reach(till, "licences_show")
    till.tap("licences_show")
    till.wait(lambda: bool(till.refused()), "the set-up has not made them")
    file.write_text(json.dumps(parts))
    till.tap("licences_show")
    till.wait(lambda: till.sees("licences_text"), "the texts")
    text = till.find("licences_text")
    assert isinstance(text, QPlainTextEdit)
    assert text.toPlainText() == "msgspec may be used"


def test_updates_are_off_and_switching_them_on_asks_for_whose_word_counts(till: Till) -> None:
    open_about(till)
    assert "switched off" in till.text("updates_state")
    assert not till.sees("updates_key")
    reach(till, "updates_on")
    till.tap("updates_on")
    reach(till, "updates_key")
    till.enter_into("updates_address", ADDRESS)
    till.enter_into("updates_key", "somebody")
    reach(till, "updates_save")
    till.tap("updates_save")
    till.wait(lambda: till.sees("updates_key_error"), "the error at its field")
    till.enter_into("updates_key", PUBLIC)
    till.tap("updates_save")
    till.wait(lambda: till.shop.desk.setup().settings.updates.on, "saved")
    updates = till.shop.desk.setup().settings.updates
    assert (updates.address, updates.key) == (ADDRESS, PUBLIC)


def hear_news(till: Till) -> None:
    ReleaseNews(till.shop, till.background, till.notices, till.window.bridge, till.window)


def test_a_newer_version_is_told_once_and_its_notes_stay(
    till: Till, open_till: Callable[..., Till]
) -> None:
    desk = till.shop.desk
    hear_news(till)
    desk.updates.switch(Updates(on=True, address=ADDRESS, key=PUBLIC))
    notes = {"en": "Slips in two colours.", "uk": "Чеки у два кольори."}
    desk.updates.note(Release("99.1.0", EVENING, notes, EVENING, PUBLIC))
    told = "Orderbell 99.1.0 is out."
    till.wait(lambda: [notice.title for notice in till.said] == [told], "one line")
    open_about(till)
    till.wait(lambda: till.text("updates_state") == told, "it stands there")
    assert till.text("updates_notes") == "Slips in two colours."
    till.settle()
    again = open_till()
    hear_news(again)
    again.settle()
    assert [notice.title for notice in again.said] == []


# Crashes, in the whole program


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path, stores: dict[bool, Path]) -> Iterator[Program]:
    copied_shop(stores[False], tmp_path / "shop")
    made = Program(tmp_path / "shop")
    yield made
    made.end()
    set_language("en")


def part(program: Program, name: str) -> QWidget | None:
    assert program.window is not None
    return next((w for w in program.window.findChildren(QWidget, name) if w.isVisible()), None)


def test_a_bug_is_kept_without_its_words_and_offers_a_report(
    program: Program, tmp_path: Path, expected_log: LogWatch
) -> None:
    expected_log.expect("a bug")

    def fail() -> None:
        raise RuntimeError(f"no guest {MARKERS[0]} {MARKERS[1]}")

    program.begin()
    program.background.act("break", fail)
    look(lambda: part(program, "notice_offer"), "the offer")
    offer = part(program, "notice_offer")
    assert offer is not None
    getattr(offer, "click")()  # noqa: B009
    assert program.window is not None
    (dialog,) = program.window.findChildren(QFileDialog, "report_dialog")
    file = tmp_path / "report.json"
    dialog.fileSelected.emit(str(file))
    dialog.close()
    look(lambda: not program.background.busy and file.exists(), "the report")
    (crash,) = json.loads(file.read_text("utf-8"))["crashes"]
    assert (crash["where"], crash["errors"][0]["kind"]) == ("window", "RuntimeError")
    assert crash["settings"]["shop"]["name"] == "text"
    data = tmp_path / "shop"
    written = [paths.logs_folder(data) / "window.log", *kept.found_in(paths.crashes_folder(data))]
    for marker in MARKERS:
        assert marker not in "".join(one.read_text("utf-8") for one in (*written, file))


def test_what_the_last_start_has_left_is_told(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "gathered", lambda: 1)
    program.begin()
    look(lambda: part(program, "notice_offer"), "the offer")
    notice = part(program, "notice")
    assert "without a word" in getattr(notice, "text")()  # noqa: B009
