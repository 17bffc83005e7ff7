"""What leaves the till by the command line: slips, texts, pages, and the state of it all."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest

from pos_app.clock import MINUTE_MS, Instant, SystemClock
from pos_app.shop_clock import ShopClock
from tests.cli.till import Till, call

PHONE = {"name": "Iryna", "phone": "067 123 45 67", "language": "uk", "order_texts": True}


@pytest.mark.parametrize(
    ("form", "magic"), [("pdf", b"%PDF-"), ("png", b"\x89PNG"), ("escpos", b"\x1b@")]
)
def test_a_slip_becomes_a_file(till: Till, tmp_path: Path, form: str, magic: bytes) -> None:
    till.place()
    file = tmp_path / f"slip.{form}"
    till.done("receipt", "A1", f"--{form}", str(file))
    assert file.read_bytes().startswith(magic)
    assert till.done("receipt", "A1", f"--{form}", "-").raw.startswith(magic)
    assert [path.name for path in tmp_path.iterdir() if "slip" in path.name] == [file.name]


@pytest.mark.parametrize("width", [58, 80])
def test_the_paper_is_as_wide_as_asked_for(till: Till, width: int) -> None:
    till.place()
    pdf = till.done("receipt", "A1", "--pdf", "-", "--width", str(width)).raw
    document = pypdfium2.PdfDocument(pdf)
    try:
        points = document[0].get_width()
    finally:
        document.close()
    assert points / 72 * 25.4 == pytest.approx(width, abs=0.5)


def test_a_slip_that_cannot_be_written_names_the_file(till: Till, tmp_path: Path) -> None:
    till.place()
    said = till("receipt", "A1", "--pdf", str(tmp_path / "no" / "slip.pdf"))
    assert said.code == 2
    assert said.error.startswith("file: ")
    assert till("receipt", "A2", "--pdf", "-").code == 1


def test_practice_shows_what_would_be_sent(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    till.place(source="phone", customer=PHONE)
    waiting = till.done("texts", "--json").json
    assert [(text["about"], text["state"], text["text"]) for text in waiting] == [
        ("accepted", "waiting", None)
    ]
    real = ShopClock.now
    monkeypatch.setattr(ShopClock, "now", lambda clock: Instant(real(clock) + MINUTE_MS))
    till.done("sync", "--once")
    (text,) = till.done("texts", "--json").json
    assert text["state"] in ("sent", "delivered")
    assert "A1" in text["text"]
    assert "A1" in till.done("texts").text


def test_sync_needs_once_and_tells_what_it_did(till: Till) -> None:
    assert till("sync").code == 2
    report = till.done("sync", "--once", "--json").json
    assert report["held_elsewhere"] is False
    assert report["pushed"] == 0


def test_a_site_that_is_away_is_a_problem_with_a_name(till: Till) -> None:
    from pos_app.bootstrap import open_shop
    from pos_app.lanes.enrolment import use_local_site
    from pos_app.tracking.enrolment import enrol_local

    shop = open_shop(till.data)
    try:
        use_local_site(shop, "http://127.0.0.1:9", "loopback", enrol_local)
    finally:
        shop.close()
    till.place()
    said = till("sync", "--once")
    assert said.code == 1
    assert "push: " in said.error
    doctor = till("doctor", "--json")
    assert doctor.code == 1
    states = {finding["subject"]: finding["state"] for finding in doctor.json["findings"]}
    assert states["lane push"] == "trouble"


def test_the_doctor_finds_a_new_shop_well(till: Till) -> None:
    said = till.done("doctor", "--json").json
    assert said["ok"] is True
    subjects = [finding["subject"] for finding in said["findings"]]
    assert subjects[:7] == ["disk", "store", "clock", "keys", "page", "texts", "printers"]
    assert "clock" in till.done("doctor").text


def test_the_doctor_names_a_key_that_others_could_read(till: Till) -> None:
    till.done("sms", "set", "--url", "https://sms.example", "--username", "u", stdin="secret\n")
    key = till.data / "keys" / "K_store"
    key.chmod(0o644)
    said = till("doctor")
    assert said.code == 1
    assert "not private" in said.text


def test_the_doctor_says_that_there_is_no_shop(tmp_path: Path) -> None:
    said = call("doctor", "--data", str(tmp_path / "none"))
    assert said.code == 1
    assert "no shop" in said.text


def test_the_gateway_s_password_is_sealed_and_asked_for(till: Till) -> None:
    words = ("sms", "set", "--url", "https://sms.example", "--username", "till")
    assert till(*words, stdin="\n").code == 2
    till.done(*words, stdin="hunter2-hunter2\n")
    assert not [f for f in till.data.rglob("*") if f.is_file() and b"hunter2" in f.read_bytes()]
    for url in ("ftp://sms.example", "https://user:secret@sms.example", "sms.example"):
        said = till("sms", "set", "--url", url, "--username", "x", stdin="p\n")
        assert said.code == 2
        assert said.error.startswith("url: ")
    till.done("sms", "off")


def test_printers_are_added_listed_used_and_forgotten(till: Till, tmp_path: Path) -> None:
    assert till.done("printer", "list").text == "No printers.\n"
    folder = tmp_path / "slips"
    till.done("printer", "add", "Counter", "--folder", str(folder), "--width", "58", "--kitchen")
    (printer,) = till.done("printer", "list", "--json").json
    assert (printer["kind"], printer["width_mm"], printer["kitchen"]) == ("file", 58, True)
    assert "Counter" in till.done("printer", "list").text
    till.place()
    assert "slips printed: 2" in till.done("sync", "--once").text
    assert len(list(folder.iterdir())) == 2
    till.done("printer", "remove", "Counter")
    assert till("printer", "remove", "Counter").code == 1
    assert till("printer", "add", "x").code == 2


def test_a_wrong_pairing_code_is_bad_input(till: Till) -> None:
    said = till("pair", stdin="OB1.example.com.wrong.code\n")
    assert said.code == 2
    assert said.error.startswith("code: ")


def test_a_check_that_finds_something_ends_with_one(till: Till) -> None:
    from pos_app.store import tables
    from pos_app.store.schema import open_store

    till.place()
    database = open_store(till.data / "store.sqlite", SystemClock().now())
    with database.write() as connection:
        connection.execute(tables.orders.update().values(total=1))
    database.close()
    said = till("check")
    assert said.code == 1
    assert "A1" in said.error
    report = till("check", "--json")
    assert report.code == 1
    assert json.loads(report.raw)["ok"] is False
