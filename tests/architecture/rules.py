"""The house rules that no linter knows: each takes a parsed file and names its breaches."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from typing import TypeGuard

MOST_LINES = 350
# Written with brackets, so that this file does not find itself.
MACHINE_PATH = re.compile(
    r"(?<![\w.$}/-])/(?:[w]ork|[r]oot|[h]ome/\w+|[U]sers/\w+|[m]nt|tmp/[b]rief)/"
)
REGISTRY_HOST = re.compile(
    r"py[p]i\.(?:org|python)|python[h]osted|npm[j]s\.(?:org|com)|registry\.[n]pm|yarn[p]kg|"
    r"(?:deb|security|archive)\.(?:[d]ebian|[u]buntu)\.(?:org|com)|arti[f]actory|[c]onda\.anaconda",
    re.IGNORECASE,
)
UNFINISHED = re.compile(r"\b(?:TO[D]O|FIX[M]E|XX[X])\b|@pytest\.mark\.(?:[s]kip|[x]fail)")
MODAL = {"QMessageBox", "QInputDialog", "QEventLoop", "setModal", "setWindowModality"}

Rule = Callable[[ast.Module, str], Iterator[str]]


def runs_a_shell(tree: ast.Module, _: str) -> Iterator[str]:
    """Programs are called with lists of words."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "shell" and not _is(node.value, False):
            yield f"line {node.value.lineno}: shell="
        if _is_attribute(node, "os", "system") or _is_attribute(node, "os", "popen"):
            yield f"line {node.lineno}: {ast.unparse(node)}"


def says_nothing_about_itself(tree: ast.Module, _: str) -> Iterator[str]:
    """Every module says why it exists."""
    if not ast.get_docstring(tree):
        yield "no module docstring"


def is_too_long(tree: ast.Module, text: str) -> Iterator[str]:
    """One file, one subject; a longer one says in its docstring why it is long on purpose."""
    lines = text.count("\n")
    if lines > MOST_LINES and "Long on purpose:" not in (ast.get_docstring(tree) or ""):
        yield f"{lines} lines"


def sleeps(tree: ast.Module, _: str) -> Iterator[str]:
    """Tests wait for conditions with deadlines."""
    for node in ast.walk(tree):
        if _is_attribute(node, "time", "sleep"):
            yield f"line {node.lineno}: time.sleep"
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from (f"line {node.lineno}: sleep" for name in node.names if name.name == "sleep")


def blocks_the_board(tree: ast.Module, _: str) -> Iterator[str]:
    """Nothing modal on a board, and no nested event loop."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in MODAL | {
            "exec",
            "exec_",
            "processEvents",
        }:
            yield f"line {node.lineno}: .{node.attr}"
        if isinstance(node, ast.Name) and node.id in MODAL:
            yield f"line {node.lineno}: {node.id}"


def is_unfinished(_: ast.Module, text: str) -> Iterator[str]:
    """Nothing is left for later, no test is left out."""
    yield from (found.group() for found in UNFINISHED.finditer(text))


def hides_texts_from_babel(tree: ast.Module, _: str) -> Iterator[str]:
    """Texts for people are literal where they are asked for: Babel finds nothing else."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if name in {"_", "gettext", "ngettext"} and not isinstance(node.args[0], ast.Constant):
            yield f"line {node.lineno}: {ast.unparse(node)[:60]}"


def addresses(text: str) -> Iterator[str]:
    """Paths of a developer's machine and host names of package registries."""
    for pattern in (MACHINE_PATH, REGISTRY_HOST):
        yield from (found.group() for found in pattern.finditer(text))


def _is_attribute(node: ast.AST, of: str, name: str) -> TypeGuard[ast.Attribute]:
    """Whether this is `of.name`."""
    if not isinstance(node, ast.Attribute) or node.attr != name:
        return False
    return isinstance(node.value, ast.Name) and node.value.id == of


def _is(node: ast.expr, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value
