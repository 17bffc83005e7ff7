"""Every text of the screens, slips, pages and messages is translated in every language."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.support import catalogues

HEAD = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


def test_there_is_a_catalogue_of_ukrainian() -> None:
    assert [file.parents[1].name for file in catalogues.catalogues()] == ["uk"]


@pytest.mark.parametrize("file", catalogues.catalogues(), ids=lambda file: file.parents[1].name)
def test_a_catalogue_is_complete(file: Path) -> None:
    gaps = list(catalogues.gaps(catalogues.read(file), catalogues.spoken()))
    assert not gaps, "\n" + "\n".join(gaps)


@pytest.mark.parametrize(
    ("entries", "gap"),
    [
        ("", "missing: 'Ready'"),
        ('msgid "Ready"\nmsgstr ""\n', "not translated: 'Ready'"),
        ('#, fuzzy\nmsgid "Ready"\nmsgstr "Готово"\n', "fuzzy: 'Ready'"),
        ('msgid "Ready"\nmsgstr "Готово {count}"\n', "other placeholders"),
        ('msgid "Ready"\nmsgstr "Готово"\n\nmsgid "Gone"\nmsgstr "Нема"\n', "no longer said"),
    ],
)
def test_a_gap_is_named(entries: str, gap: str) -> None:
    catalogue = read_po(io.BytesIO((HEAD + entries).encode()))
    assert [found for found in catalogues.gaps(catalogue, frozenset({"Ready"})) if gap in found]


def test_plural_forms_keep_their_number() -> None:
    texts: frozenset[str | tuple[str, str]] = frozenset({("one text", "{count} texts")})
    entry = 'msgid "one text"\nmsgid_plural "{count} texts"\nmsgstr[0] "{count} текст"\n'
    whole = read_po(io.BytesIO(f'{HEAD}{entry}msgstr[1] "{{count}} текстів"\n'.encode()))
    assert list(catalogues.gaps(whole, texts)) == []
    lost = read_po(io.BytesIO(f'{HEAD}{entry}msgstr[1] "тексти"\n'.encode()))
    assert len(list(catalogues.gaps(lost, texts))) == 1
