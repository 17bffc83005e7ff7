"""Whatever a way out asks for, and whatever a gateway says, a person reads in words."""

from __future__ import annotations

import re

import pytest

from pos_app.channels.setup_forms import forms
from pos_app.domain.way_forms import Trial, Tried, WayForm
from tests.support.sources import name_of, python_files
from ui.settings.way_field_words import EXAMPLES, field_words, is_known, option_word
from ui.settings.way_state_words import tried_words, why
from ui.settings.way_words import kind_line, kind_name, kind_steps

_CODE = re.compile(r'(?:RetryLater|GiveUp|Unknown|CallFailed|NotTold)\(\s*"([a-z_]+)"')
# No trial by hand and no lane's trouble ends with these.
_NEVER_SHOWN = {"bad_header", "expired", "no_attachment", "unexpected_status"}


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.kind)
def test_every_kind_and_every_field_of_it_is_put_into_words(form: WayForm) -> None:
    assert kind_name(form.kind) != form.kind
    assert kind_line(form.kind)
    assert kind_steps(form.kind)
    for field in form.fields:
        assert is_known(form.kind, field.name), f"{form.kind}.{field.name} has no words"
        assert field_words(form.kind, field.name).title
        for option in field.options:
            assert option_word(field.name, option).strip()


def test_a_field_without_words_would_be_found() -> None:
    assert not is_known("twilio", "colour")
    assert field_words("twilio", "colour").title == "colour"


def test_an_example_stands_for_a_field_that_is_asked_for() -> None:
    asked = {f"{form.kind}.{field.name}" for form in forms() for field in form.fields}
    assert set(EXAMPLES) <= asked


def test_every_code_of_an_adapter_is_told_in_words() -> None:
    files = [file for file in python_files("pos_app") if "pos_app/channels/" in name_of(file)]
    sources = [file.read_text("utf-8") for file in files]
    codes = {code for source in sources for code in _CODE.findall(source)} - _NEVER_SHOWN
    assert len(codes) > 20, "the adapters are looked at"
    untold = {code for code in codes if why(code) == code.replace("_", " ")}
    assert untold == set()


def test_what_nobody_knows_is_not_told_as_a_refusal() -> None:
    said, role = tried_words(Tried(Trial.UNKNOWN, "timeout"))
    assert said.startswith("Nobody knows whether it was taken")
    assert "Refused" not in said
    assert role == "error"
    assert tried_words(Tried(Trial.ACCEPTED))[1] == "good"
