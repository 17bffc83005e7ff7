"""packaging/dev.py: what it says when it cannot go on, and when it opens a window."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.sources import ROOT

sys.path.insert(0, str(ROOT / "packaging"))
try:
    import licences
    import starting
    import steps
    import system_packages
finally:
    sys.path.remove(str(ROOT / "packaging"))


def test_an_older_python_can_read_the_sentence_that_refuses_it() -> None:
    source = (ROOT / "packaging/dev.py").read_text("utf-8")
    before = source.partition("\nimport bundling")[0]
    ast.parse(before, feature_version=(3, 4))
    ast.parse(source, feature_version=(3, 8))


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["--data", "shop"], True),
        (["--screen", "board", "--fullscreen"], True),
        (["replay", "orders.csv.gz"], False),
        (["--data", "shop", "orders"], False),
        (["--data=shop"], True),
        (["--help"], False),
    ],
)
def test_only_a_call_without_a_command_opens_a_window(arguments: list[str], window: bool) -> None:
    assert starting.opens_window(arguments) is window


@pytest.mark.parametrize(
    ("environment", "display"),
    [
        ({}, False),
        ({"DISPLAY": ""}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"QT_QPA_PLATFORM": "offscreen"}, True),
    ],
)
def test_a_display_is_known_by_the_environment(environment: dict[str, str], display: bool) -> None:
    assert starting.has_display(environment, "linux") is display
    assert starting.has_display(environment, "darwin")


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM", "does not match its pinned hash"),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("Temporary failure in name resolution", "no network"),
        ("npm error code EINTEGRITY", "does not match its pinned hash"),
        ("something else", "exit code 1"),
    ],
)
def test_a_failed_step_says_why(output: str, sentence: str) -> None:
    done = subprocess.CompletedProcess(["pip"], 1, output)
    said = steps.explain("installing dev.txt", done)
    assert said.startswith("installing dev.txt failed: ")
    assert sentence in said
    assert "build/setup.log" in said


def test_a_library_that_cannot_be_loaded_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "LIBRARIES", {"libnowhere.so.7": "libnowhere7"})
    monkeypatch.setattr(system_packages, "PROGRAMS", {"no-such-program": "nowhere-tools"})
    assert system_packages.missing("run") == {"libnowhere.so.7": "libnowhere7"}
    assert system_packages.missing("test") == {
        "libnowhere.so.7": "libnowhere7",
        "no-such-program": "nowhere-tools",
    }


def test_a_server_is_found_where_a_plain_user_s_search_path_does_not_lead(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert system_packages._which("nginx") == "/usr/sbin/nginx"
    assert system_packages._which("no-such-program") is None


def test_without_apt_the_names_are_printed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(system_packages, "LIBRARIES", {"libnowhere.so.7": "libnowhere7"})
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(steps.Stopped, match=r"libnowhere\.so\.7[\s\S]*libnowhere7"):
        system_packages.ensure("run")


def test_nonsense_gets_the_usage_and_exit_code_2() -> None:
    command: list[str | Path] = [sys.executable, "-B", ROOT / "packaging/dev.py", "fly"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "packaging/dev.py run" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True),
        ("Apache-2.0 AND BSD-3-Clause", True),
        ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", True),
        ("MPL-2.0", True),
        ("GNU Lesser General Public License v2 or later (LGPLv2+)", True),
        ("GPL-3.0-only", False),
        ("MIT AND AGPL-3.0-or-later", False),
        ("GNU General Public License v3 (GPLv3)", False),
        ("GNU Affero General Public License v3", False),
        ("Proprietary", False),
        ("", False),
    ],
)
def test_the_licence_gate(licence: str, allowed: bool) -> None:
    assert licences.allowed(licence) is allowed
