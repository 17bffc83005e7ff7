"""The import contracts of pyproject.toml hold, and each of them can fail.

A contract that names the wrong module stays green for ever. So each is shown a copy of the
packages with one forbidden import in it, through the same command that judges the real tree.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.sources import ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
    "contracts"
]

# What the window may know of the core.
DOORS = {
    "automation", "bootstrap", "build_facts", "changes", "clock", "config", "crashes", "desk",
    "doctor", "domain", "errors", "fonts", "insights", "language", "launch", "progress", "paths",
    "page_setup", "phones", "receipts", "support", "way_setup",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Breach:
    """One import that must turn one contract red."""

    contract: str
    module: str
    statement: str


BREACHES = [
    Breach("layers", "pos_app/clock.py", "import pos_app.store"),
    Breach("layers", "pos_app/wire/tokens.py", "import pos_app.store"),
    Breach("layers", "pos_app/store/orders.py", "import pos_app.desk"),
    Breach("layers", "pos_app/store/orders.py", "import pos_app.receipts"),
    Breach("layers", "pos_app/channels/__init__.py", "import pos_app.desk"),
    Breach("layers", "pos_app/desk/__init__.py", "import pos_app.lanes"),
    Breach("layers", "pos_app/desk/__init__.py", "import pos_app.insights"),
    Breach("layers", "pos_app/unplaced.py", "import os"),
    Breach("site", "pos_app/tracking/app.py", "import pos_app.store"),
    Breach("site", "pos_app/tracking/app.py", "import requests"),
    Breach("site", "pos_app/wire/tokens.py", "import PySide6.QtCore"),
    Breach("site", "pos_app/language.py", "import qrcode"),
    Breach("sql", "pos_app/desk/__init__.py", "import sqlalchemy"),
    Breach("sql", "pos_app/lanes/__init__.py", "import sqlite3"),
    Breach("sql", "pos_app/tracking/app.py", "import sqlite3"),
    Breach("sql", "ui/__init__.py", "import sqlalchemy.orm"),
    Breach("http", "pos_app/desk/__init__.py", "import requests"),
    Breach("http", "ui/__init__.py", "import requests"),
    Breach("http", "pos_app/store/orders.py", "import urllib3"),
    Breach("qt", "pos_app/receipts/layout.py", "import PySide6.QtGui"),
    Breach("qt", "pos_app/desk/__init__.py", "import PySide6.QtCore"),
    Breach("pure", "pos_app/domain/order.py", "import sqlalchemy"),
    Breach("pure", "pos_app/automation/engine.py", "import threading"),
    Breach("screens", "ui/board/__init__.py", "import ui.counter"),
    Breach("screens", "ui/widgets/__init__.py", "import ui.board"),
    Breach("screens", "ui/theme.py", "import ui.bridge"),
    Breach("screens", "ui/unplaced.py", "import os"),
    Breach("doors", "ui/board/__init__.py", "import pos_app.store"),
    Breach("doors", "ui/words.py", "import pos_app.lanes"),
    Breach("window", "pos_app/desk/__init__.py", "import ui.theme"),
]


def _lint(folder: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    chosen = [word for name in contracts for word in ("--contract", name)]
    program = "from importlinter.cli import import_linter; import_linter()"
    return subprocess.run(
        [sys.executable, "-c", program, "lint", "--no-cache", "--no-logo", *chosen],
        cwd=folder,
        # The copy, not the installed project, must be what is looked at.
        env={"PYTHONPATH": str(folder), "PATH": "", "COLUMNS": "200", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages and pyproject.toml in a folder of their own."""
    folder = tmp_path_factory.mktemp("contracts")
    for package in ("pos_app", "ui"):
        shutil.copytree(
            ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_the_contracts_hold(copied: Path) -> None:
    judged = _lint(copied)
    assert judged.returncode == 0, judged.stdout + judged.stderr
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in judged.stdout


@pytest.mark.parametrize(
    "breach", BREACHES, ids=lambda b: f"{b.contract}: {b.module} {b.statement}"
)
def test_a_forbidden_import_turns_its_contract_red(copied: Path, breach: Breach) -> None:
    module = copied / breach.module
    before = module.read_text("utf-8") if module.exists() else None
    module.write_text(f"{before or ''}\n{breach.statement}\n", "utf-8")
    try:
        judged = _lint(copied, breach.contract)
    finally:
        if before is None:
            module.unlink()
        else:
            module.write_text(before, "utf-8")
    assert judged.returncode == 1, judged.stdout + judged.stderr
    assert "1 broken" in judged.stdout
    # Red because of this very import, and not for another reason.
    dotted = breach.module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    assert dotted.partition(".")[2] in judged.stdout


def test_every_part_of_the_core_is_a_door_for_the_window_or_closed() -> None:
    closed = {
        name.removeprefix("pos_app.")
        for contract in CONTRACTS
        if contract["id"] == "doors"
        for name in contract["forbidden_modules"]
    }
    parts = {path.stem for path in (ROOT / "pos_app").glob("*.py")}
    parts |= {path.parent.name for path in (ROOT / "pos_app").glob("*/__init__.py")}
    assert parts - {"__init__", "__main__"} - DOORS == closed


def test_each_contract_is_shown_to_fail() -> None:
    assert {breach.contract for breach in BREACHES} == {contract["id"] for contract in CONTRACTS}
