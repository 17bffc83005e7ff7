"""Files of the menu on the disk, off the UI thread."""

from __future__ import annotations

from pathlib import Path

from pos_app.bootstrap import Shop
from pos_app.desk.menu_desk import LARGEST_FILE
from pos_app.desk.menu_plan import Plan
from pos_app.errors import BadInput
from ui.new_file import write_new

TABLE, DOCUMENT = "orderbell-menu.csv", "orderbell-menu.json"


def read_plan(shop: Shop, path: Path, *, replace_all: bool) -> Plan:
    """What the file at `path` would make of the menu. Raises BadInput."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise BadInput(
            "file", "The file cannot be read", "{reason}.", reason=error.strerror or ""
        ) from error
    return shop.desk.menu.plan(raw, replace_all=replace_all)


def write_menu(shop: Shop, path: Path) -> None:
    """The menu into a new file: all of it as JSON, else a table. Raises BadInput."""
    menu = shop.desk.menu
    is_document = path.suffix.casefold() == ".json"
    write_new(path, menu.document() if is_document else menu.table())
