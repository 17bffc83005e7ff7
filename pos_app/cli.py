"""`orderbell …`: every act of the application without a window; without a command, the window.

Exit codes: 0 done, 1 refused (or something needed is not available), 2 bad input, 70 a bug (its
traceback is in the log), 130 interrupted, 141 the reader of our output went away. Errors go to
standard error; standard output holds JSON only where a command promises it. The command line is
in English whatever the shop's language is: scripts read it.
"""

from __future__ import annotations

import argparse
import io
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from pos_app.build_facts import build_facts
from pos_app.commands.arguments import data_folder
from pos_app.domain.staff import SCREENS
from pos_app.errors import BadInput, OrderbellError, Unavailable
from pos_app.paths import logs_folder, make_private_folder
from pos_app.streams import stand_in

DONE, REFUSED, BAD_INPUT, BUG, INTERRUPTED, READER_GONE = 0, 1, 2, 70, 130, 141
LOG_NAME = "orderbell.log"
PROFILES = ("pass", "kitchen", "bar", "guest")


def main(argv: Sequence[str] | None = None) -> int:
    """Do what `argv` (the process's own by default) says. Returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    stand_in()
    _speak_utf8()
    try:
        arguments = read(words)
    except SystemExit as leaving:  # argparse has said why
        return leaving.code if isinstance(leaving.code, int) else BAD_INPUT
    try:
        code = _do(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        return _reader_gone()
    return code


def read(words: Sequence[str]) -> argparse.Namespace:
    """What `words` ask for. Raises SystemExit when argparse has answered or refused them itself.

    A window is asked for without a command, so it starts without reading all of those.
    """
    root = _WindowOnly(add_help=False, allow_abbrev=False)
    _add_window(root)
    try:
        arguments, left = root.parse_known_args(words)
    except _NotUnderstood:
        left = list(words)
    return parser(words).parse_args(words) if left else arguments


class _NotUnderstood(Exception):
    """The whole command line tells the person why."""


class _WindowOnly(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _NotUnderstood(message)


def parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """The whole command line; options are read of the commands that `words` name."""
    from pos_app.commands import subjects
    from pos_app.commands.unread import commands_of

    root = argparse.ArgumentParser(
        prog="orderbell",
        description="Orders, kitchen board and live order tracking. Without a command: the window.",
        allow_abbrev=False,
    )
    root.add_argument("--version", action="version", version=f"orderbell {build_facts().text()}")
    _add_window(root)
    subjects.add_all(commands_of(root, words))
    return root


def _add_window(root: argparse.ArgumentParser) -> None:
    root.add_argument("--data", type=Path, metavar="DIR", help="the shop's folder")
    root.add_argument("--screen", choices=SCREENS, help="the window's first screen")
    root.add_argument(
        "--profile", choices=PROFILES, help="the board alone, as one place in the shop needs it"
    )
    root.add_argument(
        "--station", metavar="NAME", help="kitchen and bar: only this station (any language)"
    )
    root.add_argument("--name", metavar="NAME", help="the screen's own name in the settings")
    root.add_argument("--fullscreen", action="store_true", help="the window without a frame")
    root.set_defaults(run=_window)


def _window(arguments: argparse.Namespace) -> int:
    alone = bool(arguments.profile or arguments.name)
    if arguments.station is not None and not alone:
        raise BadInput("profile", "A station needs a profile", hint="--profile kitchen or bar.")
    if alone and arguments.screen not in (None, "board"):
        raise BadInput("screen", "Profiles and names are for --screen board")
    from pos_app import launch

    launch.read_in()
    try:
        from ui.app import run
        from ui.wanted import Wanted

        wanted = Wanted(arguments.profile or "", arguments.station or "", arguments.name or "")
        return run(
            arguments.data,
            screen=arguments.screen,
            fullscreen=arguments.fullscreen,
            wanted=wanted if alone else None,
        )
    finally:
        # A window that never stood has not let the collector go on.
        launch.settle()


def _do(arguments: argparse.Namespace) -> int:
    try:
        return int(arguments.run(arguments))
    except BadInput as error:
        return _refuse(error, BAD_INPUT)
    except OrderbellError as error:
        return _refuse(error, REFUSED)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        reason = f"{where}{error.strerror or error}."
        return _refuse(
            Unavailable("A file or folder cannot be used", "{reason}", reason=reason), REFUSED
        )
    except UnicodeEncodeError:
        return _refuse(BadInput("", "A word on the command line is not UTF-8"), BAD_INPUT)
    except Exception as bug:  # noqa: BLE001 - the last resort, so that nobody meets a traceback
        return _admit(bug, arguments)


def _refuse(error: OrderbellError, code: int) -> int:
    field = f"{error.field}: " if isinstance(error, BadInput) and error.field else ""
    parts = [error.title.rstrip(".") + ".", error.message, error.hint]
    sys.stderr.write(field + " ".join(part for part in parts if part) + "\n")
    return code


def _admit(bug: Exception, arguments: argparse.Namespace) -> int:
    where = _log(bug, arguments)
    sys.stderr.write(f"Something went wrong in Orderbell ({type(bug).__name__}). {where}\n")
    return BUG


def _log(bug: Exception, arguments: argparse.Namespace) -> str:
    """Write down where it happened; says where that is, for the person to send it on."""
    from pos_app.crashes import stacks, watching

    log = logs_folder(data_folder(arguments)) / LOG_NAME
    try:
        if not log.parent.parent.is_dir():
            return "There is no shop here to write down where."
        make_private_folder(log.parent)
        handler = logging.FileHandler(log, encoding="utf-8")
    except OSError as error:
        return f"The log could not be written: {error.strerror}."
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    # Where and what kind: the words of an exception may hold what no log may.
    told = stacks.text_of(stacks.chain_of(bug))
    handler.handle(
        logging.LogRecord(
            "orderbell", logging.ERROR, __file__, 0, "command failed\n%s", (told,), None
        )
    )
    handler.close()
    watching.keep_one(data_folder(arguments), bug, "command")
    return f"Details are in {log}; `orderbell report save FILE` has them to send on."


def _speak_utf8() -> None:
    """Names and prices have letters that a terminal set to “C” or cp1252 would choke on."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _reader_gone() -> int:
    # Python flushes standard output once more at its end: give it somewhere to go.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    return READER_GONE
