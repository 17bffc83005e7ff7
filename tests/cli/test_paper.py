"""Printers and waiting paper from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.till import Till


def test_what_a_printer_prints_is_said_anew(till: Till, tmp_path: Path) -> None:
    till.done("printer", "add", "Counter", "--folder", str(tmp_path / "counter"))
    till.done("printer", "add", "Kitchen", "--folder", str(tmp_path / "kitchen"), "--no-slips")
    said = till.done(
        *("printer", "change", "Kitchen", "--kitchen", "--stubs", "--deliveries"),
        *("--station", "Pizza", "--fallback", "Counter"),
    )
    assert "kitchen slips, bag stubs, courier slips" in said.text
    counter, kitchen = till.done("printer", "list", "--json").json
    assert (kitchen["slips"], kitchen["stubs"], kitchen["deliveries"]) == (False, True, True)
    assert kitchen["fallback_id"] == counter["id"]
    assert len(kitchen["station_ids"]) == 1
    till.done("printer", "change", "Kitchen", "--station", "all", "--fallback", "none")
    kitchen = till.done("printer", "list", "--json").json[1]
    assert (kitchen["station_ids"], kitchen["fallback_id"]) == ([], None)


@pytest.mark.parametrize(
    "words",
    [("--station", "Sushi"), ("--fallback", "Nobody here")],
)
def test_an_unknown_station_or_stand_in_is_refused(
    till: Till, tmp_path: Path, words: tuple[str, str]
) -> None:
    till.done("printer", "add", "Counter", "--folder", str(tmp_path))
    assert till("printer", "change", "Counter", *words).code == 1


def test_paper_that_waits_is_listed_released_and_dropped(till: Till, tmp_path: Path) -> None:
    assert till.done("printer", "queue").text == "No paper waits.\n"
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    till.done("printer", "add", "Counter", "--folder", str(blocked))
    till.place()
    assert till("sync", "--once").code == 1
    [queue] = till.done("printer", "queue", "--json").json
    assert (queue["waiting"], queue["held"], queue["reason"]) == (1, 0, "unavailable")
    assert "unavailable" in till.done("printer", "queue").text
    assert till.done("printer", "release", "Counter").text.startswith("0 slips")
    assert till.done("printer", "drop", "Counter").text.startswith("0 slips")
    assert till("printer", "drop", "Sushi").code == 1
