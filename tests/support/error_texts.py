"""The texts of errors in the sources: what Babel is to find, and whether their values fit.

Babel's own extractor knows calls of gettext; an error is given templates that are translated only
when somebody reads it, so they are found by the class that is called.
"""

from __future__ import annotations

import ast
import string
from collections.abc import Collection, Iterator
from functools import cache
from typing import IO, Any

from babel.messages.extract import extract_python

from tests.support.sources import python_files

ROOT_CLASS = "OrderbellError"
PHRASE = "Phrase"
_PARTS = ("title", "message", "hint")
_TAKES_FIELD = "BadInput"


def extract(
    fileobj: IO[bytes],
    keywords: Collection[str],
    comment_tags: Collection[str],
    options: dict[str, Any],
) -> Iterator[tuple[Any, ...]]:
    """An extraction method for Babel, (line, function, text, comments): what it finds itself, and
    what errors say.
    """
    source = fileobj.read()
    # Babel takes a file apart word by word; most files ask for no text at all.
    if any(f"{word}(".encode() in source for word in keywords):
        fileobj.seek(0)
        yield from extract_python(fileobj, dict.fromkeys(keywords), comment_tags, {})
    for line, text in texts(ast.parse(source)):
        yield line, None, text, []


def texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """(line, text) of every template with words in it, and of every phrase among the values."""
    for call in _calls(tree, {*kinds(), PHRASE}):
        parts = call.args[:1] if _name(call.func) == PHRASE else _parts(call)
        for part in parts:
            for text in _literals(part) or ():
                if _has_words(text):
                    yield part.lineno, text


def faults(tree: ast.Module) -> Iterator[str]:
    """Errors whose words are not literal, or whose values are not those of their templates."""
    for call in _calls(tree, set(kinds())):
        wanted: set[str] = set()
        for part in _parts(call):
            found = _literals(part)
            if found is None:
                yield f"line {part.lineno}: {ast.unparse(part)[:60]}"
            wanted.update(name for text in found or () for name in _fields(text))
        given = {word.arg for word in call.keywords} - {*_PARTS, "field"}
        if wanted != given:
            yield f"line {call.lineno}: fields {sorted(wanted)}, values {sorted(map(str, given))}"


@cache
def kinds() -> dict[str, bool]:
    """The names of all classes of errors, and whether a class is given a field first."""
    bases = {
        node.name: [_name(base) for base in node.bases]
        for path in python_files("pos_app", "ui")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    }

    def above(name: str) -> set[str]:
        return {name}.union(*(above(base) for base in bases.get(name, ())))

    return {name: _TAKES_FIELD in above(name) for name in bases if ROOT_CLASS in above(name)}


def _calls(tree: ast.Module, names: set[str]) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in names:
            yield node


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _parts(call: ast.Call) -> list[ast.expr]:
    first = 1 if kinds()[_name(call.func)] else 0
    return call.args[first:] + [word.value for word in call.keywords if word.arg in _PARTS]


def _literals(node: ast.expr) -> list[str] | None:
    """The text, or the texts that a condition chooses from; None when it is made otherwise."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        one, other = _literals(node.body), _literals(node.orelse)
        return None if one is None or other is None else one + other
    return None


def _fields(text: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]


def _has_words(text: str) -> bool:
    said = "".join(literal for literal, _, _, _ in string.Formatter().parse(text))
    return any(sign.isalpha() for sign in said)
