"""The painter: what lands on paper, whoever typed it and however long it is."""

from __future__ import annotations

import io
import threading

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from pos_app.fonts import load_fonts
from pos_app.receipts import paint, preview, slip_layout, to_escpos, to_pdf, to_png
from pos_app.receipts.elements import (
    Align,
    Gap,
    Inverse,
    Layout,
    Number,
    Row,
    Text,
    Weight,
    printable_dots,
)
from tests.receipts.jobs import read_job
from tests.receipts.orders import HOSTED_URL, line, order, shop

AROUND = 400

NAUGHTY = [
    "\x1b@\x1dV\x00\x1dv0",
    "\x00\x07\x08\x0c\x1b[31m",
    "مطعم الشرق — شاورما دجاج",
    "\u202egnp.elif \u2066evil\u2069",
    "👨‍👩‍👧‍👦🍕🇺🇦 піца",
    "Z̸̢̛͎̗a̶l̵g̸o̶" * 20,
    "﷽" * 9,
    "𒐫" * 9,
    "W" * 300,
    "\ud800 stray",
    "a\u2028b\u2029c\r\nd",
    "{number} %s ${x} {{ y }}",
]


def reaching(layout: Layout) -> tuple[int, int]:
    """First and last painted column of `layout` on a sheet with white around the paper."""
    width = printable_dots(layout.paper_width_mm)
    pieces = paint.arrange(layout)
    height = int(sum(piece.height for piece in pieces)) + 1
    sheet = QImage(width + 2 * AROUND, min(height, 20_000), QImage.Format.Format_Grayscale8)
    sheet.fill(255)
    painter = QPainter(sheet)
    paint.paint_pieces(painter, pieces, (AROUND, 0), sheet.height())
    painter.end()
    gray = Image.frombytes(
        "L", (sheet.width(), sheet.height()), bytes(sheet.constBits()), "raw", "L",
        sheet.bytesPerLine(),
    )  # fmt: skip
    ink = gray.point(lambda shade: 255 if shade <= 140 else 0).getbbox()
    return (0, 0) if ink is None else (ink[0] - AROUND, ink[2] - AROUND)


ANY_TEXT = st.one_of(st.text(max_size=120), st.sampled_from(NAUGHTY))


@given(text=ANY_TEXT, lead=st.integers(1, 10**6), width_mm=st.sampled_from([58, 80]))
@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_text_reaches_beyond_the_paper(text: str, lead: int, width_mm: int) -> None:
    named = order(
        line(1, {"en": text}, 10**9, quantity=lead, note=text),
        customer=order().customer,
        allergy=text,
        note=text,
        table=text,
        number=text[:20] or "1",
    )
    layout = slip_layout(named, shop("en", width_mm), HOSTED_URL)
    first, last = reaching(layout)
    # Two dots for letters that lean over their own edge.
    assert first >= -2
    assert last <= printable_dots(width_mm) + 2


@pytest.mark.parametrize("text", NAUGHTY)
@pytest.mark.parametrize("width_mm", [58, 80])
def test_naughty_names_never_become_printer_commands(text: str, width_mm: int) -> None:
    taken = order(line(1, {"en": text}, 100, note=text), allergy=text, note=text, table=text)
    layout = slip_layout(taken, shop("en", width_mm), HOSTED_URL)
    job = read_job(to_escpos(layout))
    assert set(job.commands) == {"initialise", "picture", "feed", "cut"}
    for word in layout.texts:
        assert all(letter.isprintable() or letter in "\u200c\u200d" for letter in word)
    assert to_pdf(layout).startswith(b"%PDF")


def test_a_name_of_100_kilobytes_prints_its_beginning_and_says_how_much_is_missing() -> None:
    taken = order(line(1, {"en": "ї" * 100_000}, 100))
    layout = slip_layout(taken, shop("en", 58), HOSTED_URL)
    [said] = [text for text in layout.texts if "see the screen" in text]
    assert "(99400 more characters: see the screen)" in said
    assert read_job(to_escpos(layout)).picture.height < 8_000


def test_no_slip_ever_ends_a_text_with_dots() -> None:
    taken = order(line(1, {"en": "Grandmother’s slow-cooked beef cheeks " * 4}, 100))
    assert not any("…" in text for text in slip_layout(taken, shop("en", 58)).texts)


def test_the_end_of_a_long_slip_is_printed_as_sharp_as_its_beginning() -> None:
    lines = tuple(line(no, {"en": f"Dish {no}"}, 100) for no in range(1, 1200))
    layout = slip_layout(order(*lines), shop("en", 58), HOSTED_URL)
    picture = read_job(to_escpos(layout)).picture
    assert picture.height > 33_000
    short = slip_layout(order(*lines[-3:]), shop("en", 58), HOSTED_URL)
    expected = read_job(to_escpos(short)).picture
    # From the code down both slips are the same.
    foot = 380
    assert _bottom(picture, foot).tobytes() == _bottom(expected, foot).tobytes()


def test_a_slip_longer_than_a_pdf_page_goes_on_on_the_next() -> None:
    lines = tuple(line(no, {"en": f"Dish {no}"}, 100) for no in range(1, 1200))
    layout = slip_layout(order(*lines), shop("en", 58), HOSTED_URL)
    document = pypdfium2.PdfDocument(to_pdf(layout))
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    assert len(pages) == 2
    assert "1 × Dish 1 1 ₴" in pages[0]
    assert "Dish 1199" in pages[1]


def _bottom(picture: Image.Image, rows: int) -> Image.Image:
    return picture.crop((0, picture.height - rows, picture.width, picture.height))


@pytest.mark.parametrize("width_mm", [58, 80])
def test_the_pdf_is_as_wide_as_the_paper_and_as_long_as_the_slip(width_mm: int) -> None:
    layout = slip_layout(order(), shop("uk", width_mm), HOSTED_URL)
    document = pypdfium2.PdfDocument(to_pdf(layout))
    assert len(document) == 1
    width, height = document[0].get_size()
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    slip_mm = preview(layout, 254).height() / 10
    assert width * 25.4 / 72 == pytest.approx(width_mm, abs=0.4)
    assert height * 25.4 / 72 == pytest.approx(slip_mm, abs=0.4)
    assert "фіскальним чеком" in text.replace("\u00a0", " ")


@pytest.mark.parametrize("dpi", [96, 203, 300])
def test_the_picture_is_the_paper_at_the_density_asked_for(dpi: int) -> None:
    layout = slip_layout(order(), shop("uk", 58), HOSTED_URL)
    picture = Image.open(io.BytesIO(to_png(layout, dpi)))
    assert picture.width == round(58 * dpi / 25.4)
    assert picture.info["dpi"][0] == pytest.approx(dpi, abs=1)


def test_the_sentence_against_fiscal_use_is_really_painted() -> None:
    shown = slip_layout(order(), shop("uk", 58))
    without = Layout(
        "", 58, tuple(e for e in shown.elements if "фіскальним" not in getattr(e, "text", ""))
    )
    assert len(without.elements) == len(shown.elements) - 1
    assert _ink(shown) - _ink(without) > 500


def _ink(layout: Layout) -> int:
    """Black dots on the paper."""
    return sum(byte.bit_count() for byte in paint.raster(layout).rows)


def test_an_allergy_is_white_letters_in_a_black_bar() -> None:
    dots = paint.raster(Layout("", 58, (Inverse("ALLERGY: nuts", 5),)))
    black = sum(byte.bit_count() for byte in dots.rows) / (dots.width_dots * dots.height_dots)
    assert 0.6 < black < 0.95


def test_amounts_end_at_one_edge_and_digits_are_equally_wide() -> None:
    rows = Layout("", 58, (Row("1 ×", "a", "111 ₴", 3.2), Row("1 ×", "a", "888 ₴", 3.2)))
    picture = read_job(to_escpos(rows)).picture.point(lambda shade: 255 - shade)
    half = picture.height // 2
    top = picture.crop((0, 0, 384, half)).getbbox()
    bottom = picture.crop((0, half, 384, 2 * half)).getbbox()
    assert top is not None
    assert bottom is not None
    assert abs(top[2] - bottom[2]) <= 1


def test_slips_are_painted_on_a_worker_thread_as_on_the_first() -> None:
    layout = slip_layout(order(), shop("uk", 58), HOSTED_URL)
    here = to_escpos(layout)
    there: list[bytes] = []
    threads = [threading.Thread(target=lambda: there.append(to_escpos(layout))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert there == [here] * 3


def test_an_empty_layout_and_empty_texts_paint_nothing() -> None:
    empty = Layout("", 58, (Text("", 3), Row("", "", "", 3), Number("", 15), Gap(1)))
    assert not any(paint.raster(empty).rows)


def test_centred_text_stands_in_the_middle() -> None:
    layout = Layout("", 58, (Text("HOH", 4, Weight.BOLD, Align.CENTER),))
    first, last = reaching(layout)
    assert abs((384 - last) - first) <= 3


@pytest.mark.parametrize("weight", list(Weight))
def test_the_shipped_fonts_have_every_weight_and_letter(weight: Weight) -> None:
    assert load_fonts() == "Inter"
    font = QFont("Inter")
    font.setPixelSize(100)
    font.setWeight(QFont.Weight(int(weight)))
    metrics = QFontMetricsF(font)
    assert all(metrics.inFontUcs4(ord(letter)) for letter in "ґҐіІїЇєЄ’₴€$£Žłß×·−")
    assert metrics.capHeight() / 100 == pytest.approx(0.727, abs=0.001)
    font.setFeature(QFont.Tag("tnum"), 1)
    widths = [QFontMetricsF(font).horizontalAdvance(digit) for digit in "0123456789"]
    assert widths == pytest.approx([widths[0]] * 10, rel=0.005)


def test_a_preview_is_black_on_white() -> None:
    image = preview(slip_layout(order(), shop("en", 58)), 203)
    assert image.pixelColor(0, 0) == QColor("white")
    shades = {image.pixelColor(x, 100).lightness() for x in range(image.width())}
    assert shades != {255}
