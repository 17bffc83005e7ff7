"""Commands that nobody asked for: their names and what they are for, without their options.

There are over a hundred, and reading all of them took longer than most of them take. A command
whose name is not among the words cannot be meant.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial
from typing import Any, TypeAlias, cast

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


class _Asked(argparse._SubParsersAction):  # type: ignore[type-arg]
    """Reads the commands whose names are among `words`; help still lists all of them."""

    def __init__(self, *, words: frozenset[str], **more: Any) -> None:
        super().__init__(**more)
        self._words = words

    def add_parser(self, name: str, **more: Any) -> argparse.ArgumentParser:
        if name in self._words:
            return cast(argparse.ArgumentParser, super().add_parser(name, **more))
        if more.get("help"):
            self._choices_actions.append(self._ChoicesPseudoAction(name, (), more["help"]))
        unread = cast(argparse.ArgumentParser, _Unread())
        self._name_parser_map[name] = unread
        return unread

    def inside(self, parser: argparse.ArgumentParser, **more: Any) -> Commands:
        """Further commands of `parser`, read in the same way."""
        return parser.add_subparsers(action=cast(Any, partial(_Asked, words=self._words)), **more)


class _Unread:
    """Takes every option and command inside of it, and keeps none."""

    def __getattr__(self, name: str) -> _Unread:
        return self

    def __call__(self, *_given: object, **_named: object) -> _Unread:
        return self


def is_read(parser: argparse.ArgumentParser) -> bool:
    """Whether somebody asked for this command."""
    return not isinstance(parser, _Unread)


def commands_of(root: argparse.ArgumentParser, words: Sequence[str]) -> Commands:
    """The place for all commands of `root`; those that `words` name are read."""
    action = cast(Any, partial(_Asked, words=frozenset(words)))
    return root.add_subparsers(metavar="COMMAND", action=action)


def commands_inside(commands: Commands, parser: argparse.ArgumentParser, **more: Any) -> Commands:
    """The place for commands inside of `parser`, which is one of `commands`."""
    if isinstance(commands, _Asked):
        return commands.inside(parser, **more)
    return parser.add_subparsers(**more)
