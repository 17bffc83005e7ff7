"""Two windows, two kitchens, one store: any sequence leaves one story.

`python -m tests.property.test_two_windows` plays the long form.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from pos_app.bootstrap import init_shop
from pos_app.clock import VirtualClock
from pos_app.config import ShopSettings
from pos_app.desk import bumping
from tests.property.two_windows import TwoWindows
from tests.support.shops import EVENING

SHORT, LONG = 10, 400


def template_in(folder: Path) -> Path:
    data = folder / "shop"
    init_shop(data, ShopSettings(name="Trattoria"), practice=True, clock=VirtualClock(EVENING))
    return data


def play(template: Path, examples: int, steps: int = 30) -> None:
    machine = type("TwoWindowsHere", (TwoWindows,), {"template": template})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.timeout(180)
def test_no_sequence_at_two_windows_breaks_the_evening(tmp_path: Path) -> None:
    play(template_in(tmp_path), SHORT)


@pytest.mark.timeout(180)
def test_it_notices_a_bump_that_does_not_ask_which_entry_it_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bump = bumping.bump
    monkeypatch.setattr(
        bumping,
        "bump",
        lambda act, order_id, _entry, station_id: bump(act, order_id, None, station_id),
    )
    machine = type("HastyWindows", (TwoWindows,), {"template": template_in(tmp_path)})
    with pytest.raises(AssertionError):
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=40,
                stateful_step_count=30,
                deadline=None,
                database=None,
                derandomize=True,
                phases=[Phase.generate],
                report_multiple_bugs=False,
                suppress_health_check=list(HealthCheck),
            ),
        )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        play(template_in(Path(folder)), LONG, 50)
    print(f"two windows: {LONG} evenings of up to 50 acts, one story in each")
