"""Rules by the command line: switched, explained, carried, and what needs a manager."""

from __future__ import annotations

from pathlib import Path

from tests.cli.till import Till

PIN = "4711"


def states(till: Till) -> dict[str, str]:
    return {row["pack"]: row["state"] for row in till.done("rules", "list", "--json").json}


def test_a_ready_rule_is_switched_on_by_its_name_and_off_again(till: Till) -> None:
    assert states(till)["vip"] == "ready"
    till.done("rules", "on", "vip")
    assert states(till)["vip"] == "on"
    till.done("rules", "off", "vip")
    assert states(till)["vip"] == "off"
    assert "Every" not in till.done("rules", "show", "vip").text
    till.done("rules", "delete", "vip")
    assert states(till)["vip"] == "ready"


def test_a_file_is_taken_only_with_each_way_out_confirmed(till: Till, tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    till.done("rules", "export", str(file))
    refused = till("rules", "import", str(file), "--as-new")
    assert refused.code == 1
    taken = till.done("rules", "import", str(file), "--as-new", "--confirm", "channel sms")
    assert taken.text.count("Off: ") == 3
    broken = tmp_path / "broken.toml"
    broken.write_text(file.read_text("utf-8").replace("accepted", "../x"), "utf-8")
    assert till("rules", "import", str(broken), "--as-new", "--confirm", "channel sms").code == 2


def test_why_says_what_was_found(till: Till) -> None:
    number = till.place()["number"]
    told = till.done("rules", "why", number).text
    assert "conditions not met" in told
    assert "found: counter" in told


def test_once_a_manager_has_a_pin_rules_need_it(till: Till) -> None:
    till.done("staff", "add", "Marta", "--role", "manager")
    till.done("staff", "pin", "marta", stdin=f"{PIN}\n")
    assert till("rules", "on", "vip").code == 1
    till.done("rules", "on", "vip", "--as", "Marta", stdin=f"{PIN}\n")
    assert states(till)["vip"] == "on"


def test_rules_are_tried_on_a_made_up_day(till: Till, tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    till.done("rules", "export", str(file))
    made_up = ("rules", "simulate", str(file), "--made-up", "--orders", "30", "--seed", "3")
    told = till.done(*made_up, "--price", "6500", "--texts").text
    assert told.startswith("a made-up day, 30 orders")
    assert "+0 texts, +0 UAH, +0 acts beside what is on now" in told
    assert "A MONTH" in told
    assert "order A1 " in told
    found = till.done(*made_up, "--json").json
    assert found["made_up"] is True
    assert found["drafts"]["texts"] == found["now_on"]["texts"] > 0
    past = till.done("rules", "simulate", str(file), "--days", "2", "--json").json
    assert past["drafts"]["orders"] == 0
    assert till("rules", "simulate", str(file), "--seed", "3").code == 2
