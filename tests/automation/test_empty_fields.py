"""A field that is empty takes with it what only made sense with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_app.automation.wording.rendering import render
from tests.automation.said import BARE, FULL


@pytest.mark.parametrize(
    ("text", "without", "full"),
    [
        (
            "Hi {{ name }}, your order {{ number }} is ready.",
            "Your order A43 is ready.",
            "Hi Olena, your order A43 is ready.",
        ),
        ("Hi {{ name }}! Come in.", "Come in.", "Hi Olena! Come in."),
        ("hi {{ name }}, come in", "come in", "hi Olena, come in"),
        (
            "Order {{ number }} is ready, call {{ phone }}.",
            "Order A43 is ready.",
            "Order A43 is ready, call 067 123 4567.",
        ),
        (
            "Order {{ number }} is ready {{ link }}",
            "Order A43 is ready",
            "Order A43 is ready https://t.example.ua/o/abc",
        ),
        (
            "Hello {{ name }} from {{ shop }}!",
            "Hello from Trattoria!",
            "Hello Olena from Trattoria!",
        ),
        (
            "Order {{ number }} comes with {{ courier }}.",
            "Order A43 comes.",
            "Order A43 comes with Ivan.",
        ),
        (
            "Замовлення {{ number }} привезе {{ name|default('кур’єр') }}.",
            "Замовлення A43 привезе кур’єр.",
            "Замовлення A43 привезе Olena.",
        ),
        (
            "Order {{ number }} ({{ name }}, {{ phone }}) is ready.",
            "Order A43 is ready.",
            "Order A43 (Olena, 067 123 4567) is ready.",
        ),
        (
            "Order {{ number }} (call us: {{ phone }}).",
            "Order A43.",
            "Order A43 (call us: 067 123 4567).",
        ),
        (
            "Order {{ number }} for “{{ name }}” is ready.",
            "Order A43 is ready.",
            "Order A43 for “Olena” is ready.",
        ),
        ("It is ready. Track it here: {{ link }}", "It is ready.",
         "It is ready. Track it here: https://t.example.ua/o/abc"),
        ("{{ shop }}: {{ name }}, it is ready", "Trattoria: it is ready",
         "Trattoria: Olena, it is ready"),
        ("{{ courier }}: order {{ number }}", "Order A43", "Ivan: order A43"),
        ("It is {{ number }} – call {{ phone }} – thank you", "It is A43 – thank you",
         "It is A43 – call 067 123 4567 – thank you"),
        ("Hi {{ name }}!\nOrder {{ number }}\n{{ link }}\nBye", "Order A43\nBye",
         "Hi Olena!\nOrder A43\nhttps://t.example.ua/o/abc\nBye"),
        ("Come soon {{ name }}", "Come soon", "Come soon Olena"),
        ("{{ name }} 🍕", "", "Olena 🍕"),
        ("{{ link }}", "", "https://t.example.ua/o/abc"),
        ("Hi {% if name %}{{ name }}{% endif %}, order", "Hi, order", "Hi Olena, order"),
        ("{% if name %}Hi {{ name }}{% endif %}, order", "order", "Hi Olena, order"),
        ("Wait 1,5 h :) {{ number }}", "Wait 1,5 h :) A43", "Wait 1,5 h :) A43"),
    ],
)  # fmt: skip
def test_what_is_left_reads_as_if_it_had_been_written_so(
    text: str, without: str, full: str
) -> None:
    assert render(text, BARE) == without
    assert render(text, FULL) == full


def test_another_field_in_the_same_brackets_keeps_them() -> None:
    text = "Order {{ number }} ({{ name }}, {{ phone }})."
    assert render(text, replace(FULL, name="")) == "Order A43 (067 123 4567)."
    assert render(text, replace(FULL, phone="")) == "Order A43 (Olena)."


def test_a_text_of_one_sentence_loses_only_the_field() -> None:
    assert render("Your food is on its way with {{ courier }}", BARE) == "Your food is on its way"
