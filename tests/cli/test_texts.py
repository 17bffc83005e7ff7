"""The shop's own texts by the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.till import Till

PIN = "4711"


def test_the_guests_texts_are_listed_as_they_have_always_been(till: Till) -> None:
    till.place(
        source="phone", customer={"phone": "+380671234567", "order_texts": True, "language": "uk"}
    )
    [row] = till.done("texts", "--json", "--limit", "5").json
    assert row["about"] == "accepted"


def test_own_words_are_set_shown_and_taken_back(till: Till, tmp_path: Path) -> None:
    file = tmp_path / "ready.txt"
    file.write_text("{{ number }} is ready, {{ name }}!\n", "utf-8")
    assert "own words from now on" in till.done("texts", "set", "ready", str(file)).text
    shown = till.done("texts", "show", "ready", "--json").json
    assert shown == {
        "text": "{{ number }} is ready, {{ name }}!",
        "subject": "{{ shop }} · {{ number }}",
        "own": True,
    }
    rows = {row["about"]: row for row in till.done("texts", "list", "--json").json}
    assert (rows["ready"]["own"], rows["late"]["own"]) == (True, False)
    assert rows["ready"]["by"].startswith("os:")
    till.done("texts", "reset", "ready")
    assert till.done("texts", "show", "ready").text.startswith("{{ shop }}: order")
    assert "already" in till.done("texts", "reset", "ready").text


def test_a_letter_has_a_subject_of_its_own(till: Till) -> None:
    mail = ("ready", "--channel", "mail", "--language", "uk")
    till.done("texts", "set", *mail, "-", "--subject", "{{ number }} готове", stdin="Чекаємо!")
    looked = till.done("texts", "preview", *mail, "--json").json
    assert (looked["subject"], looked["text"]) == ("A43 готове", "Чекаємо!")


@pytest.mark.parametrize(
    ("words", "stdin", "says"),
    [
        (("set", "ready", "-"), "One\n\n{{ meal }}", "text: Line 3: there is no field “meal”"),
        (("set", "ready", "-"), "{% for x in y %}{% endfor %}", "text: Line 1"),
        (("set", "weather", "-"), "Sunny", "about: “weather” is not known here"),
        (("set", "ready", "-", "--channel", "pigeon"), "Coo", "channel: “pigeon”"),
        (("set", "ready", "-", "--language", "xx"), "Qapla", "language: “xx”"),
        (("set", "ready", "-", "--subject", "No"), "Yes", "subject: "),
        (("set", "ready", "no-such-file"), "", "file: no-such-file cannot be read"),
    ],
)
def test_what_cannot_be_said_is_refused_with_its_place(
    till: Till, words: tuple[str, ...], stdin: str, says: str
) -> None:
    refused = till("texts", *words, stdin=stdin)
    assert refused.code == 2
    assert says in refused.error


def test_a_preview_tells_what_a_guest_reads_and_what_it_costs(till: Till) -> None:
    number = till.place(customer={"name": "Iryna", "phone": "+380671234567"})["number"]
    text = "Вітаємо, {{ name }}! {{ number }} готове."
    words = ("texts", "preview", "ready", "-", "--language", "uk", "--order", number)
    told = till(*words, stdin=text)
    assert told.code == 0
    assert told.text == f"Вітаємо, Iryna! {number} готове.\n"
    assert "1 × ucs2" in told.error
    assert f"Without name: Вітаємо! {number} готове." in told.error
    looked = till.done(*words, "--json", stdin=text).json
    assert (looked["number"], looked["parts"], looked["cost_hundredths"]) == (number, 1, 0)
    assert looked["without"] == {"name": f"Вітаємо! {number} готове."}


def test_sms_in_latin_letters_are_switched_on(till: Till) -> None:
    till.done("texts", "latin", "yes")
    looked = till.done(
        "texts", "preview", "ready", "--language", "uk", "--channel", "sms", "--json"
    )
    assert looked.json["encoding"] == "gsm7"


def test_once_a_manager_has_a_pin_texts_need_it(till: Till) -> None:
    till.done("staff", "add", "Marta", "--role", "manager")
    till.done("staff", "pin", "marta", stdin=f"{PIN}\n")
    assert till("texts", "reset", "ready").code == 1
    till.done("texts", "reset", "ready", "--as", "Marta", stdin=f"{PIN}\n")
