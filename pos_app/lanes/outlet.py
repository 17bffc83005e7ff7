"""Which way texts leave this shop right now: recorded in practice, the gateway phone, or none."""

from __future__ import annotations

import threading

from pos_app import config, keys
from pos_app.channels.protocol import Channel, OutgoingText
from pos_app.channels.recording import Recording
from pos_app.lanes.shop import OpenShop
from pos_app.store import messages, settings


class Outlet:
    """Holds the open channel, and opens another one when the set-up changes."""

    def __init__(self, shop: OpenShop) -> None:
        self._shop = shop
        self._revision = -1
        self._channel: Channel | None = None
        self._guard = threading.Lock()

    def current(self) -> Channel | None:
        """The channel for texts; None while there is no way out. Raises StoreError."""
        setup = self._shop.desk.setup()
        with self._guard:
            if setup.revision != self._revision:
                self._shut()
                self._channel = self._open(setup.identity.practice, setup.settings.sms)
                self._revision = setup.revision
            return self._channel

    def cut(self) -> None:
        """End a call in progress; for another thread than the lane's."""
        channel = self._channel
        if channel is not None:
            channel.cut()

    def close(self) -> None:
        with self._guard:
            self._shut()

    def _shut(self) -> None:
        if self._channel is not None:
            self._channel.close()
        self._channel = None

    def _open(self, practice: bool, sms: config.SmsSettings) -> Channel | None:
        if practice:
            return Recording(self._keep)
        if sms.kind != "smsgate":
            return None
        # Only a shop with a gateway waits for the library that calls it.
        from pos_app.channels.smsgate import SmsGate

        with self._shop.database.read() as connection:
            sealed = settings.read_sealed(connection, config.SMS_PASSWORD)
        password = ""
        if sealed is not None:
            key = keys.secret(self._shop.keys, keys.STORE)
            password = keys.open_sealed(key, config.SMS_PASSWORD, sealed)
        return SmsGate(sms.url, sms.username, password, lan=sms.lan)

    def _keep(self, outgoing: OutgoingText) -> None:
        with self._shop.database.write() as connection:
            message = messages.under_way(connection, outgoing.uid)
            if message is not None:
                messages.record_text(connection, message, outgoing.text, self._shop.clock.now())
