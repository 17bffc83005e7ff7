"""The set-up's own decisions, in a copy of packaging/: when it starts again, whom it waits for."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.sources import ROOT


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """What a set-up reads, in a folder of its own."""
    for name in ("packaging", "tests/support/node"):
        ignored = shutil.ignore_patterns("__pycache__", "node_modules")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def _start(project: Path, act: str) -> subprocess.Popen[str]:
    program = f"import sys; sys.path.insert(0, 'packaging'); import setting_up; {act}"
    return subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _said(project: Path, act: str) -> str:
    out, error = _start(project, f"print({act})").communicate(timeout=30)
    assert not error, error
    return out.strip()


@pytest.mark.parametrize("purpose", ["run", "test"])
def test_nothing_changed_needs_no_set_up(project: Path, purpose: str) -> None:
    asked = f"setting_up._fingerprint({purpose!r})"
    assert _said(project, asked) == _said(project, asked)


@pytest.mark.parametrize(
    ("file", "purpose"),
    [
        ("packaging/requirements/desktop.txt", "run"),
        ("packaging/requirements/build.txt", "run"),
        ("packaging/requirements/dev.txt", "test"),
        ("packaging/steps.py", "run"),
        ("tests/support/node/package-lock.json", "test"),
    ],
)
def test_a_changed_file_needs_a_set_up(project: Path, file: str, purpose: str) -> None:
    asked = f"setting_up._fingerprint({purpose!r})"
    before = _said(project, asked)
    with (project / file).open("a", encoding="utf-8") as changed:
        changed.write("\n# changed\n")
    assert _said(project, asked) != before


def test_other_sections_of_pyproject_need_none(project: Path) -> None:
    asked = "setting_up._fingerprint('run')"
    before = _said(project, asked)
    with (project / "pyproject.toml").open("a", encoding="utf-8") as changed:
        changed.write('\n[tool.somebody]\nname = "x"\n')
    assert _said(project, asked) == before


def test_an_incomplete_copy_is_said_in_one_sentence(project: Path) -> None:
    (project / "packaging/requirements/dev.txt").unlink()
    command: list[str | Path] = [sys.executable, "-B", project / "packaging/dev.py", "setup"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "packaging/requirements/dev.txt is missing" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unfinished_environment_is_not_sound(project: Path) -> None:
    (project / ".venv").mkdir()
    assert _said(project, "setting_up._sound()") == "False"
    (project / ".venv" / "orderbell-unfinished").touch()
    assert _said(project, "setting_up._sound()") == "False"


def test_two_set_ups_wait_for_each_other(project: Path) -> None:
    (project / "build").mkdir()
    with (project / "build/dev.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = _start(project, "lock = setting_up._alone(); lock.__enter__(); print('mine')")
        assert second.stdout is not None
        assert "waiting for it" in second.stdout.readline()
        assert second.poll() is None
    out, _ = second.communicate(timeout=30)
    assert out == "mine\n"
