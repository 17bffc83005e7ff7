"""Texts and their translations: what the sources say, what a catalogue lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tests.support.sources import ROOT

LOCALE = ROOT / "resources" / "locale"
# The site's errors answer programs and its operator, in English; a code is pasted at a till.
_PYTHON = [
    ("tracking/**.py", "python"),
    ("wire/pairing.py", "tests.support.error_texts:extract"),
    ("wire/**.py", "python"),
    ("**.py", "tests.support.error_texts:extract"),
]
_TEMPLATES = [("**.html", "jinja2.ext.babel_extract"), ("**.txt", "jinja2.ext.babel_extract")]
# A text that stands in a sentence of its own in English, and beside the order's number elsewhere.
_MORE_OFFERED = {"ORDER · not a VAT receipt": {"number"}}
_PLACEHOLDER = re.compile(r"\{(\w*)[^{}]*\}|%\((\w+)\)s")


@cache
def spoken() -> frozenset[str | tuple[str, str]]:
    """Every text of the sources: a string, or (singular, plural)."""
    found: set[str | tuple[str, str]] = set()
    folders = [("pos_app", _PYTHON), ("ui", _PYTHON), ("resources/web", _TEMPLATES)]
    for folder, methods in folders:
        for _, _, text, _, _ in extract_from_dir(ROOT / folder, method_map=methods):
            found.add((text[0], text[1]) if isinstance(text, tuple) else text)
    return frozenset(found)


def catalogues() -> list[Path]:
    """The catalogue of each language but the sources' own."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/orderbell.po"))


def read(file: Path) -> Catalog:
    """One catalogue, with its language taken from its folder."""
    with file.open("rb") as source:
        return read_po(source, locale=file.parents[1].name)


def gaps(catalogue: Catalog, texts: frozenset[str | tuple[str, str]]) -> Iterator[str]:
    """What is missing, fuzzy, empty, no longer said, or has other placeholders."""
    for text in sorted(texts, key=str):
        message = catalogue.get(text if isinstance(text, str) else text[0])
        if message is None:
            yield f"missing: {text!r}"
        elif message.fuzzy:
            yield f"fuzzy: {text!r}"
        else:
            yield from _faults(text, message, catalogue.num_plurals)
    known = {text if isinstance(text, str) else text[0] for text in texts}
    for message in catalogue:
        singular = message.id if isinstance(message.id, str) else message.id[0]
        if singular and singular not in known:
            yield f"no longer said: {singular!r}"


def _faults(text: str | tuple[str, str], message: Message, plurals: int) -> Iterator[str]:
    said = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    if (len(said) != plurals) if isinstance(text, tuple) else (len(said) != 1):
        yield f"{len(said)} forms: {text!r}"
    wanted = _placeholders(text if isinstance(text, str) else text[1])
    for form in said:
        if not form:
            yield f"not translated: {text!r}"
        elif _placeholders(form) not in (wanted, wanted | _MORE_OFFERED.get(str(text), set())):
            yield f"other placeholders: {text!r} → {form!r}"


def _placeholders(text: str) -> set[str]:
    return {name or named for name, named in _PLACEHOLDER.findall(text)}
