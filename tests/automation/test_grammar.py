"""What a manager may write in a text, and what is refused before anything of it has run."""

from __future__ import annotations

import tracemalloc

import pytest
from jinja2.sandbox import SandboxedEnvironment

from pos_app.automation.wording.grammar import LONGEST_CUT, LONGEST_TEMPLATE
from pos_app.automation.wording.rendering import checked, render, used
from pos_app.errors import BadInput
from pos_app.language import Texts
from tests.automation.said import FULL

REFUSED = {
    "a calculation": ["{{ 'a' * 200000000 }}", "{{ 9 ** 9 ** 9 }}", "{{ -minutes }}",
                      "{{ name ~ phone }}", "{{ minutes + 5 }}"],
    "a part of a field": ["{{ ''.__class__ }}", "{{ name.upper }}", "{{ name[0] }}",
                          "{{ name['__class__'] }}", "{{ ''.__class__.__mro__[1] }}"],
    "a call": ["{{ range(1000000000) }}", "{{ name() }}", "{{ lipsum(9999) }}",
               "{{ cycler('a') }}", "{{ self() }}", "{{ name.format(1) }}"],
    "a loop": ["{% for a in name %}{{ name }}{% endfor %}",
               "{% for a in range(99999999) %}x{% endfor %}"],
    "a macro": ["{% macro m() %}x{% endmacro %}", "{% filter upper %}x{% endfilter %}",
                "{% call name() %}{% endcall %}"],
    "“set”": ["{% set name = 'x' %}", "{% set name %}x{% endset %}"],
    "another text": ["{% include 'passwd' %}", "{% extends 'x' %}", "{% import 'x' as y %}",
                     "{% from 'x' import y %}", "{% block b %}{% endblock %}"],
    "“is”": ["{% if name is defined %}x{% endif %}"],
    "a comparison": ["{% if name == 'x' %}x{% endif %}", "{% if name in phone %}x{% endif %}"],
    "“and” or “or”": ["{% if name and phone %}x{% endif %}", "{{ name or phone }}"],
    "“if” beside a field": ["{{ name if phone else link }}"],
    "“elif”": ["{% if name %}a{% elif phone %}b{% endif %}"],
    "a list": ["{{ name, phone }}", "{{ [name] }}", "{{ {'a': name} }}"],
    "a value without a field": ["{{ 'text' }}", "{{ 42 }}", "{{ none }}", "{{ 'a'|upper }}"],
    "a comment": ["{# {{ name }} #}", "{# wait #}"],
    "a backslash": [r"{{ name|default('\x41') }}", r"{{ name|default('\ufdd0') }}"],
    "this tag": ["{% raw %}{{ x }}{% endraw %}", "{% with %}x{% endwith %}"],
    "a named value in a filter": ["{{ name|default(value='x') }}", "{{ name|truncate(*name) }}",
                                  "{{ name|default(**name) }}"],
    "so many filters": ["{{ name" + "|upper" * 5 + " }}"],
}  # fmt: skip


def _refused(text: str) -> BadInput:
    with pytest.raises(BadInput) as caught:
        checked(text)
    assert caught.value.field == "text"
    return caught.value


@pytest.mark.parametrize(
    ("words", "text"), [(words, text) for words, texts in REFUSED.items() for text in texts]
)
def test_what_is_no_text_is_refused_in_plain_words(words: str, text: str) -> None:
    error = _refused(f"Hi!\n{text}")
    assert error.title == f"Line 2: {words} cannot be used in a text"
    assert error.hint


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", "A text needs words"),
        (" \n ", "A text needs words"),
        ("a" * 2_001, "At most 2000 characters"),
        ("{{ name }}" * 10_240, "At most 2000 characters"),
        ("{{name}}" * 101, "At most 100 fields and conditions"),
        ("{{ nmae }}", "Line 1: there is no field “nmae”"),
        ("{{ cycler }}", "Line 1: there is no field “cycler”"),
        ("{{ self }}", "Line 1: there is no field “self”"),
        ("{% if config %}x{% endif %}", "Line 1: there is no field “config”"),
        ("{{ name|safe }}", "Line 1: “safe” cannot be used so"),
        ("{{ name|attr('x') }}", "Line 1: “attr” cannot be used so"),
        ("{{ name|upper(1) }}", "Line 1: “upper” cannot be used so"),
        ("{{ name|default }}", "Line 1: “default” cannot be used so"),
        ("{{ name|default(phone) }}", "Line 1: “default” cannot be used so"),
        ("{{ name|truncate(-1) }}", "Line 1: “truncate” cannot be used so"),
        ("{{ name|default(5) }}", "Line 1: “default” needs words in quotes"),
        ("{{ name|truncate(0) }}", "Line 1: “truncate” needs a whole number from 1 to 200"),
        ("{{ name|truncate(201) }}", "Line 1: “truncate” needs a whole number from 1 to 200"),
        ("{{ name|truncate(true) }}", "Line 1: “truncate” needs a whole number from 1 to 200"),
        (
            "{{ name|default('" + "a" * 101 + "') }}",
            "Line 1: at most 100 characters in quotes",
        ),
        ("Hi\n{{ name", "Line 2 cannot be read"),
        ("{% if name %}Hi", "Line 1 cannot be read"),
        ("{% endif %}", "Line 1 cannot be read"),
        ("{% delete %}", "Line 1 cannot be read"),
        ("{{ }}", "Line 1 cannot be read"),
        ("{# never closed", "Line 1: a comment cannot be used in a text"),
        ("{{ " + "(" * 900, "Line 1: too much between one pair of braces"),
        ("{{ " + "not " * 400 + "name }}", "Line 1: too much between one pair of braces"),
        ("{% if name %}" * 60 + "x", "Line 1 cannot be read"),
        ("{% if name %}" * 4 + "x" + "{% endif %}" * 4,
         "Line 1: at most 3 “if” inside one another"),
        ("Hi\x00", "Line 1 holds a character that cannot be sent"),
        ("Hi\n\x1b[31m", "Line 2 holds a character that cannot be sent"),
        ("Hi \ud800", "Line 1 holds a character that cannot be sent"),
        ("Hi \ufdd0", "Line 1 holds a character that cannot be sent"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line(text: str, title: str) -> None:
    assert _refused(text).title == title


@pytest.mark.parametrize(
    "text",
    [
        "Plain words: 100 %, {braces}, } and {, “quotes” and №.",
        "{{ shop }} {{name}} {{ number|upper|lower }}",
        "{{ name|default('guest')|truncate(20) }}",
        "{{ ((name)) }}",
        "{% if name %}Hi {{ name }}{% else %}Hello{% endif %}",
        "{%- if link -%}See {{ link }}{%- endif -%}",
        "{% if a %}{% if b %}{% if c %}x{% endif %}{% endif %}{% endif %}"
        .replace("a %", "name %").replace("b %", "phone %").replace("c %", "link %"),
    ],
)  # fmt: skip
def test_words_fields_conditions_and_the_listed_filters_are_allowed(text: str) -> None:
    assert checked(text) == text
    assert render(text, FULL)


def test_an_occasion_may_offer_fewer_fields() -> None:
    with pytest.raises(BadInput, match="There are: name, shop"):
        checked("{{ courier }}", ("shop", "name"))


def test_the_fields_of_a_text_are_known() -> None:
    assert used("{{ shop }}{% if not name %}{{ link|upper }}{% endif %}") == {
        "shop", "name", "link",
    }  # fmt: skip


def test_line_breaks_and_tabs_of_any_system_are_one_kind() -> None:
    assert checked("  Hi\r\nyou\there\u2028now \n") == "Hi\nyou here\nnow"


def test_what_is_refused_is_told_in_ukrainian() -> None:
    told = _refused("{{ 'a' * 9 }}").told(Texts("uk").gettext)
    assert told.title == "Рядок 1: у тексті не можна вживати таке: обчислення"


def test_the_sandbox_alone_would_have_run_it() -> None:
    assert len(SandboxedEnvironment().from_string("{{ 'a' * 20000 }}").render()) == 20_000


def test_nothing_that_is_refused_has_cost_memory() -> None:
    checked("{{ name }}")
    tracemalloc.start()
    try:
        for texts in REFUSED.values():
            for text in texts:
                _refused(text)
        _refused("{{ name }}" * 10_240)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4_000_000


def test_the_greatest_text_that_is_allowed_stays_small() -> None:
    text = ("{{shop|upper}}" * 100)[:LONGEST_TEMPLATE]
    fields = type(FULL)("ß" * 100_000, "1", "2")
    tracemalloc.start()
    try:
        said = render(text, fields)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert said == "S" * 2_000
    assert peak < 8_000_000
    assert len(render("{{ shop|truncate(200) }}", fields)) == LONGEST_CUT


@pytest.mark.parametrize(
    ("text", "line"), [("{shop}: it is ready", 1), ("Hi,\n{{ number }} for { name }", 2)]
)
def test_a_field_in_single_braces_is_named_before_a_guest_reads_it(text: str, line: int) -> None:
    refused = _refused(text)
    said = refused.told(str)
    assert said.title == f"Line {line}: a field stands in two braces on each side"
    assert said.hint in ("Write {{ shop }}.", "Write {{ name }}.")


def test_braces_that_hold_no_field_are_signs_like_others() -> None:
    assert checked("A smile :} {1} {} {cake} {{ shop }}")
