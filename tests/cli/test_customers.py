"""A guest asks at the counter what is held about him, and to be forgotten: by command line."""

from __future__ import annotations

from tests.cli.till import Till
from tests.support.marked import PHONE, hits

GUEST = {"name": "Zinovija-Name", "phone": PHONE}


def test_a_guest_is_shown_and_erased(till: Till) -> None:
    order = till.place(customer=GUEST, note="Zordernote")
    till.done("order", "cancel", order["number"], "--reason", "Zcancelled")
    told = till.done("customer", "export", "067 123 45 99", "--format", "json").json
    assert (told["names"], told["orders"][0]["note"]) == (["Zinovija-Name"], "Zordernote")
    said = till.done("customer", "erase", PHONE, "--yes")
    assert "no trace is left in it" in said.text
    assert hits(till.data) == {}
    assert till("customer", "export", PHONE).error == "No guest of this shop has that number.\n"


def test_nothing_is_erased_by_half_a_word(till: Till) -> None:
    order = till.place(customer=GUEST)
    assert till("customer", "erase", PHONE).error.startswith("Nothing was erased.")
    assert till("customer", "erase", "--yes").code == 2
    refused = till("customer", "erase", PHONE, "--yes")
    assert (refused.code, order["number"] in refused.error) == (1, True)
    assert till.done("customer", "export", PHONE).json["names"] == ["Zinovija-Name"]


def test_a_manager_has_to_agree_once_one_has_a_pin(till: Till) -> None:
    till.place(customer=GUEST)
    till.done("staff", "add", "Marta", "--role", "manager")
    till.done("staff", "pin", "marta", stdin="4711\n")
    for words in (("export", PHONE), ("erase", PHONE, "--yes"), ("keep-days", "30")):
        assert till("customer", *words).error.startswith("A manager has to agree.")
    till.done("customer", "export", PHONE, "--as", "Marta", stdin="4711\n")


def test_the_days_are_kept(till: Till) -> None:
    assert "30 days" in till.done("customer", "keep-days", "30").text
    assert "only when they ask" in till.done("customer", "keep-days", "0").text
    assert till("customer", "keep-days", "-1").code == 2
