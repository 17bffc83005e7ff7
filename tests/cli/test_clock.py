"""`orderbell clock`: what time it is for the shop, and what to do after a leap."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.processes import ask
from tests.support.shops import open_test_shop


def test_a_clock_that_has_not_leapt_has_nothing_to_confirm(tmp_path: Path) -> None:
    data = str(tmp_path / "shop")
    with open_test_shop(tmp_path / "shop"):
        shown = ask("clock", "show", "--data", data)
    assert shown.returncode == 0
    assert json.loads(shown.stdout)["leap_s"] == 0
    refused = ask("clock", "confirm", "--data", data)
    assert (refused.returncode, refused.stderr.strip()) == (
        1,
        "The clock of this computer has not leapt.",
    )
