"""Rules as a file: what was written is read, and what a stranger made up is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.automation.checking import problems
from pos_app.automation.known import Known
from pos_app.automation.model import CallWebhook, On, Send
from pos_app.automation.pack import ready_rules
from pos_app.automation.pack_files import LARGEST, Outward, read, written
from pos_app.errors import BadInput
from tests.automation.drafts import draft

RULE = """format = 1
[[rules]]
id = "01900000-0000-7000-8000-000000000abc"
name = "Mine"
trigger = { on = "order_placed" }
steps = [ { do = "tell_staff", id = "", words = "look" } ]
"""
TARGET = "01900000-0000-7000-8000-00000000aaaa"


@pytest.mark.parametrize("language", ["en", "uk"])
def test_what_was_written_is_read(language: str) -> None:
    rules = ready_rules(language)
    assert read(written(rules).encode()).rules == rules


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=80))
def test_any_name_comes_back_or_is_refused_with_its_place(name: str) -> None:
    rule = draft(On.PLACED, name=name)
    if problems(rule, Known()):
        return
    assert read(written([rule]).encode()).rules == (rule,)


def test_everything_outside_is_named_once_and_no_secret_is() -> None:
    rule = draft(
        On.PLACED,
        Send("", "ready", ("whatsapp", "sms")),
        Send("", "late"),
        CallWebhook("", TARGET),
    )
    pack = read(written([rule]).encode())
    assert pack.outward == (
        Outward("channel", "whatsapp"),
        Outward("channel", "sms"),
        Outward("webhook", TARGET),
    )


HOSTILE = {
    "huge": b"# " + b"x" * LARGEST,
    "bytes": b"\xff\xfe\x00",
    "no toml": b"rules = [",
    "no rules": b"format = 1\nrules = []",
    "another format": RULE.replace("format = 1", "format = 2").encode(),
    "deep lists": b"format = 1\nrules = " + b"[" * 5_000 + b"]" * 5_000,
    "deep tables": b"format = 1\nrules = " + b"{a = " * 200 + b"1" + b"}" * 200,
    "deep groups": RULE.replace(
        "steps", "when = " + "{ groups = [" * 8 + "{}" + "] }" * 8 + "\nsteps"
    ).encode(),
    "unknown step": RULE.replace("tell_staff", "run_program").encode(),
    "unknown trigger": RULE.replace("order_placed", "moon_full").encode(),
    "unknown key": RULE.replace('name = "Mine"', 'name = "Mine"\npassword = "x"').encode(),
    "unknown key in a step": RULE.replace('id = ""', 'id = "", secret = "x"').encode(),
    "unknown key on top": b'secret = "x"\n' + RULE.encode(),
    "switched on": RULE.replace('name = "Mine"', 'name = "Mine"\non = true').encode(),
    "two of one id": (RULE + RULE.removeprefix("format = 1\n")).encode(),
    "a number for a name": RULE.replace('"Mine"', "7").encode(),
    "a huge number": RULE.replace('"Mine"', "9" * 5_000).encode(),
    "too many": (
        "format = 1\n"
        + "".join(
            RULE.removeprefix("format = 1\n").replace("000abc", f"{no:06x}") for no in range(201)
        )
    ).encode(),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_strangers_file_is_refused_by_name(name: str) -> None:
    with pytest.raises(BadInput) as refusal:
        read(HOSTILE[name])
    assert refusal.value.field


UNWELL = {
    "path for a target": RULE.replace(
        'do = "tell_staff", id = "", words = "look"',
        'do = "webhook", id = "", target = "../../secrets"',
    ),
    "path for an id": RULE.replace("01900000-0000-7000-8000-000000000abc", "../rules"),
    "control characters": RULE.replace("Mine", "Mi\\u001bne"),
    "letters turned": RULE.replace("Mine", "Mi\\u202Ene"),
    "a template": RULE.replace("look", "{{ ''.__class__ }}"),
    "a loop": RULE.replace("look", "{% for a in b %}"),
    "an endless name": RULE.replace("Mine", "x" * 10_000),
    "a pack that is a path": RULE.replace('name = "Mine"', 'name = "Mine"\npack = "../x"'),
}


@pytest.mark.parametrize("name", UNWELL)
def test_what_reads_but_cannot_be_is_told(name: str) -> None:
    rule = read(UNWELL[name].encode()).rules[0]
    assert problems(rule, Known()) != ()
