"""The QR code as it comes out of each form, read by an independent reader."""

from __future__ import annotations

import io

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from pos_app.receipts import Layout, qr, slip_layout, to_escpos, to_pdf, to_png
from pos_app.receipts.elements import printable_dots
from tests.receipts.jobs import read_job
from tests.receipts.orders import (
    CHAT_URL,
    HOSTED_URL,
    LOCAL_URL,
    LONG_HOST_URL,
    TOKEN,
    order,
    shop,
)

URLS = pytest.mark.parametrize("url", [HOSTED_URL, LOCAL_URL, LONG_HOST_URL, CHAT_URL])
WIDTHS = pytest.mark.parametrize("width_mm", [58, 80])


def read_codes(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def slip(width_mm: int, url: str) -> Layout:
    return slip_layout(order(), shop("uk", width_mm), url)


def rendered_pdf(layout: Layout) -> Image.Image:
    document = pypdfium2.PdfDocument(to_pdf(layout))
    try:
        page: Image.Image = document[0].render(scale=203 / 72).to_pil()
        return page.convert("L")
    finally:
        document.close()


@URLS
@WIDTHS
def test_a_phone_reads_the_code_on_the_picture(width_mm: int, url: str) -> None:
    picture = Image.open(io.BytesIO(to_png(slip(width_mm, url))))
    assert read_codes(picture) == [url]


@URLS
@WIDTHS
def test_a_phone_reads_the_code_on_the_pdf(width_mm: int, url: str) -> None:
    assert read_codes(rendered_pdf(slip(width_mm, url))) == [url]


@URLS
@WIDTHS
def test_a_phone_reads_the_code_that_the_print_head_burns(width_mm: int, url: str) -> None:
    picture = read_job(to_escpos(slip(width_mm, url))).picture
    assert picture.width == printable_dots(width_mm)
    assert read_codes(picture) == [url]


@pytest.mark.parametrize("dpi", [96, 144, 300])
def test_a_phone_reads_the_code_on_a_preview_of_any_density(dpi: int) -> None:
    picture = Image.open(io.BytesIO(to_png(slip(80, HOSTED_URL), dpi)))
    assert read_codes(picture) == [HOSTED_URL]


def test_a_slip_without_a_page_has_nothing_to_scan() -> None:
    layout = slip_layout(order(), shop("uk", 58), None)
    assert read_codes(Image.open(io.BytesIO(to_png(layout)))) == []


def test_a_host_of_22_letters_still_makes_version_3_and_one_more_makes_4() -> None:
    fitting = f"HTTPS://{'A' * 22}/{TOKEN}"
    longer = f"HTTPS://{'A' * 23}/{TOKEN}"
    sides = [len(qr.matrix(url)) - 2 * qr.QUIET_MODULES for url in (fitting, longer)]
    assert sides == [29, 33]


def test_correction_level_is_m_and_the_quiet_zone_four_modules() -> None:
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(to_png(slip(80, HOSTED_URL)))))[0]
    assert found.ec_level == "M"
    rows = qr.matrix(HOSTED_URL)
    assert not any(any(row) for row in (*rows[:4], *rows[-4:]))
    assert not any(any(row[:4]) or any(row[-4:]) for row in rows)


@URLS
@WIDTHS
def test_modules_are_whole_dots_and_at_least_half_a_millimetre(width_mm: int, url: str) -> None:
    modules = len(qr.matrix(url))
    dots = qr.module_dots(modules, printable_dots(width_mm))
    assert dots is not None
    assert dots >= 4
    assert dots * modules <= printable_dots(width_mm)


def test_a_code_that_cannot_be_read_at_half_a_millimetre_is_not_offered() -> None:
    assert not qr.fits("https://t.example.ua/" + "a" * 900, printable_dots(58))
    assert not qr.fits("https://t.example.ua/" + "a" * 9000, printable_dots(80))
