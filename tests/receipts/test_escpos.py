"""The bytes for the printer: only pictures, only known commands, nothing left behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pos_app.paths import resources
from pos_app.receipts import escpos, slip_layout, to_escpos
from pos_app.receipts.raster import Raster, from_gray
from tests.receipts.jobs import read_job
from tests.receipts.orders import HOSTED_URL, order, shop

PROJECT = resources().parent


def test_a_job_initialises_prints_feeds_and_cuts() -> None:
    job = read_job(to_escpos(slip_layout(order(), shop("uk"), HOSTED_URL)))
    assert job.commands[0] == "initialise"
    assert job.commands[-2:] == ["feed", "cut"]
    assert set(job.commands[1:-2]) == {"picture"}


def test_a_slip_goes_in_bands_that_small_printers_hold() -> None:
    job = read_job(to_escpos(slip_layout(order(), shop("uk"), HOSTED_URL)))
    assert len(job.bands) > 1
    assert all(band.height <= 240 for band in job.bands)


def test_every_dot_arrives_where_it_was() -> None:
    rows = bytes((y * 7 + x * 13) % 256 for y in range(500) for x in range(48))
    picture = read_job(escpos.encode(Raster(384, 500, rows))).picture
    assert picture.convert("1").tobytes() == bytes(byte ^ 0xFF for byte in rows)


@pytest.mark.parametrize(
    "planted", [b"\x1bp\x00\x19\xfa", b"\x1b!\x01", b"Margherita", b"\x10\x04\x01"]
)
def test_the_reader_of_these_tests_refuses_any_other_command(planted: bytes) -> None:
    job = to_escpos(slip_layout(order(), shop("en")))
    with pytest.raises(ValueError, match="unknown command"):
        read_job(job[:2] + planted + job[2:])


def test_grey_becomes_black_or_white_and_nothing_else() -> None:
    dots = from_gray(bytes([0, 100, 140, 141, 200, 255, 255, 0]), 8, 1)
    assert dots == Raster(8, 1, bytes([0b11100001]))


def test_a_width_that_no_print_head_has_is_refused() -> None:
    with pytest.raises(ValueError, match="dots"):
        from_gray(bytes(9), 9, 1)


def run_alone(
    code: str, folder: object = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """`code` in a process of its own without display or Qt settings."""
    return subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "-c", code],
        cwd=PROJECT,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(PROJECT), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_printing_leaves_no_folder_no_log_handler_and_no_word_behind(tmp_path: Path) -> None:
    code = """
import logging, os, tempfile
from pos_app.receipts import escpos
from pos_app.receipts.raster import Raster
original = tempfile.mkdtemp
assert escpos.encode(Raster(576, 8, bytes(576)))
assert escpos.encode(Raster(576, 8, bytes(576)))
assert tempfile.mkdtemp is original
assert not logging.root.handlers, logging.root.handlers
assert "ESCPOS_CAPABILITIES_PICKLE_DIR" not in os.environ
"""
    ran = run_alone(code, TMPDIR=str(tmp_path))
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


def test_the_library_alone_would_leave_a_folder(tmp_path: Path) -> None:
    ran = run_alone("import escpos.printer", TMPDIR=str(tmp_path))
    assert ran.returncode == 0
    assert list(tmp_path.iterdir()) != []


def test_a_planted_pickle_is_never_read(tmp_path: Path) -> None:
    planted = tmp_path / "planted"
    planted.mkdir()
    name = f"{sys.version.split()[0]}.capabilities.pickle"
    (planted / name).write_bytes(b"cos\nabort\n(tR.")
    code = """
from pos_app.receipts import escpos
from pos_app.receipts.raster import Raster
print(len(escpos.encode(Raster(384, 8, bytes(384)))))
"""
    ran = run_alone(code, TMPDIR=str(tmp_path), ESCPOS_CAPABILITIES_PICKLE_DIR=str(planted))
    assert (ran.returncode, ran.stderr) == (0, "")


def test_layouts_are_made_without_qt_printer_library_or_picture_library() -> None:
    code = """
import sys
import pos_app.receipts.layout, pos_app.receipts.kitchen_slip, pos_app.receipts
heavy = {"PySide6", "shiboken6", "escpos", "PIL", "qrcode"}
print(sorted(heavy & {name.split(".")[0] for name in sys.modules}))
"""
    assert run_alone(code).stdout == "[]\n"


@pytest.mark.parametrize("environment", [{}, {"DISPLAY": ":4711"}])
def test_a_program_without_windows_paints_with_or_without_a_display(
    environment: dict[str, str],
) -> None:
    code = """
from tests.receipts.orders import order, shop
from pos_app.receipts import slip_layout, to_pdf, to_png
layout = slip_layout(order(), shop("uk"), None)
print(to_pdf(layout)[:4], to_png(layout)[1:4])
"""
    ran = run_alone(code, **environment)
    assert (ran.returncode, ran.stdout) == (0, "b'%PDF' b'PNG'\n"), ran.stderr


def test_a_process_whose_qt_cannot_paint_is_told_so_instead_of_aborting() -> None:
    code = """
from PySide6.QtCore import QCoreApplication
from pos_app.receipts import paint
application = QCoreApplication([])
try:
    paint.ensure_application()
except RuntimeError as error:
    print(error)
"""
    assert "cannot paint" in run_alone(code).stdout
