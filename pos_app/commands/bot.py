"""What the command line tells of the shop's bot: who reads its inbox, and what opens it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pos_app.bootstrap import Shop
    from pos_app.desk.setup import Setup

PAGE, SLIP = "page", "slip"


@dataclass(frozen=True, slots=True)
class Inbox:
    """How the bot's inbox fares. Times are ISO or None; `trouble` a lane's code or empty.

    `reader` is the computer that Telegram answered last.
    """

    bot: str
    reader: str
    heard_at: str | None
    trouble: str
    trouble_since: str | None

    @property
    def is_down(self) -> bool:
        return bool(self.trouble)

    @property
    def said(self) -> str:
        """One sentence for people."""
        read = f"@{self.bot} is not read yet: an open window reads it"
        if self.heard_at is not None:
            read = f"@{self.bot} read by {self.reader}, last heard {self.heard_at}"
        if not self.trouble:
            return read
        return f"{self.trouble} since {self.trouble_since}: guests get no answers; {read}"


def inbox_of(shop: Shop, setup: Setup) -> Inbox:
    """The inbox of the bot that is set up."""
    from pos_app.clock import iso
    from pos_app.store import bot_inbox, lanes, terminals

    zone = setup.settings.shop.zone
    with shop.database.read() as connection:
        place = bot_inbox.read(connection)
        reader = terminals.name_of(connection, place.reader)
        states = [one for one in lanes.states(connection) if one.lane == "inbox"]
    down = next((one for one in states if one.state != "ok"), None)
    return Inbox(
        setup.bot,
        reader,
        iso(place.heard_at, zone) if place.heard_at else None,
        down.code if down is not None else "",
        iso(down.since, zone) if down is not None else None,
    )


def opened_by(setup: Setup) -> str:
    """Where guests get the link: `page`, or `slip` where no page can be opened."""
    return PAGE if setup.site is not None else SLIP


def about(shop: Shop, setup: Setup) -> dict[str, Any] | None:
    """The bot as one JSON object; None without one."""
    if not setup.bot:
        return None
    from dataclasses import asdict

    return {**asdict(inbox_of(shop, setup)), "opened_by": opened_by(setup)}


def sentences(shop: Shop, setup: Setup) -> list[str]:
    """The same for people."""
    if not setup.bot:
        return []
    where = "the tracking page" if opened_by(setup) == PAGE else "the code on their slip"
    return [f"Inbox: {inbox_of(shop, setup).said}.", f"Guests follow in Telegram by {where}."]
