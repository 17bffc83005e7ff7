"""`orderbell site tills`: who may speak for which shop, and how a stolen till is cut off."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from pos_app.clock import Instant, iso
from pos_app.errors import Refused
from pos_app.tracking.revoking import Chosen, choose, list_audit, list_tills, revoke
from pos_app.tracking.rows import Till

_MEANS = """\
To cut off {name} ({shop}, check word {word}) means:
- it tells the site nothing more and hears of no guest, from its next request on;
- it comes back only with a new pairing code, and then with new keys;
- pages of open orders stay as they are until another till of the shop tells more."""
_LINKS_STAY = "- links that it printed go on opening until their orders end (--links ends them)."
_LINKS_END = """\
- all links that it printed end now, and do not come back: guests read "This page has ended" with
  the shop's phone, couriers that their slip is over. Print or send new ones from another till."""


def add(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    tills = acts.add_parser("tills", help="list the tills of this site, or cut one off")
    tills.add_argument("--shop", metavar="NAME", help="only those of this shop")
    of_till = tills.add_subparsers(dest="tills_act", metavar="revoke|log")
    cut_off = of_till.add_parser("revoke", help="cut a till off, such as a stolen one")
    cut_off.add_argument("till", help="its id or check word, see `site tills`")
    cut_off.add_argument("--links", action="store_true", help="end the links that it printed too")
    cut_off.add_argument("--yes", action="store_true", help="do not ask")
    log = of_till.add_parser("log", help="who let tills in, cut them off, renewed their keys")
    for sub in (tills, cut_off, log):
        sub.add_argument("--data", type=Path, default=argparse.SUPPRESS)


def caller() -> str:
    """`os:<user>`: the operating system's account is the command line's boundary."""
    try:
        return f"os:{getpass.getuser()}"
    except (KeyError, OSError):  # an account without a name, as in some containers
        return "os:unknown"


def run(arguments: argparse.Namespace, database: Path) -> int:
    """Do what was asked; the exit code. Raises OrderbellError."""
    if arguments.tills_act == "revoke":
        return _revoke(arguments, database)
    if arguments.tills_act == "log":
        return _log(database)
    return _list(arguments.shop, database)


def _list(shop_name: str | None, database: Path) -> int:
    for one in list_tills(database, shop_name):
        print(one.shop.name)
        newest = {till.terminal.sig_pub: till for till in one.tills}
        for till in one.tills:
            print(_line(till, is_newest=newest[till.terminal.sig_pub] is till))
    return 0


def _line(till: Till, *, is_newest: bool) -> str:
    terminal = till.terminal
    parts = [
        f"  {terminal.terminal_id}",
        terminal.name,
        f"check word {terminal.check_word or '-'}",
        f"paired {iso(till.paired_at)}",
        f"heard {_time(till.heard_at)}",
        f"key {till.gen or '-'}",
    ]
    if till.revoked_at is not None:
        parts.append(f"revoked {iso(till.revoked_at)}")
    elif not is_newest:
        parts.append("paired again since")
    if till.links_ended_at is not None:
        parts.append(f"links ended {iso(till.links_ended_at)}")
    return "\t".join(parts)


def _revoke(arguments: argparse.Namespace, database: Path) -> int:
    chosen = choose(database, arguments.till)
    print(_meaning(chosen, links=arguments.links))
    if not arguments.yes and not _agreed():
        print("Nothing was changed.")
        return 1
    terminal_id = chosen.till.terminal.terminal_id
    if revoke(database, terminal_id, caller(), links=arguments.links):
        print("Done.")
    else:
        print("It was so before; nothing was changed.")
    return 0


def _meaning(chosen: Chosen, *, links: bool) -> str:
    terminal = chosen.till.terminal
    means = _MEANS.format(
        name=terminal.name, shop=chosen.shop.name, word=terminal.check_word or "-"
    )
    told = [means, _LINKS_END if links else _LINKS_STAY]
    if len(chosen.names) > 1:
        told.append(f"It was paired {len(chosen.names)} times with one key; all of them are meant.")
    return "\n".join(told)


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise Refused("Nobody is there to be asked.", hint="Say --yes.")
    return input("Cut it off? Type yes: ").strip().lower() == "yes"


def _log(database: Path) -> int:
    for row in list_audit(database):
        print(
            "\t".join(
                (iso(row.at), row.who, row.act, row.shop, row.terminal_id, row.detail)
            ).rstrip()
        )
    return 0


def _time(at: Instant | None) -> str:
    return "never" if at is None else iso(at)
