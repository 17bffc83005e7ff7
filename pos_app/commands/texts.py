"""`orderbell texts`: what guests were told, and the words in which the shop says it.

Without an act: the guests' texts, newest first; in practice with what would be sent.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from pos_app.commands.arguments import Commands, command
from pos_app.commands.authority import manager_agrees, take_manager
from pos_app.commands.opening import opened
from pos_app.commands.output import answer, read_input, say, table, warn
from pos_app.commands.unread import commands_inside
from pos_app.errors import BadInput

if TYPE_CHECKING:
    from pos_app.automation.wording.choice import OwnText
    from pos_app.bootstrap import Shop
    from pos_app.desk.texts_desk import Looked

_LARGEST = 64_000
_NO_FILE = "the text’s file, or - for standard input"


def add(commands: Commands) -> None:
    parser = command(commands, "texts", texts, "list guests' texts, newest first; write the words")
    parser.add_argument("--json", action="store_true", help="a JSON list")
    parser.add_argument("--limit", type=int, default=100, metavar="N", help="at most (100)")
    acts = commands_inside(commands, parser, dest="texts_act", metavar="ACT")
    listing = command(acts, "list", list_words, "list what the shop can say and whose words it has")
    listing.add_argument("--json", action="store_true", help="a JSON list")
    showing = command(acts, "show", show, "print the words of one text")
    _take_place(showing)
    showing.add_argument("--json", action="store_true", help="a JSON object")
    setting = command(acts, "set", write, "say it in own words from now on")
    _take_place(setting)
    setting.add_argument("file", metavar="FILE", help=_NO_FILE)
    setting.add_argument("--subject", default="", metavar="WORDS", help="of a letter or a note")
    take_manager(setting)
    resetting = command(acts, "reset", reset, "say it in the standard words again")
    _take_place(resetting)
    take_manager(resetting)
    looking = command(acts, "preview", look, "print what a guest would read and what it costs")
    _take_place(looking)
    looking.add_argument("file", nargs="?", metavar="FILE", help=_NO_FILE + " (default: as set)")
    looking.add_argument("--subject", default="", metavar="WORDS", help="of a letter or a note")
    looking.add_argument("--order", metavar="NUMBER[@DATE]", help="about this order")
    looking.add_argument("--json", action="store_true", help="a JSON object")
    latin = command(acts, "latin", set_latin, "whether SMS leave in Latin letters")
    latin.add_argument("on", choices=("yes", "no"))
    take_manager(latin)


def _take_place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("about", metavar="ABOUT", help="such as ready; see `texts list`")
    parser.add_argument("--channel", default="", metavar="NAME", help="default: all without own")
    parser.add_argument("--language", default="", metavar="CODE", help="default: the shop's")


def texts(arguments: argparse.Namespace) -> int:
    from pos_app.commands.told_texts import told

    return told(arguments)


def list_words(arguments: argparse.Namespace) -> int:
    from pos_app.automation.wording.standard import abouts
    from pos_app.clock import iso

    with opened(arguments) as shop:
        zone = shop.desk.setup().settings.shop.zone
        own = shop.desk.texts.own()
    rows: list[dict[str, Any]] = [
        {
            "about": one.about,
            "channel": one.channel,
            "language": one.language,
            "own": True,
            "changed_at": iso(one.updated_at, zone),
            "by": one.staff_id,
        }
        for one in own
    ]
    written = {one.about for one in own}
    rows += [{"about": about, "own": False} for about in abouts() if about not in written]
    if arguments.json:
        answer(rows)
        return 0
    table(
        [
            ("ABOUT", "CHANNEL", "LANGUAGE", "WORDS", "CHANGED", "BY"),
            *(
                (
                    row["about"],
                    row.get("channel") or "all",
                    row.get("language", "all"),
                    "own" if row["own"] else "standard",
                    row.get("changed_at", ""),
                    row.get("by", ""),
                )
                for row in rows
            ),
        ]
    )
    return 0


def show(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        language = _language(shop, arguments)
        found = shop.desk.texts.at(arguments.about, arguments.channel, language)
    if arguments.json:
        answer({"text": found.text, "subject": found.subject, "own": found.own is not None})
    else:
        say(found.text)
    return 0


def write(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        manager_agrees(shop, arguments)
        written = shop.desk.texts.save(_given(shop, arguments, arguments.file))
    say(f"{written.about} ({written.channel or 'all'}, {written.language}): own words from now on.")
    return 0


def reset(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        manager_agrees(shop, arguments)
        language = _language(shop, arguments)
        was_own = shop.desk.texts.reset(arguments.about, arguments.channel, language)
    say("The standard words again." if was_own else "The standard words stand there already.")
    return 0


def look(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        desk = shop.desk
        text = _given(shop, arguments, arguments.file)
        order_id = None if arguments.order is None else desk.find(arguments.order)
        looked = desk.texts.look(text, order_id=order_id)
        currency = desk.setup().settings.shop.currency
    if arguments.json:
        answer(_as_json(looked))
    else:
        _print(looked, currency)
    return 0


def set_latin(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        manager_agrees(shop, arguments)
        shop.desk.texts.set_latin(arguments.on == "yes")
    say("SMS leave in Latin letters." if arguments.on == "yes" else "SMS leave as written.")
    return 0


def _language(shop: Shop, arguments: argparse.Namespace) -> str:
    return arguments.language or shop.desk.setup().settings.shop.language


def _given(shop: Shop, arguments: argparse.Namespace, file: str | None) -> OwnText:
    """What is to be said: from `file`, or as it is set when there is none. Raises BadInput."""
    from pos_app.automation.wording.choice import OwnText

    language = _language(shop, arguments)
    about, channel, subject = arguments.about, arguments.channel, arguments.subject
    if file is None:
        found = shop.desk.texts.at(about, channel, language)
        own = found.own.subject if found.own is not None else ""
        return OwnText(about, channel, language, found.text, subject or own)
    try:
        text = read_input(file, _LARGEST).decode("utf-8")
    except UnicodeDecodeError:
        raise BadInput("file", "The text is not UTF-8") from None
    return OwnText(about, channel, language, text, subject)


def _print(looked: Looked, currency: str) -> None:
    from pos_app.domain.money import finely

    found = looked.preview
    if looked.subject:
        say(f"Subject: {looked.subject}")
    say(found.text)
    cost = f", {finely(found.cost, currency)}" if found.cost else ""
    warn(f"{found.parts} × {found.encoding}{cost}, room for {found.left} more characters")
    for warned in found.warnings:
        warn(warned.told(str))
    for one in found.without:
        warn(f"Without {one.field}: {one.text or '(nothing)'}")


def _as_json(looked: Looked) -> dict[str, Any]:
    found = looked.preview
    return {
        "number": looked.number or None,
        "subject": looked.subject or None,
        "text": found.text,
        "parts": found.parts,
        "encoding": found.encoding,
        "cost_hundredths": found.cost,
        "left": found.left,
        "warnings": [
            {"code": warned.code, "message": warned.told(str)} for warned in found.warnings
        ],
        "without": {one.field: one.text for one in found.without},
    }
