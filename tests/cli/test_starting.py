"""Starting: a command pays only for what it needs, and without a display nobody waits."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.cli.till import Till, call
from tests.support.processes import ROOT

HEAVY = ("PySide6", "alembic", "litestar", "uvicorn", "requests", "phonenumbers", "escpos")


def imported(*words: str) -> set[str]:
    """Top-level packages that `orderbell` with these words has imported in the end."""
    program = (
        "import sys; from pos_app.cli import main; main(sys.argv[1:]);"
        "sys.stderr.write(' '.join(sorted({name.split('.')[0] for name in sys.modules})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return set(done.stderr.split())


@pytest.mark.parametrize("act", [("orders",), ("orders", "--json"), ("check",), ("order", "bump")])
def test_a_command_imports_nothing_heavy(till: Till, act: tuple[str, ...]) -> None:
    till.place()
    number = ("A1",) if act[0] == "order" else ()
    found = imported(*act, *number, "--data", str(till.data))
    assert not found & set(HEAVY)
    assert "sqlalchemy" in found


def test_help_opens_no_store() -> None:
    assert not imported("--help") & {*HEAVY, "sqlalchemy", "msgspec", "cryptography"}


def test_every_command_has_help() -> None:
    said = call("--help")
    assert said.code == 0
    for name in ("init", "order", "orders", "receipt", "sync", "check", "doctor", "pair", "replay"):
        assert f"\n    {name} " in said.text
        assert call(name, "--help").code == 0
    assert "shops" in call("site", "--help").text
    assert call("--version").text.startswith("orderbell ")


def test_without_a_display_the_window_says_so() -> None:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    done = subprocess.run(
        [sys.executable, "-m", "pos_app"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name not in hidden},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "display" in done.stderr
    assert "Traceback" not in done.stderr
