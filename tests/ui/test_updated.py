"""An update replaces the program's files while its window is open: a real process, real files."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pos_app import __version__
from pos_app.launch import compiled_in
from tests.support.casts import cast_shop
from tests.support.sources import ROOT
from tests.support.window import SHOP

# Each line that it reads asks once; the journey of the bundle sees the sentence in a window.
PROGRAM = """
import sys
from pathlib import Path
from pos_app import bootstrap
from pos_app.build_facts import build_facts
from pos_app.doctor.versions import versions
from ui import world
build_facts()
world.LOOK_AT_FILES_S = 0.0
shop = bootstrap.open_shop(Path(sys.argv[1]))
outside = world.World(shop)
for _ in sys.stdin:
    found = [(one.state, one.said()) for one in versions(shop, shop.desk.setup())]
    print(ascii((outside.sentence("en"), outside.sentence("uk"), found[1:])), flush=True)
shop.close()
"""


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The program in a folder of its own, as a build."""
    folder = tmp_path / "installed"
    for name in ("pos_app", "ui", "resources"):
        leave = shutil.ignore_patterns("*.po", "documents")
        shutil.copytree(ROOT / name, folder / name, ignore=leave)
    _build(folder, "aaaaaaaaaa")
    return folder


def _build(folder: Path, commit: str) -> None:
    facts = {"version": __version__, "commit": commit, "built_on": "2026-11-28"}
    new = folder / "resources" / "build.json.new"
    new.write_text(json.dumps(facts), encoding="utf-8")
    new.replace(folder / "resources" / "build.json")


def test_a_window_says_that_another_build_lies_in_its_place(
    installed: Path, tmp_path: Path
) -> None:
    data = tmp_path / "shop"
    cast_shop(data, SHOP)
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(data)],
        cwd=installed,
        env={**os.environ, "PYTHONPATH": str(installed)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert _asked(program) == ("", "", []), "well, while its files are its own"
        _build(installed, "bbbbbbbbbb")
        english, ukrainian, found = _asked(program)
        program.communicate(timeout=20)
    assert program.returncode == 0
    assert english == "Orderbell was updated. Close and open it once."
    assert ukrainian == "Orderbell оновлено. Закрийте його й відкрийте знову."
    running, lying = (f"{__version__} ({one * 10}, 2026-11-28)" for one in "ab")
    words = f"This window is still Orderbell {running}; installed is {lying}."
    assert found == [("trouble", words)]


def _asked(program: subprocess.Popen[str]) -> Any:
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write("\n")
    program.stdin.flush()
    return ast.literal_eval(program.stdout.readline())


def test_compiled_modules_are_found_by_their_names(tmp_path: Path) -> None:
    for name in (
        "python3.11/lib-dynload/_md5.cpython-311-x86_64-linux-gnu.so",
        "PIL/_imaging.cpython-311-x86_64-linux-gnu.so",
        "_cffi_backend.abi3.so",
        "PIL/Image.py",
        "Qt/plugins/platforms/libqxcb.so",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    found = compiled_in(tmp_path)
    if sys.platform == "linux":
        assert found == ["PIL._imaging", "_cffi_backend", "_md5"]
