"""Settings: each error at its field, each change seen by the whole window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtWidgets import QComboBox

from pos_app import paths
from pos_app.domain.board import StageLimits
from pos_app.lanes.state import PUSH, LaneStates
from tests.support.ports import free_port
from tests.support.window import Till
from tests.tracking.live import live_site


def choose(till: Till, name: str, value: str) -> None:
    box = till.find(name)
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(value))


def test_a_new_language_is_spoken_by_the_whole_window_at_once(till: Till) -> None:
    till.tap("tile:Margherita")
    till.tap("rail:settings")
    choose(till, "shop_language", "uk")
    till.tap("shop_save")
    till.wait(lambda: till.shop.desk.setup().settings.shop.language == "uk", "saved")
    till.settle()
    till.tap("rail:counter")
    till.wait(
        lambda: till.find("tile:Margherita").accessibleName().startswith("Маргарита"), "Ukrainian"
    )
    assert till.sees("line:1"), "the order being entered lives on"


def test_the_shop_s_phone_is_checked_at_its_field(till: Till) -> None:
    till.tap("rail:settings")
    till.enter_into("shop_phone", "12")
    till.tap("shop_save")
    till.wait(lambda: till.sees("shop_phone_error"), "error")
    till.enter_into("shop_phone", "044 333 44 55")
    till.enter_into("shop_name_field", "Roma")
    till.tap("shop_save")
    till.wait(lambda: till.text("shop_name") == "Roma", "the strip follows")
    assert till.shop.desk.setup().settings.shop.phone == "+380443334455"
    assert not till.sees("shop_phone_error")


def test_an_empty_name_is_refused_at_its_field(till: Till) -> None:
    till.tap("rail:settings")
    till.enter_into("shop_name_field", " ")
    till.tap("shop_save")
    till.wait(lambda: till.sees("shop_name_field_error"), "error")


def test_a_file_printer_is_added_tested_and_removed(till: Till, tmp_path: Path) -> None:
    paper = tmp_path / "paper"
    paper.mkdir()
    till.tap("rail:settings")
    till.tap("section:printers")
    till.tap("printer_add")
    till.wait(lambda: till.sees("printer_address_error"), "error")
    till.tap("printer_kind:file")
    till.tap("printer_width:58")
    till.enter_into("printer_name", "Counter")
    till.enter_into("printer_address", str(paper))
    till.tap("printer_add")
    till.wait(lambda: till.sees("printer:1"), "the printer")
    printer = till.shop.desk.setup().printers[0]
    assert (printer.kind, printer.width_mm, printer.slips) == ("file", 58, True)
    till.tap("printer_test:1")
    till.wait(lambda: bool(list(paper.iterdir())), "a file")
    till.settle()
    till.tap("printer_remove:1")
    till.wait(lambda: not till.sees("printer:1"), "gone")


def test_a_wrong_pairing_code_is_told_at_its_field(till: Till) -> None:
    till.tap("rail:settings")
    till.tap("section:page")
    till.tap("page:hosted")
    till.enter_into("page_code", "OB1.t.example.ua.WRONG")
    till.tap("page_pair")
    till.wait(lambda: till.sees("page_code_error"), "error")
    assert "OB1" in till.text("page_code_error")


def test_a_closed_page_prints_no_qr(till: Till) -> None:
    assert till.shop.desk.setup().site is not None
    till.tap("rail:settings")
    till.tap("section:page")
    till.tap("page:nobody")
    till.tap("page_close")
    till.wait(lambda: till.text("page_state") == "Nobody can open a page yet.", "closed")
    assert till.shop.desk.setup().site is None


def test_links_get_a_new_key_by_one_tap(open_till: Callable[..., Till]) -> None:
    till = open_till(port=free_port())
    known = till.shop.desk.setup().site
    assert known is not None
    port = urlsplit(known.origin).port or 0
    with live_site(paths.site_file(till.shop.data), origin=known.origin, port=port):
        till.tap("rail:settings")
        till.tap("section:page")
        till.tap("page_renew_key")
        till.wait(lambda: bool(till.said), "an answer")
    assert till.said[-1].title == "New links have a new key. Printed ones go on opening."
    site = till.shop.desk.setup().site
    assert site is not None
    assert (site.generation, site.kid) == (2, 1)


def test_a_key_that_nobody_takes_changes_nothing(till: Till) -> None:
    till.tap("rail:settings")
    till.tap("section:page")
    till.tap("page_renew_key")
    till.wait(lambda: bool(till.said), "an answer")
    assert till.said[-1].title == "The site did not take the new key"
    site = till.shop.desk.setup().site
    assert site is not None
    assert site.generation == 1


def test_a_till_that_was_cut_off_says_so_where_it_can_be_paired(till: Till) -> None:
    till.tap("rail:settings")
    till.tap("section:page")
    till.settle()
    assert not till.sees("page_cut_off")
    till.tap("section:shop")
    LaneStates(till.shop).note(PUSH, "revoked")
    till.tap("section:page")
    till.wait(lambda: till.sees("page_cut_off"), "the sentence")
    assert "pairing code" in till.text("page_cut_off")


def test_a_dish_is_marked_sold_out_and_back(till: Till) -> None:
    till.tap("rail:settings")
    till.tap("section:sold_out")
    till.tap("sold_out:Truffle")
    till.wait(lambda: any(d.sold_out for d in till.shop.desk.setup().menu.dishes), "sold out")
    till.settle()
    till.tap("sold_out:Truffle")
    till.wait(lambda: not any(d.sold_out for d in till.shop.desk.setup().menu.dishes), "on sale")


def test_stage_limits_are_minutes(till: Till) -> None:
    till.tap("rail:settings")
    till.tap("section:limits")
    till.enter_into("limit_new", "soon")
    till.tap("limits_save")
    till.wait(lambda: till.sees("limit_new_error"), "no number")
    till.enter_into("limit_new", "0")
    till.tap("limits_save")
    till.wait(lambda: "From 1" in till.text("limit_new_error"), "out of range")
    till.enter_into("limit_new", "5")
    till.tap("limits_save")
    till.wait(lambda: till.shop.desk.setup().settings.limits == StageLimits(5, 4), "saved")


def test_told_minutes_move_by_five(till: Till) -> None:
    till.tap("rail:settings")
    till.tap("section:limits")
    till.tap("told:plus")
    till.wait(lambda: "Pickup 25 · Delivery 55" in till.text("told_minutes"), "moved")
