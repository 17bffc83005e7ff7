"""All commands of `orderbell`, as one list. Importing it imports each of them."""

from __future__ import annotations

from pos_app.commands import (
    backups,
    channels,
    checking,
    clock,
    couriers,
    customers,
    dishes,
    doctor,
    evening,
    listing,
    menus,
    ordering,
    page,
    pairing,
    printers,
    receipt,
    replaying,
    reporting,
    rules,
    salvaging,
    shop_day,
    shops,
    site,
    sms,
    staff,
    syncing,
    texts,
    updates,
    webhooks,
    yesterday,
)
from pos_app.commands.arguments import Commands

_SUBJECTS = (
    shops,
    shop_day,
    ordering,
    couriers,
    customers,
    evening,
    clock,
    listing,
    receipt,
    syncing,
    checking,
    backups,
    doctor,
    reporting,
    salvaging,
    pairing,
    page,
    site,
    replaying,
    sms,
    channels,
    printers,
    menus,
    dishes,
    staff,
    rules,
    texts,
    webhooks,
    updates,
    yesterday,
)


def add_all(commands: Commands) -> None:
    """Add each subject's commands."""
    for subject in _SUBJECTS:
        subject.add(commands)
