"""What becomes of the words around an empty field: no “Hi ,”, no “call ”, no empty brackets.

The rule, as a manager is told it:

- The part of the sentence in which the field stands is left out, up to its comma, colon, dash,
  bracket or full stop, unless another field in it has something to say: then only the empty field
  goes, with a small word such as “by” before it.
- Words before a colon that name no field (“Track it here:”) belong to what follows.
- Where that would leave nothing of the whole text, only the field goes.
- What is said first begins with a capital if what was left out did.

Filled fields are one mark each here, so that no value is ever taken for words.
"""

from __future__ import annotations

import re
from collections.abc import Callable

EMPTY, VALUE = "\ufdd0", "\ufdd1"
_QUOTED = re.compile(f"[«“„‘\"']\\s*{EMPTY}\\s*[»”“’\"']")
_BRACKETS = re.compile(r"\(([^()\n]*)\)|\[([^\[\]\n]*)\]")
_SENTENCES = re.compile(r"(?<=[.!?…])(\s+)")
_BODY = re.compile(r"(.*?)([.!?…]*)", re.DOTALL)
_SEPARATORS = re.compile(r"(,(?!\d)|;|:(?=\s|$)| [–—-](?=\s))")
_SMALL = (
    "about|and|at|by|for|from|in|of|on|or|to|via|with|"
    "або|біля|від|для|до|з|за|зі|із|і|й|на|о|об|по|про|та|у|в|через"
)
_LONE = re.compile(f"(?:\\b(?:{_SMALL})\\s+)?{EMPTY}", re.IGNORECASE)


def settled(marked: str) -> str:
    """`marked` without its EMPTY marks and with all its VALUE marks, tidy."""
    if EMPTY not in marked:
        return _tidy(marked)
    said = (_tidy(_without(marked)), _tidy(_sentences(marked, _only_the_field)))
    return next((text for text in said if _says(text)), "")


def _says(text: str) -> bool:
    return any(sign == VALUE or sign.isalnum() for sign in text)


def _without(text: str) -> str:
    text = _QUOTED.sub(EMPTY, text)
    lines = []
    for line in text.split("\n"):
        kept = _sentences(_unbracketed(line), _sentence) if EMPTY in line else line
        if kept.strip() or EMPTY not in line:
            lines.append(kept)
    return "\n".join(lines)


def _unbracketed(text: str) -> str:
    """Innermost brackets without one that says nothing; what else stands in them is settled."""
    before = ""
    while before != text:
        before = text
        text = _BRACKETS.sub(_bracket, text)
    return text


def _bracket(found: re.Match[str]) -> str:
    whole = found.group()
    if EMPTY not in whole:
        return whole
    inner = _tidy(_sentences(whole[1:-1], _sentence))
    return f"{whole[0]}{inner}{whole[-1]}" if _says(inner) else ""


def _sentences(text: str, settle: Callable[[str], str]) -> str:
    """`text` with `settle` done to each sentence that has an empty field."""
    pieces = _SENTENCES.split(text)
    kept = []
    for sentence, space in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        said = settle(sentence) if EMPTY in sentence else sentence
        if said or EMPTY not in sentence:
            kept.append(said + space)
    return "".join(kept)


def _sentence(text: str) -> str:
    """A sentence without the clauses that an empty field takes with it; empty if it takes all."""
    found = _BODY.fullmatch(text)
    body, end = found.groups() if found else (text, "")
    kept = [
        (_LONE.sub("", clause), separator)
        for clause, separator in _clauses(body)
        if EMPTY not in clause or VALUE in clause
    ]
    if not kept:
        return ""
    words = "".join(clause + separator for clause, separator in kept[:-1]) + kept[-1][0]
    return _capital(text.lstrip(), words.strip()) + end


def _only_the_field(text: str) -> str:
    said = _LONE.sub("", text)
    return said if _says(said) else ""


def _clauses(body: str) -> list[tuple[str, str]]:
    """Each clause with the separator behind it."""
    pieces = _SEPARATORS.split(body)
    clauses: list[tuple[str, str]] = []
    head = ""
    for clause, separator in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        said = head + clause
        head = ""
        if separator == ":" and EMPTY not in said and VALUE not in said:
            head = said + separator
        else:
            clauses.append((said, separator))
    return clauses


def _capital(before: str, words: str) -> str:
    began_great = before[:1].isupper() or before.startswith(EMPTY)
    return words[:1].upper() + words[1:] if began_great else words


_TIDY = (
    (re.compile(r"\( *\)|\[ *\]|« *»|“ *”|„ *“"), ""),
    (re.compile(r" {2,}"), " "),
    (re.compile(r" *\n *"), "\n"),
    (re.compile(r"\n{3,}"), "\n\n"),
    (re.compile(r" +([,.!?:;…]+)(?=\s|$)"), r"\1"),
    (re.compile(r"([(\[«“„]) +| +(?=[)\]»”])"), r"\1"),
    (re.compile(r",(?:\s*,)+"), ","),
    (re.compile(r"(?:[,;:]| [–—-])+ *(?=[.!?…]|$)"), ""),
    (re.compile(r"^[,;:](?: +|$)", re.MULTILINE), ""),
)


def _tidy(text: str) -> str:
    """Spaces and commas that something left behind. Runs until there is nothing to do."""
    before = ""
    while before != text:
        before = text
        for pattern, instead in _TIDY:
            text = pattern.sub(instead, text)
        text = text.strip()
    return text
