"""What guests were told, newest first; in practice with what would be sent."""

from __future__ import annotations

import argparse
from typing import Any

from pos_app.commands.opening import opened
from pos_app.commands.output import answer, say, table


def told(arguments: argparse.Namespace) -> int:
    """Prints them; returns the exit status."""
    from pos_app.clock import iso
    from pos_app.domain.money import finely
    from pos_app.store.texts import newest

    with opened(arguments) as shop:
        settings = shop.desk.setup().settings.shop
        zone, currency = settings.zone, settings.currency
        with shop.database.read() as connection:
            found = newest(connection, max(1, arguments.limit))
    listed: list[dict[str, Any]] = [
        {
            "number": entry.number,
            "about": entry.about,
            "channel": entry.channel,
            "state": entry.state,
            "reason": entry.reason,
            "due_at": iso(entry.not_before, zone),
            "parts": entry.parts,
            "cost_hundredths": entry.cost,
            "text": entry.would_be_sent,
        }
        for entry in found
    ]
    if arguments.json:
        answer(listed)
    elif not listed:
        say("No texts.")
    else:
        table(
            [
                ("NUMBER", "ABOUT", "CHANNEL", "STATE", "COST", "DUE", "WOULD BE SENT"),
                *(
                    (
                        row["number"],
                        row["about"],
                        row["channel"],
                        f"{row['state']} ({row['reason']})" if row["reason"] else row["state"],
                        finely(row["cost_hundredths"], currency),
                        row["due_at"],
                        row["text"] or "",
                    )
                    for row in listed
                ),
            ]
        )
    return 0
