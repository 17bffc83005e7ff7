"""A text and an order's fields become what the guest reads."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from pos_app.automation.wording.fields import LONGEST_VALUE, TextFields, sayable
from pos_app.automation.wording.rendering import LONGEST, render
from tests.automation.said import BARE, FULL
from tests.support.sources import ROOT

NAUGHTY = [
    "{{ shop }}", "{% if name %}", "{{ 7 * 7 }}", "{# note #}", "${7*7}", "%(name)s", "%s%n%x",
    "{name}", "{0}", "{name.__class__}", "\\", "\\u0041", r"\1\g<0>", "$1",
    "'; DROP TABLE people;--", "<script>alert(1)</script>", "&amp; &lt;", "Robert'); --", "=1+1",
    "../../etc/passwd", "Ім’я Прізвище", "田中さん", "👨‍👩‍👧‍👦", "ǅ ﬁ ß İ ı", "مرحبا",
    "\u202egnp.exe", "Z̡̖̜͖̰a̠͕l̡͙g͔̲o̢̤", "a  ,  b", "( )",
    ",", "..", "null", "None", "undefined", "0", "NaN", "True", "-1", "\u200bx", "a\nb",
]  # fmt: skip


@pytest.mark.parametrize("value", NAUGHTY)
def test_a_value_stands_in_the_text_literally(value: str) -> None:
    fields = replace(FULL, name=value)
    assert render("Hi {{ name }}!", fields) == f"Hi {value}!"
    assert render("({{ name }}), {{ phone }}", fields) == f"({value}), 067 123 4567"
    assert render("{% if name %}{{ name }}{% endif %}.", fields) == f"{value}."


def test_a_control_character_in_a_value_is_shown_as_what_it_is_not() -> None:
    assert render("Hi {{ name }}!", replace(FULL, name="O\x00\x1b\ufdd1\ud800l")) == "Hi O����l!"


def test_filters_change_a_value() -> None:
    assert render("{{ name|upper }} {{ name|lower }}", FULL) == "OLENA olena"
    assert render("{{ name|default('guest') }}", FULL) == "Olena"
    assert render("{{ name|default('guest') }}", BARE) == "guest"
    assert render("{{ shop|truncate(7) }}", FULL) == "Trat..."
    assert render("{{ shop|truncate(9) }}", FULL) == "Trattoria"
    assert render("{{ shop|truncate(2) }}", FULL) == "Tr"


def test_a_condition_asks_whether_a_field_says_something() -> None:
    text = "{% if name %}Hi {{ name }}!{% else %}Hello!{% endif %}{% if not link %} Ask.{% endif %}"
    assert render(text, FULL) == "Hi Olena!"
    assert render(text, BARE) == "Hello! Ask."
    assert render(text, replace(FULL, name=" \t ")) == "Hello!"


def test_a_text_is_never_longer_than_a_channel_takes() -> None:
    said = render("{{ name }}" * 10, replace(FULL, name="б" * 10_000))
    assert len(said) == LONGEST
    assert len(render("{{ name }}", replace(FULL, name="б" * 10_000))) == LONGEST_VALUE


@pytest.mark.parametrize("name", ["Olena", "Іван Франко", "O’Hara", "J. R. Smith", "Анна-Марія"])
def test_a_name_is_said(name: str) -> None:
    assert sayable(f"  {name} ") == name


@pytest.mark.parametrize(
    "name",
    ["You won! www.evil.example", "http://evil.example", "evil.example/x", "call 0900123456",
     "mail me@evil.example", "Win 5000", "a" * 41, "$$$ free"],
)  # fmt: skip
def test_a_name_that_would_lead_a_stranger_somewhere_is_not_said(name: str) -> None:
    assert sayable(name) == ""


def test_an_order_without_fields_of_its_own_says_nothing_and_fails_nowhere() -> None:
    assert render("{{ name }} {{ link }}", BARE) == ""
    assert render("{{ shop }}: {{ name }}", TextFields("", "", "")) == ""


def test_the_till_starts_without_the_template_library() -> None:
    code = "import sys, pos_app.lanes.wording, pos_app.automation.wording.preview\n"
    code += "assert 'jinja2' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60)
