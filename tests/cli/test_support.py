"""What helps when something is wrong, by command line: findings, a report, licences, updates."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from pos_app import __version__, paths
from pos_app.clock import Instant, SystemClock
from pos_app.crashes import kept
from pos_app.domain.release import Release
from pos_app.store import lanes
from tests.cli.till import Till, call
from tests.lanes.test_updates import PUBLIC
from tests.support.shops import open_test_shop

ADDRESS = "https://updates.example/manifest.json"


def test_each_finding_has_its_four_fields_and_a_known_state(till: Till) -> None:
    told = till.done("doctor", "--json").json
    assert set(told) == {"ok", "findings"}
    for finding in told["findings"]:
        assert set(finding) == {"subject", "state", "said", "hint"}
        assert finding["state"] in ("ok", "off", "trouble")
        assert finding["said"]


def test_trouble_is_followed_by_what_to_do(till: Till) -> None:
    with open_test_shop(till.data) as shop:
        shop.desk.add_printer(name="Till", kind="network", address="127.0.0.1:9")
        with shop.desk.act() as act:
            lanes.note_state(act.connection, "printer:1", "down", "unreachable", act.now)
    said = till("doctor")
    assert said.code == 1
    assert "Printer does not answer (Till) since" in said.text
    assert "→ Look at its paper, cover, cable and power" in said.text


def test_a_report_is_one_file_with_findings_and_crashes(
    till: Till, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("division by zero for Iryna 0671234567")

    monkeypatch.setattr("pos_app.desk.desk.Desk.board", fail)
    admitted = till("orders")
    assert "orderbell report save" in admitted.error
    assert "Iryna" not in admitted.error
    assert till("doctor").text.count("Crash reports kept here: 1") == 1
    file = tmp_path / "report.json"
    assert "look into it" in till.done("report", "save", str(file)).text
    told = json.loads(file.read_text("utf-8"))
    assert (told["format"], told["version"]) == ("orderbell-report-1", __version__)
    (crash,) = told["crashes"]
    assert (crash["where"], crash["errors"][0]["said"]) == ("command", "division by zero for …")
    log = (paths.logs_folder(till.data) / "orderbell.log").read_text("utf-8")
    assert "ZeroDivisionError: division by zero for …" in log
    assert not {"Iryna", "0671234567"} & set((file.read_text("utf-8") + log).split())


def test_a_report_can_be_saved_where_no_shop_opens(till: Till) -> None:
    (till.data / "store.sqlite").write_bytes(b"no database at all" * 100)
    kept.keep(paths.crashes_folder(till.data), SystemClock().now(), "0" * 12, {"where": "hard"})
    told = json.loads(till.done("report", "save", "-").text)
    states = {one["subject"]: one["state"] for one in told["findings"]}
    assert states["store"] == "trouble"
    assert [one["where"] for one in told["crashes"]] == ["hard"]
    assert str(till.data) not in json.dumps(told)


def test_a_mistyped_folder_gets_no_crash_report(tmp_path: Path) -> None:
    assert call("doctor", "--data", str(tmp_path / "none")).code == 1
    assert not (tmp_path / "none").exists()


def test_crash_reports_are_for_this_user_alone(till: Till) -> None:
    folder = paths.crashes_folder(till.data)
    kept.keep(folder, SystemClock().now(), "0" * 12, {})
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_licences_are_listed_and_told_as_a_whole(
    till: Till, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "licences.json"
    monkeypatch.setattr(paths, "licences_file", lambda: file)
    assert till("licences").code == 1
    one = {"name": "qrcode", "version": "8.2", "licence": "BSD", "text": "You may.", "source": ""}
    file.write_text(json.dumps([one]))
    assert till.done("licences").text.split() == ["qrcode", "8.2", "BSD"]
    assert "You may." in till.done("licences", "QRcode").text
    assert till.done("licences", "--json").json == [one]
    assert till("licences", "nothing").code == 1


def test_updates_are_off_until_address_and_key_are_given(till: Till) -> None:
    assert "switched off" in till("updates", "check").error
    assert till("updates", "on").error.startswith("address:")
    assert till("updates", "on", "--address", ADDRESS, "--key", "x").error.startswith("key:")
    said = till.done("updates", "on", "--address", ADDRESS, "--key", PUBLIC).text
    assert said.startswith(f"{ADDRESS} is asked once a day")
    assert "has been asked" in till.done("doctor").text
    with open_test_shop(till.data) as shop:
        at = Instant(shop.clock.now())
        shop.desk.updates.note(Release("99.1.0", at, {"en": "New"}, at, PUBLIC))
    assert "Orderbell 99.1.0 is out." in till.done("doctor").text
    till.done("updates", "off")
    assert "99.1.0" not in till.done("doctor").text
    till.done("updates", "on")
    assert "99.1.0" in till.done("doctor").text, "address and key were kept"
