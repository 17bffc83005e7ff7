"""What a bundle puts right before its first module, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.support.sources import ROOT

PROGRAM = (
    "import json, os, runpy, sys; runpy.run_path(sys.argv[1]); print(json.dumps(dict(os.environ)))"
)


def began(**environment: str) -> dict[str, str]:
    """The environment behind it."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", PROGRAM, ROOT / "packaging" / "bundle_start.py"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout))


def test_the_system_s_programs_get_the_library_path_that_was_there_before() -> None:
    ours = {"LD_LIBRARY_PATH": "/opt/orderbell"}
    assert "LD_LIBRARY_PATH" not in began(**ours)
    found = began(**ours, LD_LIBRARY_PATH_ORIG="/opt/shop")
    assert found["LD_LIBRARY_PATH"] == "/opt/shop"
    assert "LD_LIBRARY_PATH_ORIG" not in found


def test_a_child_of_ours_begins_like_a_program_that_somebody_starts() -> None:
    assert began()["PYINSTALLER_RESET_ENVIRONMENT"] == "1"


@pytest.mark.parametrize(
    ("asked", "found"), [("wayland", None), ("wayland;xcb", None), ("offscreen", "offscreen")]
)
def test_a_window_comes_by_x11_where_the_desktop_asks_for_wayland(
    asked: str, found: str | None
) -> None:
    environment = began(QT_QPA_PLATFORM=asked, WAYLAND_DISPLAY="wayland-0", DISPLAY=":0")
    assert environment.get("QT_QPA_PLATFORM") == found
    assert "WAYLAND_DISPLAY" not in environment
    assert environment["DISPLAY"] == ":0"


def test_certificates_that_somebody_chose_are_kept() -> None:
    assert began(SSL_CERT_FILE="/opt/own.pem")["SSL_CERT_FILE"] == "/opt/own.pem"
    assert "SSL_CERT_FILE" not in began(SSL_CERT_DIR="/opt/own")


LOADER = """
import runpy, sys, types
archive = types.SimpleNamespace(_filename="/opt/orderbell/orderbell")
sys.modules["pyimod02_importers"] = types.SimpleNamespace(pyz_archive=archive)
runpy.run_path(sys.argv[1])
with open(archive._filename, "rb") as own:
    print(own.read(4) == b"\\x7fELF", archive._filename)
"""


def test_modules_are_read_from_the_file_that_runs_whatever_its_name_holds_now() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-c", LOADER, ROOT / "packaging" / "bundle_start.py"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["True", "/proc/self/exe"]
