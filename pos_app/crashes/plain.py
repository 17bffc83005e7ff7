"""What may be repeated of an exception's words: those of Python itself and of our own code.

A message holds whatever somebody put into it: a guest's name, a number, a token. To cut out what
looks like a person would miss the one who looks otherwise. So it is the other way round: a word
stays only if it is one of Python's own, or a name in the very code that failed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import CodeType

LONGEST = 300
_GAP = "…"
_PIECE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|\s+|.", re.DOTALL)
_GAPS = re.compile(r"…(?:[\s…]*…)?")
_SIGNS = frozenset("'\".,:;()[]{}<>=+-*/%!?|&")
# The words of the interpreter's and of SQLite's own sentences.
_SENTENCES = """
a abc abstract access already an and any are argument arguments as assigned assignment async at
attribute attributes await awaited base be because before bool bound buffer busy by byte bytes
call callable called can cannot cast change changed class closed code codec column columns
concatenate connection constraint context convert convertible could database decode deleted
deque descriptor dict dictionary directory disk divide division does during element empty
encode encoding error event exceeded exist expected failed failure field file float for format
found from full function generator get given global got had has hashable have i id if import in
index indices instance int integer into invalid io is it item items iterable iterate iteration
iterator key keys keyword known len length less library list local locked loop maximum mapping
method missing mode module more must mutable mutated name named names negative nested no None
NoneType not null object objects of on only open operand operation or order out outside
overflow parameter parameters permitted pop position positional range read readonly recursion
reference referenced required result returned row running schema self sequence set shape should
size slice started state still str string subscriptable such supported syntax table takes than
that the thread timed to too transaction true tuple type types unable unexpected unhashable
unpack unsupported use used valid value values variable was were when where while with without
write wrong zero
"""
_OWN = frozenset(_SENTENCES.split())


def plain(words: str, known: Iterable[str] = ()) -> str:
    """`words` with … for everything that is neither Python's own nor in `known`.

    Digits go too: they may be anybody's number.
    """
    stays = _OWN.union(known)
    pieces = (_kept(piece, stays) for piece in _PIECE.findall(words[: LONGEST * 4]))
    return _GAPS.sub(_GAP, "".join(pieces))[:LONGEST].strip()


def names_in(code: CodeType) -> frozenset[str]:
    """The names that stand in a piece of code: its own, its variables', its attributes'."""
    return frozenset((code.co_name, *code.co_names, *code.co_varnames, *code.co_freevars))


def _kept(piece: str, stays: frozenset[str]) -> str:
    if piece.isspace():
        return " "
    return piece if piece in stays or piece in _SIGNS else _GAP
