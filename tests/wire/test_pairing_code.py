"""A code that a person copies: read in any case, refused when one character is wrong."""

from __future__ import annotations

import pytest

from pos_app.wire import pairing

CODE = pairing.new_code("Orders.example.ua:8443")


def test_a_code_says_where_to_pair() -> None:
    assert pairing.parse_code(CODE.text()) == CODE
    assert CODE.text().startswith("OB1.orders.example.ua:8443.")
    assert CODE.origin == "https://orders.example.ua:8443"


@pytest.mark.parametrize("host", ["127.0.0.1:8123", "localhost", "[::1]:8123"])
def test_only_a_site_on_this_machine_is_paired_without_https(host: str) -> None:
    assert pairing.parse_code(pairing.new_code(host).text()).origin == f"http://{host}"


def test_case_and_spaces_do_not_matter() -> None:
    text = CODE.text()
    assert pairing.parse_code(f"  {text[:20]} {text[20:]}\n") == CODE
    assert pairing.parse_code(text.lower()) == CODE
    assert pairing.parse_code(text.upper()) == CODE


def test_one_wrong_character_is_noticed() -> None:
    text = CODE.text()
    start = text.index(".", 4 + len("orders.example.ua")) + 1
    for place in range(start, len(text)):
        if text[place] != ".":
            other = "7" if text[place] != "7" else "8"
            with pytest.raises(pairing.BadCode):
                pairing.parse_code(text[:place] + other + text[place + 1 :])


@pytest.mark.parametrize(
    "text",
    ["", "OB1", "OB1...", "OB2" + CODE.text()[3:], "OB1.a b.c.d", "…"],
    ids=["nothing", "prefix", "dots", "other version", "spaces", "no ascii"],
)
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(pairing.BadCode):
        pairing.parse_code(text)


def test_the_check_word_depends_on_code_and_key() -> None:
    word = pairing.check_word("A" * 26, b"k" * 32)
    assert len(word) == 9
    assert word != pairing.check_word("A" * 26, b"l" * 32)
    assert word != pairing.check_word("B" * 26, b"k" * 32)


def test_keys_travel_as_text() -> None:
    key = bytes(range(32))
    assert pairing.key_bytes(pairing.key_text(key)) == key
    assert len(pairing.key_text(key)) == 43
