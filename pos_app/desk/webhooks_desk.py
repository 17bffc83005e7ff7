"""The owner's part about the programs that rules may call."""

from __future__ import annotations

from dataclasses import replace

from pos_app import config, keys
from pos_app.changes import SettingsChanged
from pos_app.desk import owning
from pos_app.desk.channels_desk import KeyDoors
from pos_app.domain.ids import new_uid
from pos_app.errors import NotFound
from pos_app.store import settings, webhooks

MOST_SHOWN = 50


class WebhooksDesk:
    """Acts and readings; whether the address may be called is asked before (bootstrap)."""

    def __init__(self, doors: KeyDoors) -> None:
        self._doors = doors

    def receivers(self) -> tuple[config.Receiver, ...]:
        return self._doors.setup().settings.webhooks.receivers

    def add(self, url: str, secret: str, *, personal: bool, lan: bool) -> config.Receiver:
        """A further receiver; rules call it by the id that it gets here."""
        receiver = config.Receiver(new_uid(), url, personal=personal, lan=lan)
        key = keys.secret(self._doors.keys, keys.STORE)
        with self._doors.act() as act:
            held = act.setup.settings.webhooks
            sealed = keys.seal(key, receiver.secret, secret)
            settings.write_sealed(act.connection, receiver.secret, sealed, act.now)
            said = replace(held, receivers=(*held.receivers, receiver))
            owning.write_setting(act, config.WEBHOOKS, said)
        self._tell()
        return receiver

    def remove(self, receiver_id: str) -> None:
        """It is called no more. Raises NotFound."""
        with self._doors.act() as act:
            held = act.setup.settings.webhooks
            left = tuple(one for one in held.receivers if one.id != receiver_id)
            if left == held.receivers:
                raise NotFound("There is no such receiver", hint="See `orderbell webhook list`.")
            settings.forget_sealed(act.connection, f"webhook/{receiver_id}")
            owning.write_setting(act, config.WEBHOOKS, replace(held, receivers=left))
        self._tell()

    def newest(self) -> list[webhooks.Delivery]:
        """The last calls, with what became of them."""
        with self._doors.database.read() as connection:
            return webhooks.newest(connection, MOST_SHOWN)

    def _tell(self) -> None:
        self._doors.feed.publish(SettingsChanged((config.WEBHOOKS,)))
