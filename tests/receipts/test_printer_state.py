"""Printers that tell how they are, and those that never do."""

from __future__ import annotations

import threading
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from pos_app.errors import Unavailable
from pos_app.receipts import (
    FilePrinter,
    Layout,
    NetworkPrinter,
    PartlyPrinted,
    PrinterDown,
    deliver,
    probe,
    slip_layout,
    to_escpos,
)
from pos_app.receipts.elements import Text
from pos_app.receipts.escpos import encode
from pos_app.receipts.raster import Raster
from pos_app.receipts.status import Status, is_answer
from tests.receipts.jobs import read_job
from tests.receipts.orders import order, shop
from tests.support.receipt_printer import ReceiptPrinter, is_marked, running
from tests.support.waiting import until


@cache
def slip() -> bytes:
    """A short job."""
    return to_escpos(Layout("", 58, (Text("Borscht", 6),)))


def at(printer: ReceiptPrinter) -> NetworkPrinter:
    return NetworkPrinter("127.0.0.1", 58, printer.port)


def same(printed: Image.Image, job: bytes) -> bool:
    return printed.tobytes() == read_job(job).picture.tobytes()


def test_a_printer_that_is_well_prints_the_slip_dot_by_dot() -> None:
    with running(ReceiptPrinter()) as printer:
        assert deliver(at(printer), slip(), 5)
        assert len(printer.slips) == 1
        assert same(printer.slips[0], slip())
        assert printer.asked >= 6


def test_a_silent_printer_is_printed_to_all_the_same() -> None:
    with running(ReceiptPrinter(tells=False)) as printer:
        assert not deliver(at(printer), slip(), 5)
        until(lambda: printer.slips, "the slip")
        asked = printer.asked
        assert not deliver(at(printer), slip(), 5, asks=False)
        until(lambda: len(printer.slips) == 2, "the second slip")
        assert printer.asked == asked == 1


@pytest.mark.parametrize(
    ("trouble", "code", "hint"),
    [("paper", "no_paper", "roll"), ("cover", "cover_open", "Close")],
)
def test_a_printer_that_cannot_print_says_why_and_gets_nothing(
    trouble: str, code: str, hint: str
) -> None:
    printer = ReceiptPrinter(paper_rows=0 if trouble == "paper" else None)
    printer.cover_open = trouble == "cover"
    with running(printer):
        with pytest.raises(PrinterDown) as refused:
            deliver(at(printer), slip(), 5)
        assert refused.value.code == code
        assert hint in refused.value.hint
        with pytest.raises(PrinterDown):
            probe(at(printer), 2)
        printer.put_in_paper()
        printer.cover_open = False
        assert probe(at(printer), 2)
        assert printer.slips == []


def test_paper_that_ends_in_the_middle_is_noticed_though_every_byte_was_taken() -> None:
    with running(ReceiptPrinter(paper_rows=30)) as printer:
        with pytest.raises(PartlyPrinted) as refused:
            deliver(at(printer), slip(), 5)
        assert refused.value.code == "no_paper"
        assert printer.unfinished_rows == 30


def test_a_job_after_one_that_broke_off_comes_out_whole() -> None:
    long = to_escpos(slip_layout(order(), shop("uk", 58)))
    with running(ReceiptPrinter(dies_after=9_000)) as printer:
        with pytest.raises(PartlyPrinted):
            deliver(at(printer), long, 5)
        assert deliver(at(printer), slip(), 5, unfinished=True)
        [printed] = printer.slips
        wanted = read_job(slip()).picture
        size = (wanted.width, wanted.height)
        end = printed.crop((0, printed.height - size[1], printed.width, printed.height))
        assert end.tobytes() == wanted.tobytes()


def test_a_lane_that_ends_cuts_a_delivery_short() -> None:
    stopping = threading.Event()
    with running(ReceiptPrinter(reads=False, tells=False)) as printer:
        threading.Timer(0.6, stopping.set).start()
        with pytest.raises(PartlyPrinted):
            deliver(at(printer), slip() * 4000, 30, stopping=stopping)


def test_a_printer_that_is_off_does_not_answer_a_probe() -> None:
    printer = ReceiptPrinter()
    with running(printer):
        target = at(printer)
    with pytest.raises(Unavailable, match="does not answer"):
        probe(target, 2)


def test_a_folder_is_looked_at_too(tmp_path: Path) -> None:
    assert not probe(FilePrinter(tmp_path / "slips", 58), 1)
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    with pytest.raises(Unavailable, match="could not be written"):
        probe(FilePrinter(blocked, 58), 1)


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        (Status(), ""),
        (Status(printer=0x1A), "offline"),
        (Status(cause=0x52), "offline"),
        (Status(cause=0x32), "no_paper"),
        (Status(paper=0x72), "no_paper"),
        (Status(printer=0x1A, cause=0x16, paper=0x72), "cover_open"),
        (Status(paper=0x1E), ""),
    ],
)
def test_what_the_bits_mean(status: Status, trouble: str) -> None:
    assert status.trouble == trouble


@pytest.mark.parametrize("unasked", [0x10, 0x14, 0x00, 0x0F, 0x11, 0x13])
def test_what_a_printer_reports_unasked_is_no_answer(unasked: int) -> None:
    assert is_answer(0x12)
    assert not is_answer(unasked)


@pytest.mark.parametrize("second", [0x04, 0x05, 0x14])
def test_no_picture_holds_a_real_time_command(second: int) -> None:
    rows = bytes([0x10, second, 0x01, 0x00, 0x01, 0x10]) + bytes([second] + [0] * 5)
    job = encode(Raster(48, 2, rows))
    assert bytes([0x10, second]) not in job
    assert read_job(job).picture.size == (48, 2)


def test_a_mark_is_recognised_and_nothing_else_is_taken_for_one() -> None:
    marked = read_job(to_escpos(slip_layout(order(), shop(), None, copy=True))).picture
    plain = read_job(to_escpos(slip_layout(order(), shop(), None))).picture
    assert is_marked(marked)
    assert not is_marked(plain)
