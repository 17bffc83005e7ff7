"""`orderbell sms`: the gateway phone that sends the shop's texts."""

from __future__ import annotations

import argparse

from pos_app.commands.arguments import Commands, command, group
from pos_app.commands.opening import opened
from pos_app.commands.output import ask_secret, say
from pos_app.errors import BadInput


def add(commands: Commands) -> None:
    acts = group(commands, "sms", "set up the phone that sends texts")
    setting = command(acts, "set", set_gateway, "use an SMS Gateway for Android")
    setting.add_argument("--url", required=True, metavar="URL", help="the gateway's address")
    setting.add_argument("--username", required=True, metavar="NAME")
    setting.add_argument("--lan", action="store_true", help="the address is in our own network")
    command(acts, "off", turn_off, "send no texts")


def set_gateway(arguments: argparse.Namespace) -> int:
    """The password comes by prompt or as the first line of standard input, never as an option."""
    from pos_app.channels.guard import CallFailed, check_url
    from pos_app.config import SmsSettings

    try:
        check_url(arguments.url)
    except CallFailed as refused:
        raise BadInput("url", "This address is never called ({code})", code=refused.code) from None
    with opened(arguments) as shop:
        password = ask_secret("Password of the gateway")
        if not password:
            raise BadInput("password", "The gateway asks for a password")
        sms = SmsSettings("smsgate", arguments.url, arguments.username, lan=arguments.lan)
        shop.desk.set_sms(sms, password)
    say(f"Texts leave through {arguments.url}.")
    return 0


def turn_off(arguments: argparse.Namespace) -> int:
    from pos_app.config import SmsSettings

    with opened(arguments) as shop:
        shop.desk.set_sms(SmsSettings())
    say("No texts are sent.")
    return 0
