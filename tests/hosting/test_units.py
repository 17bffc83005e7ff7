"""The systemd units as systemd itself reads them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pos_app.tracking.service import KEY_NAME
from tests.hosting import syscalls
from tests.hosting.shipped import SITE, files, services

SYSTEMD = SITE / "systemd"
# In tenths, as systemd-analyze takes it. 10 is what it calls "OK" and better.
MOST_EXPOSED = {"orderbell-site.service": 15, "orderbell-site-backup.service": 10}


def analysed(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = ["systemd-analyze", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units with a program that is there."""
    program = tmp_path / "opt/orderbell-site/current/bin/orderbell"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for unit in SYSTEMD.iterdir():
        text = unit.read_text("utf-8").replace("=/opt/", f"={tmp_path}/opt/")
        (tmp_path / unit.name).write_text(text)
    return tmp_path


def test_systemd_finds_nothing_wrong_with_the_units(units: Path) -> None:
    found = analysed("verify", *(units / unit for unit in services.UNITS))
    assert (found.returncode, found.stderr) == (0, "")


def test_systemd_would_find_what_is_wrong(units: Path) -> None:
    unit = units / services.UNITS[0]
    unit.write_text(unit.read_text().replace("PrivateTmp=yes", "PrivateTemp=yes"))
    assert "PrivateTemp" in analysed("verify", unit).stderr


@pytest.mark.parametrize("unit", MOST_EXPOSED)
def test_a_broken_in_site_reaches_little(unit: str) -> None:
    limit = f"--threshold={MOST_EXPOSED[unit]}"
    found = analysed("security", "--offline=true", "--no-pager", limit, SYSTEMD / unit)
    print(found.stdout.strip().splitlines()[-1])
    assert found.returncode == 0, found.stdout


def test_a_unit_without_hardening_is_found(tmp_path: Path) -> None:
    bare = tmp_path / "bare.service"
    bare.write_text("[Service]\nExecStart=/bin/true\n")
    assert analysed("security", "--offline=true", "--threshold=15", bare).returncode != 0


def test_the_unit_s_lists_of_calls_are_read_as_systemd_reads_them() -> None:
    allowed = syscalls.allowed()
    assert {"read", "sendto", "epoll_wait", "fsync"} <= allowed
    forbidden = {"mount", "reboot", "chroot", "setuid", "chown", "ptrace", "sched_setaffinity"}
    assert not forbidden & allowed


@pytest.mark.parametrize("call", ["mount", "ptrace", "setuid"])
def test_a_call_that_is_forbidden_would_be_found(tmp_path: Path, call: str) -> None:
    log = tmp_path / "calls"
    log.write_text(f"17 read(3, ...) = 1\n17 {call}(1) = 0\n")
    assert {name for name, _ in syscalls.traced(log)} - syscalls.allowed() == {call}


def test_units_scripts_and_program_agree_on_names() -> None:
    places = files.Places()
    unit = (SYSTEMD / "orderbell-site.service").read_text("utf-8")
    assert f"User={files.USER}\n" in unit
    assert f"LoadCredential={KEY_NAME}:{places.key}\n" in unit
    assert f"StateDirectory={places.data.name}\n" in unit
    assert f"ExecStart={places.current}/bin/orderbell site " in unit
    backup = (SYSTEMD / "orderbell-site-backup.service").read_text("utf-8")
    assert f"ReadWritePaths={places.backups}\n" in backup
    assert str(places.backups) in re.findall(r"^ExecStart=.*$", backup, re.MULTILINE)[0]
    # The copy must not have the key beside it.
    assert "LoadCredential" not in backup
    script = (SITE / "orderbell-site").read_text("utf-8")
    for path in (places.data, places.key, places.current / "bin/orderbell"):
        assert f"={path}\n" in script


def test_every_unit_that_is_installed_is_there() -> None:
    assert {path.name for path in SYSTEMD.iterdir()} == set(services.UNITS)


def test_the_command_for_people_is_plain_sh() -> None:
    shell = shutil.which("dash") or "sh"
    assert subprocess.run([shell, "-n", SITE / "orderbell-site"], check=False).returncode == 0


@pytest.mark.parametrize("unit", [unit for unit in services.UNITS if unit.endswith(".timer")])
def test_the_timer_says_a_time_that_systemd_understands(unit: str) -> None:
    (when,) = re.findall(r"^OnCalendar=(.*)$", (SYSTEMD / unit).read_text("utf-8"), re.MULTILINE)
    assert analysed("calendar", when).returncode == 0
