"""What the options of all commands have in common: `--data`, and which function does the work."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from pos_app.commands.unread import Commands as Commands  # noqa: PLC0414 - handed on to subjects
from pos_app.commands.unread import commands_inside
from pos_app.paths import default_data_folder

Run = Callable[[argparse.Namespace], int]


def command(commands: Commands, name: str, run: Run, help_text: str) -> argparse.ArgumentParser:
    """Add the sub-command `name`, done by `run`; returns its parser for further arguments."""
    parser = commands.add_parser(name, help=help_text, description=help_text, allow_abbrev=False)
    take_data(parser)
    parser.set_defaults(run=run)
    return parser


def group(commands: Commands, name: str, help_text: str) -> Commands:
    """Add the sub-command `name` that only holds further ones."""
    parser = commands.add_parser(name, help=help_text, description=help_text, allow_abbrev=False)
    take_data(parser)
    return commands_inside(commands, parser, dest=f"{name}_act", metavar="ACT", required=True)


def on_order(acts: Commands, name: str, run: Run, help_text: str) -> argparse.ArgumentParser:
    """Add the sub-command `name` that acts on the order with a number."""
    parser = command(acts, name, run, help_text)
    parser.add_argument("number", metavar="NUMBER[@DATE]")
    return parser


def take_data(parser: argparse.ArgumentParser) -> None:
    """Let `--data DIR` stand behind this (sub-)command as well."""
    # SUPPRESS: an option given before the sub-command must not be overwritten by a default.
    parser.add_argument(
        "--data", type=Path, metavar="DIR", default=argparse.SUPPRESS, help="the shop's folder"
    )


def data_folder(arguments: argparse.Namespace) -> Path:
    """The folder that was named, else this user's own shop."""
    given: Path | None = getattr(arguments, "data", None)
    return default_data_folder() if given is None else given
