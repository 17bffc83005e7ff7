"""`orderbell backup` and `restore`: made, listed, put back, and every refusal with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.till import Till, call


@pytest.fixture
def copy(till: Till) -> Path:
    """A backup of a shop with one order."""
    till.place()
    return Path(till.done("backup", "--json").json["file"])


def test_a_backup_says_where_it_lies_and_what_is_in_it(till: Till, copy: Path) -> None:
    said = till.done("backup").text
    assert "1 orders" in said
    assert "opened and checked" in said
    listed = till.done("backup", "--list", "--json").json
    assert [(c["kind"], c["guests"]) for c in listed["copies"]] == [("hand", True)] * 2
    assert Path(listed["folder"]) == copy.parent
    assert copy.name in till.done("backup", "--list").text


def test_a_backup_to_a_stick_warns_of_the_guests_in_it(till: Till, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert "names and phones" in till.done("backup", str(stick)).text
    assert till.done("backup", str(stick / "mine.sqlite")).code == 0
    taken = till("backup", str(stick / "mine.sqlite"))
    assert taken.code == 2
    assert taken.error.startswith("target: ")
    assert till("backup", str(stick / "no" / "such.sqlite")).code == 2
    assert len(list(stick.iterdir())) == 2


def test_the_newest_backup_is_put_back(till: Till, copy: Path) -> None:
    done = till("restore", "latest")
    assert done.code == 0
    assert (done.json["restored"], done.json["open_orders"]) == (copy.name, 1)
    assert "Texts are paused" in done.error
    assert till.done("catch-up").json["open"] == ["A1"]
    assert till.place()["number"] == f"A{done.json['next_number']}"
    till.done("catch-up", "--here", "A1")
    assert till.done("catch-up", "--send").json["since"] is None
    till.done("check")


def test_newer_orders_are_not_set_aside_unasked(till: Till, copy: Path) -> None:
    till.place()
    refused = till("restore", copy.name)
    assert refused.code == 1
    assert "lacks newer orders: 1" in refused.error
    assert "--yes" in refused.error
    assert len(till.done("orders", "--json").json) == 2
    assert till("restore", copy.name, "--yes").code == 0
    kept = till.done("backup", "--list", "--json").json["copies"]
    assert [c["kind"] for c in kept] == ["replaced", "hand"]


def test_what_was_set_aside_can_be_put_back_too(till: Till, copy: Path) -> None:
    till.place()
    replaced = Path(till("restore", copy.name, "--yes").json["replaced"])
    assert till("restore", str(replaced), "--yes").code == 0
    assert len(till.done("orders", "--json").json) == 2


@pytest.mark.parametrize("wanted", ["yesterday", "/nowhere/at/all.sqlite"])
def test_a_backup_that_is_not_there_is_named(till: Till, wanted: str) -> None:
    said = till("restore", wanted)
    assert said.code == 2
    assert said.error.startswith("copy: ")
    assert wanted in said.error


def test_without_any_backup_latest_says_how_to_make_one(till: Till) -> None:
    said = till("restore", "latest")
    assert said.code == 1
    assert "orderbell backup" in said.error


def test_a_manager_has_to_agree_once_one_has_a_pin(till: Till, copy: Path) -> None:
    till.done("staff", "add", "Olha", "--role", "manager")
    till.done("staff", "pin", "Olha", stdin="4711\n")
    refused = till("restore", copy.name)
    assert refused.code == 1
    assert "manager" in refused.error.lower()
    assert till("restore", copy.name, "--as", "Olha", stdin="0000\n").code == 1
    done = till("staff", "list", "--json")
    assert done.code == 0, "she is still there: nothing was put back"


def test_a_store_that_cannot_be_opened_is_put_back_all_the_same(till: Till, copy: Path) -> None:
    (till.data / "store.sqlite").write_bytes(b"nothing of a database " * 500)
    assert till("check").code == 1
    done = till("restore", "latest")
    assert done.code == 0
    assert "cannot be opened" in done.error
    till.done("check")


def test_a_shop_moves_to_a_new_computer_by_its_backup(
    till: Till, copy: Path, tmp_path: Path
) -> None:
    there = str(tmp_path / "new")
    assert call("restore", str(copy), "--data", there).code == 0
    assert call("check", "--data", there).code == 0


def test_a_site_is_copied_and_put_back(tmp_path: Path) -> None:
    data, kept = str(tmp_path / "site"), str(tmp_path / "kept.sqlite")
    origin = ("--origin", "https://orders.example.com")
    assert call("site", "shops", "add", "Trattoria", "--data", data, *origin).code == 0
    assert "checked" in call("site", "backup", kept, "--data", data).text
    assert call("site", "backup", kept, "--data", data).code == 2
    assert call("site", "shops", "add", "Roma", "--data", data, *origin).code == 0
    assert "epoch" in call("site", "restore", kept, "--data", data).text
    listed = call("site", "shops", "--data", data).text
    assert "Trattoria" in listed
    assert "Roma" not in listed
    (tmp_path / "junk.sqlite").write_bytes(b"junk" * 1_000)
    assert call("site", "restore", str(tmp_path / "junk.sqlite"), "--data", data).code == 1
    assert call("site", "restore", str(tmp_path / "none.sqlite"), "--data", data).code == 2
