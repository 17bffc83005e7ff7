"""Two windows, two kitchens, one store: any sequence leaves one story.

`python -m tests.property.test_two_windows` plays the long form.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from pos_app.clock import VirtualClock
from pos_app.config import ShopSettings
from pos_app.desk import bumping
from pos_app.domain.workflow import Fulfilment, Source
from tests.property.two_windows import TwoWindows
from tests.support.casts import cast_shop
from tests.support.shops import EVENING

SHORT, LONG = 8, 400


def template_in(folder: Path) -> Path:
    data = folder / "shop"
    cast_shop(data, ShopSettings(name="Trattoria"), practice=True, clock=VirtualClock(EVENING))
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


def test_it_notices_a_bump_that_does_not_ask_which_entry_it_leaves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bump = bumping.bump
    monkeypatch.setattr(
        bumping, "bump", lambda act, order_id, _entry, station: bump(act, order_id, None, station)
    )
    machine = type("HastyWindows", (TwoWindows,), {"template": template_in(tmp_path)})()
    try:
        machine.open_the_menu()
        lines = [(0, 1), (1, 1)]
        order_id = machine.place(
            lines=lines, fulfilment=Fulfilment.PICKUP, source=Source.COUNTER, texts=True, paid=None
        )
        for window in (0, 1):
            machine.look(window=window)
        machine.bump_what_is_shown(window=0, order_id=order_id)
        with pytest.raises(AssertionError, match="moved a new entry"):
            machine.bump_what_is_shown(window=1, order_id=order_id)
    finally:
        machine.teardown()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        play(template_in(Path(folder)), LONG, 50)
    print(f"two windows: {LONG} evenings of up to 50 acts, one story in each")
