"""What cannot be read names its field, ends with 2, and never shows a traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.till import Till, call

PIZZA: dict[str, Any] = {"dish": "Margherita"}


def placing(till: Till, **order: Any) -> tuple[int, str]:
    whole = {"fulfilment": "pickup", "lines": [PIZZA], **order}
    said = till("order", "place", "-", stdin=json.dumps(whole))
    assert said.raw == b""
    assert "Traceback" not in said.error
    return said.code, said.error


@pytest.mark.parametrize(
    ("order", "field"),
    [
        ({"lines": [{**PIZZA, "quantity": 0}]}, "lines[0].quantity"),
        ({"lines": [{**PIZZA, "quantity": "2"}]}, "lines[0].quantity"),
        ({"lines": [{**PIZZA, "quantity": 1.0}]}, "lines[0].quantity"),
        ({"lines": [{**PIZZA, "quantity": True}]}, "lines[0].quantity"),
        ({"lines": [PIZZA, {**PIZZA, "quantity": 1000}]}, "lines[1].quantity"),
        ({"lines": [{**PIZZA, "qty": 2}]}, "lines[0].qty"),
        ({"lines": [{"dish": "Sushi"}]}, "lines[0].dish"),
        ({"lines": [{"dish": 7}]}, "lines[0].dish"),
        ({"lines": [{}]}, "lines[0].dish"),
        ({"lines": ["Margherita"]}, "lines[0]"),
        ({"lines": []}, "lines"),
        ({"lines": {}}, "lines"),
        ({"lines": None}, "lines"),
        ({"lines": [{**PIZZA, "modifiers": ["bacon"]}]}, "lines[0].modifiers[0]"),
        ({"lines": [{**PIZZA, "modifiers": ["medium", "large"]}]}, "lines[0].modifiers[1]"),
        ({"lines": [{**PIZZA, "modifiers": "large"}]}, "lines[0].modifiers"),
        ({"lines": [{**PIZZA, "note": "x" * 501}]}, "lines[0].note"),
        ({"lines": [{**PIZZA, "note": "bell\a"}]}, "lines[0].note"),
        ({"fulfilment": "drone"}, "fulfilment"),
        ({"fulfilment": None}, "fulfilment"),
        ({"fulfilment": "delivery"}, "address.street"),
        ({"source": "pigeon"}, "source"),
        ({"customer": {"phone": "12"}}, "customer.phone"),
        ({"customer": {"phone": "8 067 123 45 67 89"}}, "customer.phone"),
        ({"customer": {"phone": 380671234567}}, "customer.phone"),
        ({"customer": {"name": "x", "order_texts": "yes"}}, "customer.order_texts"),
        ({"customer": {"language": "українська"}}, "customer.language"),
        ({"customer": []}, "customer"),
        ({"promised_at": "19:30"}, "promised_at"),
        ({"promised_at": "2026-11-23T19:30:00"}, "promised_at"),
        ({"promised_at": "2001-01-01T00:00:00Z"}, "promised_at"),
        ({"promised_at": "9999-12-31T23:59:59-23:59"}, "promised_at"),
        ({"promised_at": 1795392000}, "promised_at"),
        ({"payment": {"type": "gold"}}, "payment.type"),
        ({"payment": {"state": "paid"}}, "payment.type"),
        ({"payment": {"type": "card", "state": "perhaps"}}, "payment.state"),
        ({"payment": {"type": "card", "number": "4111"}}, "payment.number"),
        ({"tags": "VIP"}, "tags"),
        ({"tags": [1]}, "tags[0]"),
        ({"table": "7"}, "table"),
        ({"address": {"street": 1}}, "address.street"),
        ({"ref": "r" * 129}, "ref"),
        ({"discount": 100}, "discount"),
    ],
)
def test_the_field_is_named(till: Till, order: dict[str, Any], field: str) -> None:
    code, error = placing(till, **order)
    assert code == 2
    assert error.startswith(f"{field}: "), error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "not JSON"),
        (b"[]", "order: "),
        (b'{"fulfilment": "pickup", "fulfilment": "delivery"}', "fulfilment: "),
        (b'{"note": NaN}', "NaN"),
        (b"\xff\xfe", "UTF-8"),
        (b"[" * 100_000, "nested"),
        (b'{"note": ' + b"9" * 5_000 + b"}", "too long"),
        (b'{"fulfilment": "pickup", "lines": [{"dish": "\\ud800"}]}', "lines[0].dish: "),
        (b'{"fulfilment": "pickup", "note": "\\ud800", "lines": [{"dish": "Cola"}]}', "note: "),
        (b" " * 1_000_001, "1 MB"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_is_no_order_is_told_in_one_line(till: Till, raw: bytes, said: str) -> None:
    answer = till("order", "place", "-", stdin=raw)
    assert answer.code == 2
    assert said in answer.error
    assert answer.error.count("\n") == 1


def test_card_numbers_are_masked_before_they_are_stored(till: Till) -> None:
    spoken = "pay with 4111 1111 1111 1111 please"
    placed = till.place(
        note=spoken, allergy="4111-1111-1111-1111", lines=[{**PIZZA, "note": "4111111111111111"}]
    )
    assert placed["note"] == "pay with **** **** **** 1111 please"
    assert placed["lines"][0]["note"] == "************1111"
    stored = b"".join(file.read_bytes() for file in till.data.iterdir() if file.is_file())
    assert b"4111 1111" not in stored
    assert b"4111-1111" not in stored


def test_line_breaks_in_notes_become_spaces(till: Till) -> None:
    assert till.place(note="ring\r\ntwice\tplease")["note"] == "ring twice please"


def test_a_missing_file_is_bad_input(till: Till, tmp_path: Path) -> None:
    said = till("order", "place", str(tmp_path / "none.json"))
    assert said.code == 2
    assert said.error.startswith("file: ")


@pytest.mark.parametrize(
    "words",
    [
        ("frobnicate",),
        ("order",),
        ("order", "bump"),
        ("orders", "--al"),
        ("receipt", "A1"),
        ("receipt", "A1", "--pdf", "-", "--png", "-"),
        ("replay",),
    ],
)
def test_a_wrong_command_line_ends_with_two(words: tuple[str, ...]) -> None:
    said = call(*words)
    assert said.code == 2
    assert "usage:" in said.error


def test_a_folder_without_a_shop_says_how_to_make_one(tmp_path: Path) -> None:
    said = call("orders", "--data", str(tmp_path))
    assert said.code == 1
    assert "orderbell init" in said.error


def test_a_folder_that_is_a_file_is_told_plainly(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    said = call("init", "--data", str(file))
    assert said.code == 1
    assert str(file) in said.error
    assert "Traceback" not in said.error


def test_words_that_are_no_text_are_bad_input(till: Till) -> None:
    # What the operating system hands over for the byte FF.
    for words in (("order", "show", "\udcff"), ("printer", "add", "\udcff", "--folder", "x")):
        said = till(*words)
        assert said.code == 2
        assert said.error.count("\n") == 1


def test_a_damaged_store_is_told_plainly(till: Till) -> None:
    (till.data / "store.sqlite").write_bytes(b"this is no database, not at all")
    said = till("orders")
    assert said.code == 1
    assert "damaged" in said.error
    assert "Traceback" not in said.error


def test_a_bug_is_admitted_in_one_line_and_logged(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("pos_app.desk.desk.Desk.board", fail)
    said = till("orders")
    assert said.code == 70
    assert said.error.count("\n") == 1
    log = till.data / "logs" / "orderbell.log"
    assert str(log) in said.error
    assert "ZeroDivisionError" in log.read_text("utf-8")
    assert "Traceback" not in said.error
