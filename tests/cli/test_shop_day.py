"""The owner's own settings by command line, and what the doctor says of another computer's keys."""

from __future__ import annotations

from pos_app import paths
from tests.cli.till import Till


def test_hours_are_set_shown_and_refused_by_their_day(till: Till) -> None:
    assert till.done("shop", "hours").text.startswith("Always open.")
    till.done("shop", "hours", "--every-day", "10-22", "--mon", "", "--quiet", "21:30-9")
    told = till.done("shop", "hours", "--closed", "2026-12-25", "--json").json
    assert told["week"]["mon"] == ""
    assert told["week"]["sun"] == "10:00-22:00"
    assert (told["closed"], told["quiet"]) == (["2026-12-25"], "21:30-09:00")
    refused = till("shop", "hours", "--fri", "late")
    assert refused.code == 2
    assert "fri" in refused.error
    assert "Always open." in till.done("shop", "hours", "--always").text


def test_the_owner_is_told_where_he_says(till: Till) -> None:
    told = till.done("shop", "owner", "--mail", "o@trattoria.example", "--phone", "0671112233")
    assert "+380671112233" in told.text
    assert till("shop", "owner", "--mail", "nowhere").code == 2
    left = till.done("shop", "owner", "--phone", "", "--json").json
    assert left == {"mail": "o@trattoria.example", "phone": "", "telegram": ""}


def test_the_doctor_says_when_stops_cannot_be_recognised(till: Till) -> None:
    till.done("customer", "stop", "0671234567")
    assert "stops" not in till.done("doctor").text
    folder = paths.keys_folder(till.data)
    folder.rename(folder.with_name("keys of the old computer"))
    found = {one["subject"]: one for one in till("doctor", "--json").json["findings"]}
    assert found["stops"]["state"] == "trouble"
    assert "forget-lost-stops" in found["stops"]["said"]
    assert till.done("customer", "forget-lost-stops").text.startswith("1 stops")
    assert "stops" not in till("doctor").text
