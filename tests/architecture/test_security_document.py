"""SECURITY.md says what the code does: its keys, labels and tests exist."""

from __future__ import annotations

import ast
import re

from pos_app import keys
from tests.support.sources import ROOT, python_files

DOCUMENT = (ROOT / "SECURITY.md").read_text("utf-8")
LABEL = re.compile(r"orderbell/v1/[a-z-]+|orderbell-request-v1")


def _section(title: str) -> str:
    return DOCUMENT.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_the_key_table_is_what_the_code_has() -> None:
    named = set(re.findall(r"^\| `(\w+)`", _section("Keys"), re.MULTILINE))
    # K_link and K_d are derived: the till's keyring never holds them.
    assert named - {"K_link", "K_d"} == {keys.SIGNING, keys.ROOT, keys.STORE, keys.BOX}


def test_the_labels_are_what_the_code_has() -> None:
    sources = "".join(path.read_text("utf-8") for path in python_files("pos_app"))
    in_code = set(LABEL.findall(sources))
    # The short word that both sides of a pairing show is no key.
    assert set(LABEL.findall(_section("Keys"))) == in_code - {"orderbell/v1/check"}


def test_every_requirement_names_tests_that_exist() -> None:
    rows = re.findall(
        r"^\| ([\d., ]+) \|[^|]*\|([^|]*)\|$", _section("ASVS 5.0, level 2"), re.MULTILINE
    )
    assert len(rows) > 10
    for numbers, cell in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", cell)
        assert named, f"{numbers} names no test"
        for file, name in named:
            assert name in _tests_of(file), f"{numbers}: {file}::{name} is gone"


def _tests_of(file: str) -> set[str]:
    path = ROOT / file
    if not path.exists():
        return set()
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
