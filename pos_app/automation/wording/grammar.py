"""What a template may say, checked on the parsed template: everything not named here is refused.

The sandbox of jinja2 alone is not enough: it lets `'a' * 200000000` through, and folds it while
it compiles. So nothing is compiled that has not passed here, and before anything is parsed its
length, its tags and what stands in each of them are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NoReturn

from jinja2 import Environment, TemplateSyntaxError, nodes

from pos_app.automation.wording.fields import is_unsayable
from pos_app.errors import BadInput, Phrase
from pos_app.fields import shown

FIELD = "text"
LONGEST_TEMPLATE = 2_000
MOST_TAGS = 100
MOST_IN_A_TAG = 24
DEEPEST = 3
MOST_FILTERS = 4
LONGEST_CONSTANT = 100
LONGEST_CUT = 200

# As programs write it: it would reach the guest as it stands.
_LONE_BRACES = re.compile(r"\{\s*([a-z_]{2,24})\s*\}", re.ASCII)
_OPENING = {"variable_begin", "block_begin"}
_CLOSING = {"variable_end", "block_end"}
_CALCULATION = Phrase("a calculation")
_PART_OF_FIELD = Phrase("a part of a field")
_LOGIC = Phrase("“and” or “or”")
_LIST = Phrase("a list")
_FILE = Phrase("another text")
_MACRO = Phrase("a macro")
_SET = Phrase("“set”")
_TAG = Phrase("this tag")
_IN_WORDS: dict[type[nodes.Node], Phrase] = {
    nodes.Getattr: _PART_OF_FIELD,
    nodes.Getitem: _PART_OF_FIELD,
    nodes.Call: Phrase("a call"),
    nodes.For: Phrase("a loop"),
    nodes.Concat: _CALCULATION,
    nodes.BinExpr: _CALCULATION,
    nodes.UnaryExpr: _CALCULATION,
    nodes.And: _LOGIC,
    nodes.Or: _LOGIC,
    nodes.Compare: Phrase("a comparison"),
    nodes.Test: Phrase("“is”"),
    nodes.CondExpr: Phrase("“if” beside a field"),
    nodes.Tuple: _LIST,
    nodes.List: _LIST,
    nodes.Dict: _LIST,
    nodes.Const: Phrase("a value without a field"),
    nodes.Include: _FILE,
    nodes.Import: _FILE,
    nodes.FromImport: _FILE,
    nodes.Extends: _FILE,
    nodes.Block: _FILE,
    nodes.Macro: _MACRO,
    nodes.CallBlock: _MACRO,
    nodes.FilterBlock: _MACRO,
    nodes.Assign: _SET,
    nodes.AssignBlock: _SET,
}


def check(environment: Environment, text: str, names: Collection[str]) -> frozenset[str]:
    """The names of the fields that `text` uses. Raises BadInput naming the line."""
    _bounded(text)
    try:
        _lexed(environment, text, names)
        tree = environment.parse(text)
    except TemplateSyntaxError as error:
        raise BadInput(
            FIELD,
            "Line {line} cannot be read",
            hint="Look whether every brace is closed, and every “if” has its “endif”.",
            line=error.lineno,
        ) from None
    except RecursionError:
        raise BadInput(FIELD, "The text is nested too deeply") from None
    check = _Check(names)
    check.body(tree.body, 0)
    return frozenset(check.used)


def _bounded(text: str) -> None:
    if len(text) > LONGEST_TEMPLATE:
        raise BadInput(FIELD, "At most {most} characters", most=LONGEST_TEMPLATE)
    if not text.strip():
        raise BadInput(FIELD, "A text needs words")
    for number, line in enumerate(text.split("\n"), 1):
        if any(is_unsayable(sign) for sign in line):
            raise BadInput(FIELD, "Line {line} holds a character that cannot be sent", line=number)


def _no_lone_field(line: int, words: str, names: Collection[str]) -> None:
    for lone in _LONE_BRACES.finditer(words):
        if lone.group(1) in names:
            raise BadInput(
                FIELD,
                "Line {line}: a field stands in two braces on each side",
                hint="Write {wanted}.",
                line=line + words.count("\n", 0, lone.start()),
                wanted="{{ " + lone.group(1) + " }}",
            )


def _lexed(environment: Environment, text: str, names: Collection[str]) -> None:
    """Few tags, few words in each: so the parser cannot be led deep. No comments, nothing raw."""
    tags = in_tag = 0
    for line, kind, value in environment.lex(text):
        if kind.startswith(("comment", "raw")):
            _refuse(line, Phrase("a comment") if kind.startswith("comment") else _TAG)
        if kind == "data":
            _no_lone_field(line, value, names)
        if kind == "string" and "\\" in value:
            _refuse(line, Phrase("a backslash"))
        in_tag = 0 if kind in _OPENING else in_tag + (kind != "whitespace")
        tags += kind in _OPENING
        if kind not in _CLOSING and kind != "data" and in_tag > MOST_IN_A_TAG:
            raise BadInput(FIELD, "Line {line}: too much between one pair of braces", line=line)
        if tags > MOST_TAGS:
            raise BadInput(FIELD, "At most {most} fields and conditions", most=MOST_TAGS)


class _Check:
    """Walks a parsed template; `used` collects the fields that it names."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = names
        self.used: set[str] = set()

    def body(self, body: Iterable[nodes.Node], depth: int) -> None:
        for node in body:
            if isinstance(node, nodes.Output):
                for part in node.nodes:
                    if not isinstance(part, nodes.TemplateData):
                        self._value(part)
            elif isinstance(node, nodes.If):
                self._condition(node, depth + 1)
            else:
                _refuse(node.lineno, _words(node))

    def _condition(self, node: nodes.If, depth: int) -> None:
        if depth > DEEPEST:
            raise BadInput(
                FIELD,
                "Line {line}: at most {most} “if” inside one another",
                line=node.lineno,
                most=DEEPEST,
            )
        if node.elif_:
            _refuse(node.lineno, Phrase("“elif”"))
        asked = node.test.node if isinstance(node.test, nodes.Not) else node.test
        self._name(asked)
        self.body(node.body, depth)
        self.body(node.else_, depth)

    def _value(self, node: nodes.Expr) -> None:
        filters = 0
        while isinstance(node, nodes.Filter):
            filters += 1
            _check_filter(node)
            if filters > MOST_FILTERS or node.node is None:
                _refuse(node.lineno, Phrase("so many filters"))
            node = node.node
        self._name(node)

    def _name(self, node: nodes.Node) -> None:
        if not isinstance(node, nodes.Name):
            _refuse(node.lineno, _words(node))
        if node.name not in self._names:
            raise BadInput(
                FIELD,
                "Line {line}: there is no field “{name}”",
                hint="There are: {known}.",
                line=node.lineno,
                name=shown(node.name),
                known=", ".join(sorted(self._names)),
            )
        self.used.add(node.name)


def _check_filter(node: nodes.Filter) -> None:
    if node.kwargs or node.dyn_args is not None or node.dyn_kwargs is not None:
        _refuse(node.lineno, Phrase("a named value in a filter"))
    given = _constants(node.args)
    if node.name in {"upper", "lower"} and given == []:
        return
    if node.name == "default" and given is not None and len(given) == 1:
        _check_default(node.lineno, given[0])
    elif node.name == "truncate" and given is not None and len(given) == 1:
        _check_cut(node.lineno, given[0])
    else:
        raise BadInput(
            FIELD,
            "Line {line}: “{name}” cannot be used so",
            hint="Write upper, lower, default('…') or truncate(20).",
            line=node.lineno,
            name=shown(node.name),
        )


def _check_default(line: int, value: object) -> None:
    if not isinstance(value, str):
        raise BadInput(FIELD, "Line {line}: “default” needs words in quotes", line=line)
    if len(value) > LONGEST_CONSTANT:
        raise BadInput(
            FIELD,
            "Line {line}: at most {most} characters in quotes",
            line=line,
            most=LONGEST_CONSTANT,
        )


def _check_cut(line: int, value: object) -> None:
    if type(value) is not int or not 1 <= value <= LONGEST_CUT:
        raise BadInput(
            FIELD,
            "Line {line}: “truncate” needs a whole number from 1 to {most}",
            line=line,
            most=LONGEST_CUT,
        )


def _constants(arguments: Sequence[nodes.Expr]) -> list[object] | None:
    """The values of literal arguments; None when one of them is anything else."""
    found: list[object] = []
    for argument in arguments:
        if not isinstance(argument, nodes.Const):
            return None
        found.append(argument.value)
    return found


def _words(node: nodes.Node) -> Phrase:
    return next((_IN_WORDS[kind] for kind in type(node).__mro__ if kind in _IN_WORDS), _TAG)


def _refuse(line: int, what: Phrase) -> NoReturn:
    raise BadInput(
        FIELD,
        "Line {line}: {what} cannot be used in a text",
        hint="A text holds words, fields, “if” and the filters upper, lower, default, truncate.",
        line=line,
        what=what,
    )
