"""`orderbell rules`: what is said by itself, why, and what it would have been on past days."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from pos_app.commands.arguments import Commands, command, group, on_order
from pos_app.commands.authority import manager_agrees, take_manager
from pos_app.commands.opening import opened
from pos_app.commands.output import STANDARD, answer, read_input, say, table, warn, write_output
from pos_app.commands.rule_reports import print_comparison, print_explained
from pos_app.errors import BadInput, NotFound, Refused

if TYPE_CHECKING:
    from pos_app.automation.outcomes import Comparison
    from pos_app.automation.pack_files import Outward, RulePack
    from pos_app.bootstrap import Shop
    from pos_app.desk.rules_desk import KnownRule


def add(commands: Commands) -> None:
    acts = group(commands, "rules", "what is said and done by itself")
    listing = command(acts, "list", list_rules, "list all rules, and the ready ones")
    listing.add_argument("--json", action="store_true", help="a JSON list")
    _on_rule(command(acts, "show", show, "print one rule as a sentence and as a document"))
    for name, run, words in (
        ("on", switch_on, "switch a rule on; a ready one is added by its name"),
        ("off", switch_off, "switch a rule off; what waits of it stops"),
        ("delete", delete, "take a rule out of the list"),
    ):
        parser = command(acts, name, run, words)
        _on_rule(parser)
        take_manager(parser)
    _on_rule(command(acts, "history", history, "print every version of a rule"))
    exporting = command(acts, "export", export, "write rules to a TOML file")
    exporting.add_argument("file", metavar="FILE")
    exporting.add_argument("rules", nargs="*", metavar="RULE", help="these only (default: all)")
    importing = command(acts, "import", bring_in, "read rules from a TOML file, all of them off")
    importing.add_argument("file", metavar="FILE")
    importing.add_argument("--as-new", action="store_true", help="give them ids of their own")
    importing.add_argument(
        "--confirm",
        action="append",
        default=[],
        metavar="TARGET",
        help="a way out that the rules may use, such as “channel sms”; once for each",
    )
    take_manager(importing)
    why = on_order(acts, "why", explain, "why a text about an order went out or did not")
    why.add_argument("--json", action="store_true", help="a JSON list")
    _simulating(acts)


def _simulating(acts: Commands) -> None:
    trying = command(acts, "simulate", simulate, "try the rules of a TOML file on past days")
    trying.add_argument("file", metavar="FILE")
    trying.add_argument("--days", type=int, default=30, metavar="N", help="default: 30")
    trying.add_argument("--date", metavar="YYYY-MM-DD", help="one day instead")
    trying.add_argument("--made-up", action="store_true", help=_MADE_UP)
    trying.add_argument("--orders", type=int, metavar="N", help="of the made-up day, default: 60")
    trying.add_argument("--seed", type=int, metavar="N", help="another made-up day, default: 1")
    trying.add_argument("--price", type=int, metavar="N", help=_PRICE)
    trying.add_argument("--texts", action="store_true", help="print what each text says")
    trying.add_argument("--json", action="store_true", help="a JSON object")


_PRICE = "what a part of an SMS costs, in hundredths of the minor unit (default: as set up)"
_MADE_UP = "on a day that never was, for a shop that has no past yet"


def _on_rule(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rule", metavar="RULE", help="its id, its name, or a ready rule's name")


def list_rules(arguments: argparse.Namespace) -> int:
    from pos_app.automation.pack import ready_rules
    from pos_app.automation.sentences import sentence
    from pos_app.language import Texts

    texts = Texts("en")
    with opened(arguments) as shop:
        known = shop.desk.rules.everything()
    here = {one.rule.id for one in known}
    rows = [(one.rule, "on" if one.on else "off", one.version) for one in known]
    rows += [(rule, "ready", 0) for rule in ready_rules("en") if rule.id not in here]
    if arguments.json:
        answer(
            [
                {
                    "id": rule.id,
                    "name": rule.name,
                    "state": state,
                    "version": version or None,
                    "pack": rule.pack or None,
                    "says": sentence(rule, texts),
                }
                for rule, state, version in rows
            ]
        )
    else:
        table(
            [("STATE", "NAME", "PACK", "ID")]
            + [(state, rule.name, rule.pack, rule.id) for rule, state, _ in rows]
        )
    return 0


def show(arguments: argparse.Namespace) -> int:
    from pos_app.automation.pack_files import written
    from pos_app.automation.sentences import sentence
    from pos_app.language import Texts

    with opened(arguments) as shop:
        one = _named(shop, arguments.rule)
    say(sentence(one.rule, Texts("en")))
    say(f"{'On' if one.on else 'Off'}, version {one.version}.")
    say(written([one.rule]))
    return 0


def switch_on(arguments: argparse.Namespace) -> int:
    from pos_app.automation.pack import ready_rules

    with opened(arguments) as shop:
        manager_agrees(shop, arguments)
        language = shop.desk.setup().settings.shop.language
        here = {one.rule.id for one in shop.desk.rules.everything()}
        for ready in ready_rules(language):
            if arguments.rule in (ready.pack, ready.id) and ready.id not in here:
                shop.desk.rules.save(ready, on=True, origin="pack")
                say(f"On: {ready.name}")
                return 0
        one = _named(shop, arguments.rule)
        shop.desk.rules.switch(one.rule.id, on=True)
    say(f"On: {one.rule.name}")
    return 0


def switch_off(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        manager_agrees(shop, arguments)
        one = _named(shop, arguments.rule)
        shop.desk.rules.switch(one.rule.id, on=False)
    say(f"Off: {one.rule.name}")
    return 0


def delete(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        manager_agrees(shop, arguments)
        one = _named(shop, arguments.rule)
        shop.desk.rules.delete(one.rule.id)
    say(f"Deleted: {one.rule.name}")
    return 0


def history(arguments: argparse.Namespace) -> int:
    from pos_app.automation.sentences import sentence
    from pos_app.clock import iso
    from pos_app.language import Texts

    with opened(arguments) as shop:
        one = _named(shop, arguments.rule)
        versions = shop.desk.rules.history(one.rule.id)
        zone = shop.desk.setup().settings.shop.zone
    for version in versions:
        at = iso(version.made_at, zone)
        say(f"{version.version}  {at}  {version.staff_id or '-'}")
        say(f"   {sentence(version.rule, Texts('en'))}")
    return 0


def export(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        ids = [_named(shop, wanted).rule.id for wanted in arguments.rules] or None
        written = shop.desk.rules.export(ids)
    write_output(arguments.file, written.encode())
    return 0


def bring_in(arguments: argparse.Namespace) -> int:
    pack = _read(arguments.file)
    with opened(arguments) as shop:
        manager_agrees(shop, arguments)
        confirmed = [one for one in pack.outward if _is_confirmed(one, arguments)]
        brought = shop.desk.rules.bring_in(pack, confirmed, as_new=arguments.as_new)
    for rule in brought:
        say(f"Off: {rule.name}  {rule.id}")
    if len(brought) < len(pack.rules):
        say(f"Here already: {len(pack.rules) - len(brought)}")
    return 0


def _read(name: str) -> RulePack:
    from pos_app.automation.pack_files import LARGEST, read

    return read(read_input(name, LARGEST))


def _is_confirmed(one: Outward, arguments: argparse.Namespace) -> bool:
    """Named with `--confirm`, or agreed to by whoever sits at the terminal."""
    if str(one) in arguments.confirm:
        return True
    if arguments.file == STANDARD or not sys.stdin.isatty():
        return False
    warn(f"These rules use {one}. May they? [y/N]")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def explain(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        order_id = shop.desk.find(arguments.number)
        told = shop.desk.rules.explain(order_id)
        zone = shop.desk.setup().settings.shop.zone
    if arguments.json:
        answer(_builtins(told))
    else:
        print_explained(told, zone)
    return 0


def simulate(arguments: argparse.Namespace) -> int:
    pack = _read(arguments.file)
    with opened(arguments) as shop:
        found = _tried(shop, pack, arguments)
        if arguments.json:
            answer(_builtins(found))
        else:
            print_comparison(found, pack.rules, shop.desk, texts=arguments.texts)
    return 0


def _tried(shop: Shop, pack: RulePack, arguments: argparse.Namespace) -> Comparison:
    from datetime import date

    from pos_app.desk.made_up_day import USUAL, MadeUp

    try:
        day = date.fromisoformat(arguments.date) if arguments.date else None
    except ValueError:
        raise BadInput("--date", "This is not a date", hint="Such as 2026-11-22.") from None
    prices = {"sms": arguments.price} if arguments.price is not None else None
    if not arguments.made_up:
        if arguments.orders is not None or arguments.seed is not None:
            raise BadInput("--orders", "Only a made-up day takes this", hint="Add --made-up.")
        days = arguments.days
        return shop.desk.rules.simulate(pack.rules, days=days, day=day, prices=prices)
    orders = arguments.orders if arguments.orders is not None else USUAL.orders
    seed = arguments.seed if arguments.seed is not None else USUAL.seed
    return shop.desk.rules.simulate_made_up(pack.rules, MadeUp(orders, seed, day), prices=prices)


def _builtins(value: object) -> Any:
    import msgspec

    return msgspec.to_builtins(value)


def _named(shop: Shop, wanted: str) -> KnownRule:
    """The rule with this id, name, or name of a ready rule. Raises NotFound, Refused."""
    from pos_app.domain.menu import folded

    known = shop.desk.rules.everything()
    for one in known:
        if one.rule.id == wanted:
            return one
    found = [
        one for one in known if one.rule.pack == wanted or folded(one.rule.name) == folded(wanted)
    ]
    if not found:
        raise NotFound("There is no rule “{name}”", hint="See `orderbell rules list`.", name=wanted)
    if len(found) > 1:
        raise Refused("More than one rule is called “{name}”", hint="Give its id.", name=wanted)
    return found[0]
