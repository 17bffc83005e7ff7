"""What the owner decides about the shop's day: its hours, and where he is told how the day was."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app import config, phones
from pos_app.changes import SettingsChanged
from pos_app.desk import owning
from pos_app.desk.doors import Doors
from pos_app.domain import hours_text
from pos_app.domain.mail_address import is_mail_address
from pos_app.domain.opening import OpeningHours
from pos_app.errors import BadInput
from pos_app.store import owner_texts

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class OwnerTold:
    """What the owner was told of a business date (ISO) on one channel; `state` as of texts."""

    day: str
    channel: str
    state: str
    reason: str


class OwnerDesk:
    """One method is one transaction."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def set_hours(self, hours: OpeningHours) -> None:
        """When the shop is open, and its quiet hours. Raises BadInput naming the field."""
        with self._doors.act() as act:
            owning.write_setting(act, config.HOURS, hours_text.checked(hours))
        self._doors.feed.publish(SettingsChanged((config.HOURS,)))

    def set_addresses(self, owner: config.Owner) -> config.Owner:
        """Where the owner is told how a day was, as it is stored. Raises BadInput with its field.

        `owner.phone` may be written as people write it.
        """
        with self._doors.act() as act:
            found = _checked(owner, act.setup.settings.shop.country)
            owning.write_setting(act, config.OWNER, found)
        self._doors.feed.publish(SettingsChanged((config.OWNER,)))
        return found

    def newest(self) -> list[OwnerTold]:
        """What the owner was told last, and what became of it; the newest first."""
        with self._doors.database.read() as connection:
            found = owner_texts.newest(connection, MOST_SHOWN)
        return [OwnerTold(one.day, one.channel, one.state, one.reason) for one in found]


def _checked(owner: config.Owner, country: str) -> config.Owner:
    mail, telegram = owner.mail.strip(), owner.telegram.strip()
    if mail and not is_mail_address(mail):
        raise BadInput("mail", "This is no e-mail address", hint="Such as owner@example.com.")
    if telegram and not _is_chat(telegram):
        raise BadInput(
            "telegram", "This is no Telegram chat", hint="The bot tells the number of your chat."
        )
    return config.Owner(mail, phones.parse(owner.phone, country, "phone"), telegram)


def _is_chat(text: str) -> bool:
    """The number of a chat: a private one is positive, a group's negative."""
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit() and len(digits) <= 19
