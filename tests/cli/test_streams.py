"""A program that has nowhere to print to does what it is asked all the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.till import Till
from tests.support.processes import ROOT

CLOSED = ["sh", "-c", 'exec "$@" 0<&- 1>&- 2>&-', "sh"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("check",), 0),
        (("orders", "--json"), 0),
        (("order", "place", "/nowhere.json"), 2),
        (("fly",), 2),
    ],
)
def test_without_standard_streams_a_command_keeps_its_exit_code(
    till: Till, words: tuple[str, ...], code: int
) -> None:
    till.place()
    command = [*CLOSED, sys.executable, "-m", "pos_app", *words]
    named = ["--data", str(till.data)] if words != ("fly",) else []
    done = subprocess.run([*command, *named], cwd=ROOT, check=False, timeout=60)
    assert done.returncode == code
    assert not (till.data / "logs" / "orderbell.log").exists()


def test_no_file_of_ours_takes_the_number_of_a_stream_that_is_missing(tmp_path: Path) -> None:
    program = (
        "from pos_app.streams import has_output, stand_in; import os; stand_in();"
        f"handle = os.open({str(tmp_path / 'first')!r}, os.O_CREAT | os.O_WRONLY);"
        "os.write(handle, f'{handle} {has_output()}'.encode())"
    )
    subprocess.run([*CLOSED, sys.executable, "-c", program], cwd=ROOT, check=True, timeout=60)
    number, has_output = (tmp_path / "first").read_text("utf-8").split()
    assert int(number) > 2
    assert has_output == "False"


def test_a_site_without_output_logs_into_a_file(tmp_path: Path) -> None:
    program = (
        "from pathlib import Path; from pos_app.streams import stand_in;"
        "from pos_app.tracking import server; stand_in();"
        "from pos_app.tracking.settings import SiteSettings, default_limits;"
        "settings = SiteSettings(origin='http://127.0.0.1:1', host='192.0.2.1', port=1,"
        f"database=Path({str(tmp_path / 'site.sqlite')!r}), mode='loopback', trusted_proxy=None,"
        "limits=default_limits('hosted')); server.serve(settings)"
    )
    done = subprocess.run(
        [*CLOSED, sys.executable, "-c", program], cwd=ROOT, check=False, timeout=60
    )
    assert done.returncode == 1  # that address is nobody's
    assert (tmp_path / "logs" / "site.log").exists()
