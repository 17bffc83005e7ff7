"""The command line reads what it was asked for, and still knows everything by name."""

from __future__ import annotations

import argparse

import pytest

from pos_app.cli import parser
from tests.cli.till import call


def _made(words: list[str], patch: pytest.MonkeyPatch) -> list[str]:
    """The commands whose parsers are made to understand `words`."""
    made: list[str] = []
    plain = argparse.ArgumentParser.__init__

    def noted(self: argparse.ArgumentParser, *given: object, **named: object) -> None:
        made.append(str(named.get("prog")))
        plain(self, *given, **named)  # type: ignore[arg-type]

    patch.setattr(argparse.ArgumentParser, "__init__", noted)
    parser(words)
    return made


def test_only_the_commands_that_are_named_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["order", "show", "A1"]
    assert _made(words, monkeypatch) == ["orderbell", "orderbell order", "orderbell order show"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["--help"], ["init", "order", "site", "rules", "texts", "yesterday"]),
        (["order", "--help"], ["place", "bump", "undo", "recall", "hold"]),
        (["texts", "--help"], ["list", "show", "set", "reset", "preview"]),
    ],
)
def test_help_names_what_was_not_read(words: list[str], names: list[str]) -> None:
    said = call(*words)
    assert said.code == 0
    for name in names:
        assert f"\n    {name} " in said.text or f"\n    {name}\n" in said.text, said.text


@pytest.mark.parametrize("words", [["ordr"], ["order", "shw"]])
def test_what_is_no_command_is_refused_with_those_that_are(words: list[str]) -> None:
    said = call(*words)
    assert said.code == 2
    assert f"invalid choice: '{words[-1]}' (choose from '" in said.error
