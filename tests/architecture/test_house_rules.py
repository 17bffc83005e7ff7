"""House rules that no linter knows. Each one is also shown to find a breach."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache

import pytest

from tests.architecture import rules
from tests.support.sources import ROOT, name_of, python_files, tracked

OURS = ("pos_app", "ui", "packaging", "tests")
BINARY = {
    ".gz", ".icns", ".ico", ".ogg", ".otf", ".pdf", ".png", ".ttf", ".wav", ".webp", ".woff2"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """A rule, where it holds, a breach of it, and the files that break it with a reason."""

    rule: rules.Rule
    folders: tuple[str, ...]
    breach: str
    below: str = ""
    excepted: tuple[str, ...] = ()


CASES = [
    Case(rules.runs_a_shell, OURS, "run('ls', shell=True)"),
    Case(rules.runs_a_shell, OURS, "import os\nos.system('ls')"),
    Case(rules.says_nothing_about_itself, OURS, "import os"),
    Case(rules.is_too_long, OURS, "x = 1\n" * (rules.MOST_LINES + 1)),
    Case(
        rules.sleeps,
        ("tests",),
        "import time\ntime.sleep(1)",
        # Between two looks at a condition with a deadline.
        excepted=("tests/bench/page.py", "tests/support/leaks.py", "tests/support/waiting.py"),
    ),
    Case(rules.blocks_the_board, ("ui",), "dialog.exec()", below="ui/board/"),
    Case(rules.blocks_the_board, ("ui",), "QApplication.processEvents()", below="ui/board/"),
    Case(rules.is_unfinished, OURS, "x = 1  # TO" + "DO later"),
    Case(
        rules.hides_texts_from_babel,
        ("pos_app", "ui"),
        "_(f'{count} texts')",
        # Where the question is handed on to gettext.
        excepted=("pos_app/errors.py", "pos_app/language.py", "ui/words.py"),
    ),
]


def _name(case: Case) -> str:
    return case.rule.__name__


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_no_source_breaks_the_rule(case: Case) -> None:
    breaches = _found()[CASES.index(case)]
    assert not breaches, "\n" + "\n".join(breaches)


@cache
def _found() -> list[list[str]]:
    """The breaches of each case; a file is read once for all of them."""
    found: list[list[str]] = [[] for _ in CASES]
    for path in python_files(*OURS):
        name, text = name_of(path), path.read_text("utf-8")
        tree = ast.parse(text)
        for case, breaches in zip(CASES, found, strict=True):
            is_in = name.partition("/")[0] in case.folders and name.startswith(case.below)
            if is_in and name not in case.excepted:
                breaches += [f"{name}: {breach}" for breach in case.rule(tree, text)]
    return found


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_the_rule_finds_a_breach(case: Case) -> None:
    assert _breaches(case.rule, case.breach)


def test_no_file_names_a_machine_s_path_or_a_registry() -> None:
    breaches = [
        f"{name_of(path)}: {found}"
        for path in tracked()
        if path.suffix not in BINARY
        for found in rules.addresses(path.read_text("utf-8"))
    ]
    assert not breaches, "\n" + "\n".join(breaches)


@pytest.mark.parametrize(
    "text", ["open('/wo" + "rk/main/x')", "https://registry.np" + "mjs.org/x", "/ho" + "me/ann/x"]
)
def test_an_address_would_be_found(text: str) -> None:
    assert list(rules.addresses(text))


def test_a_page_s_own_address_is_none_of_them() -> None:
    assert not list(rules.addresses("see resources/work/plan, https://t.example.ua/home/x/"))


def test_nothing_that_is_made_is_tracked() -> None:
    made = {".mo", ".pyc", ".sqlite", ".db"}
    assert [name_of(path) for path in tracked() if path.suffix in made] == []


def test_the_lock_of_the_node_tools_names_no_server() -> None:
    lock = (ROOT / "tests/support/node/package-lock.json").read_text("utf-8")
    assert '"resolved"' not in lock
    assert '"integrity"' in lock


def test_the_pins_agree_and_name_no_index() -> None:
    pins: dict[str, dict[str, str]] = {}
    for file in sorted((ROOT / "packaging/requirements").glob("*.txt")):
        text = file.read_text("utf-8")
        assert "://" not in text, file.name
        for name, version in re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE):
            pins.setdefault(name, {})[file.name] = version
    assert {name: found for name, found in pins.items() if len(set(found.values())) > 1} == {}
    assert {name for name, found in pins.items() if "dev.txt" not in found} == set()


def _breaches(rule: rules.Rule, text: str) -> list[str]:
    return list(rule(ast.parse(text), text))
