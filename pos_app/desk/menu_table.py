"""A menu as a plain table: the file that a spreadsheet reads and writes.

The first line names the columns, in English or Ukrainian, in whatever order. A heading may end
with a language, `Name (uk)`; without one it is the shop's. UTF-8, UTF-16 and CP1251; semicolons,
commas or tabs between the cells. Modifiers have no column.

A cell that a spreadsheet would take for a formula is written behind an apostrophe, which reading
takes away again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pos_app.desk.menu_plan import Fault
from pos_app.domain.menu import Dish, Menu, folded
from pos_app.domain.money import plain
from pos_app.errors import BadInput
from pos_app.language import LANGUAGES, Texts, pick

SEPARATORS = (";", ",", "\t")
# Words that stand for the columns: those that any of our versions wrote, and what people write.
_WORDS = {
    "name": ("dish name", "name", "dish", "title", "item", "назва страви", "назва", "страва"),
    "price": ("price", "cost", "ціна", "вартість"),
    "category": ("category", "group", "section", "категорія", "група", "розділ"),
    "station": ("station", "станція", "цех"),
    "minutes": ("minutes", "min", "prep minutes", "хвилини", "хв", "час"),
    "kitchen": ("kitchen name", "kitchen", "назва для кухні", "назва на кухні", "кухня"),
    "barcode": ("barcode", "ean", "штрихкод", "штрих-код"),
}
_LANGUAGE = re.compile(r"(.*?)\s*[(\[]?\b(en|uk)\b[)\]]?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Row:
    """`line` of the file; `cells` by column, `name` or `name.uk`."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    unread: tuple[str, ...]


def written(menu: Menu, currency: str, language: str) -> str:
    """The whole menu as a table with headings in `language`, for a spreadsheet of that country."""
    others = [other for other in LANGUAGES if other != language]
    columns = ["name", "price", "category", "station", "minutes", "kitchen", "barcode"]
    columns += [f"{what}.{other}" for other in others for what in ("name", "kitchen")]
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";" if language == "uk" else ",")
    writer.writerow([_heading(column, language) for column in columns])
    categories = {one.id: pick(one.names, language) for one in menu.categories}
    stations = {one.id: pick(one.names, language) for one in menu.stations}
    for category in menu.categories:
        for dish in menu.of_category(category.id):
            cells = _cells(dish, language) | {
                "price": plain(dish.price, currency, language),
                "category": categories[dish.category_id],
                "station": stations[dish.station_id],
                "minutes": str(dish.prep_minutes),
                "barcode": dish.barcode,
            }
            writer.writerow([_guarded(cells.get(column, "")) for column in columns])
    return _BOM + target.getvalue()


def _cells(dish: Dish, language: str) -> dict[str, str]:
    cells: dict[str, str] = {}
    for what, names in (("name", dish.names), ("kitchen", dish.kitchen)):
        for spoken, name in names.items():
            cells[what if spoken == language else f"{what}.{spoken}"] = name
    return cells


def _heading(column: str, language: str) -> str:
    what, _, spoken = column.partition(".")
    texts = Texts(language)
    word = {
        "name": texts.gettext("Dish name"),
        "price": texts.gettext("Price"),
        "category": texts.gettext("Category"),
        "station": texts.gettext("Station"),
        "minutes": texts.gettext("Minutes"),
        "kitchen": texts.gettext("Kitchen name"),
        "barcode": texts.gettext("Barcode"),
    }[what]
    return f"{word} ({spoken})" if spoken else word


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _bare(cell: str) -> str:
    quoted = len(cell) > 1 and cell[0] == "'" and cell[1] in _FORMULA
    return cell[1:] if quoted else cell


def read(raw: bytes, language: str) -> Table:
    """What is in the table; plain headings are of `language`. Raises BadInput for no table."""
    text = _decoded(raw)
    separator = max(SEPARATORS, key=lambda sign: _recognised(text, sign))
    if not _recognised(text, separator):
        raise BadInput(
            "file",
            "This is neither a menu nor a table of dishes",
            hint="The first line names the columns: Name; Price; Category; Station; Minutes.",
        )
    lines = _lines(text, separator)
    _number, headings = next(lines)
    columns = [_column(heading, language) for heading in headings]
    if "name" not in {(column or "").partition(".")[0] for column in columns}:
        raise BadInput("file", "No column holds the names", hint="Call one of them Name.")
    rows: list[Row] = []
    faults: list[Fault] = []
    try:
        for number, cells in lines:
            if any(cell.strip() for cell in cells[len(columns) :]):
                error = BadInput(
                    "line", "More cells than headings", hint="Does a price hold the separator?"
                )
                faults.append(Fault(number, error))
            elif any(cell.strip() for cell in cells):
                rows.append(Row(number, _row(columns, cells)))
    except csv.Error:
        raise BadInput("file", "The quotation marks of the table do not pair") from None
    unread = [h.strip() for h, column in zip(headings, columns, strict=True) if not column]
    return Table(tuple(rows), tuple(faults), tuple(heading for heading in unread if heading))


def _row(columns: Sequence[str | None], cells: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column is not None and column not in found:
            found[column] = _bare(cell.strip(" \u00a0"))
    return found


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What a spreadsheet of Windows writes in Ukraine.
        return raw.decode("cp1251", "replace")


def _lines(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of the line on which each begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 1
    for cells in reader:
        yield number, cells
        number = reader.line_num + 1


def _recognised(text: str, separator: str) -> int:
    try:
        headings = next(_lines(text, separator), (0, []))[1]
    except csv.Error:
        return 0
    return sum(_column(heading, "en") is not None for heading in headings)


def _column(heading: str, language: str) -> str | None:
    """`name` for `Name` and `Name (LANGUAGE)`, `name.uk` for another language; None for others."""
    words = folded(heading)
    with_language = _LANGUAGE.fullmatch(words)
    bare, spoken = (with_language[1], with_language[2]) if with_language else (words, language)
    for what, known in _WORDS.items():
        if bare in known:
            translated = what in ("name", "kitchen") and spoken != language
            return f"{what}.{spoken}" if translated else what
    return None
