"""`orderbell webhook`: programs that rules may call, and what became of the calls."""

from __future__ import annotations

import argparse

from pos_app.commands.arguments import Commands, command, group
from pos_app.commands.opening import opened
from pos_app.commands.output import answer, say, table


def add(commands: Commands) -> None:
    acts = group(commands, "webhook", "programs that rules may call")
    adding = command(acts, "add", add_receiver, "let rules call a program")
    adding.add_argument("url", metavar="URL", help="its https address")
    adding.add_argument("--personal", action="store_true", help="it gets the guest too")
    adding.add_argument("--lan", action="store_true", help="the address is in our own network")
    listing = command(acts, "list", list_receivers, "show them, and the last calls")
    listing.add_argument("--json", action="store_true", help="a JSON object")
    removing = command(acts, "remove", remove, "call it no more")
    removing.add_argument("id", metavar="ID")


def add_receiver(arguments: argparse.Namespace) -> int:
    """The secret is shown once; the receiver proves with it that a call is ours."""
    from pos_app.channels.setups_direct import WebhookSetup, checked
    from pos_app.channels.webhook_signing import new_secret

    setup = checked(WebhookSetup(arguments.url, personal=arguments.personal, lan=arguments.lan))
    secret = new_secret()
    with opened(arguments) as shop:
        added = shop.desk.webhooks.add(setup.url, secret, personal=setup.personal, lan=setup.lan)
    say(f"{added.id}: rules can call {added.url}.")
    say(f"Its secret, shown this once: {secret}")
    return 0


def list_receivers(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        receivers, calls = shop.desk.webhooks.receivers(), shop.desk.webhooks.newest()
    if arguments.json:
        answer(
            {
                "receivers": [
                    {"id": one.id, "url": one.url, "personal": one.personal, "lan": one.lan}
                    for one in receivers
                ],
                "calls": [
                    {
                        "target": one.target,
                        "uid": one.uid,
                        "state": one.state,
                        "reason": one.reason,
                        "tries": one.tries,
                    }
                    for one in calls
                ],
            }
        )
        return 0
    if not receivers:
        say("Rules call nobody.")
        return 0
    guest = {True: "with the guest", False: "no word of the guest"}
    table([(one.id, one.url, guest[one.personal]) for one in receivers])
    if calls:
        table([(one.target, one.state, one.reason, str(one.tries)) for one in calls])
    return 0


def remove(arguments: argparse.Namespace) -> int:
    with opened(arguments) as shop:
        shop.desk.webhooks.remove(arguments.id)
    say("It is called no more.")
    return 0
