"""What became of a try without a known end: asked by our id, or looked for by what was said.

A message is never sent again while that is open. A look needs the very words that were sent; when
the order says something else by now, nobody can look, and a person has to decide.
"""

from __future__ import annotations

from pos_app.channels.protocol import (
    ABSENT,
    DELIVERED,
    FAILED,
    Channel,
    Findable,
    OutgoingText,
    Report,
    tells_delivery,
)
from pos_app.clock import HOUR_MS, Instant
from pos_app.desk.transaction import Transaction
from pos_app.lanes import choice, wording
from pos_app.lanes.ledger import Ledger
from pos_app.lanes.shop import OpenShop
from pos_app.store.messages import Message

_LATE_ASKED_MS = HOUR_MS


class Asker:
    """Asks for one lane. `found` counts texts that turned out to have been taken."""

    def __init__(self, shop: OpenShop, ledger: Ledger) -> None:
        self._shop = shop
        self._ledger = ledger
        self._said: dict[str, OutgoingText] = {}
        self._tried: dict[str, Instant] = {}
        self.found = 0

    def keep(self, leaving: OutgoingText) -> None:
        """This is being sent; kept until the outcome is known."""
        self._said[leaving.uid] = leaving

    def remember(self, message: Message, tried_at: Instant) -> None:
        """The first try without a known end is what is looked for, not our asking."""
        self._tried.setdefault(message.uid, tried_at)

    def ask(self, channel: Channel, message: Message) -> None:
        """One question, and what follows from the answer."""
        found = self._question(channel, message)
        with self._shop.desk.act() as act:
            self._settle(act, channel, message, found)

    def _question(self, channel: Channel, message: Message) -> Report | None:
        if message.provider_id or not isinstance(channel, Findable):
            return channel.poll(message.provider_id or message.uid)
        wanted = self._said.get(message.uid) or self._said_again(message)
        if wanted is None:
            return None
        return channel.find(wanted, self._tried.get(message.uid, message.created_at))

    def _said_again(self, message: Message) -> OutgoingText | None:
        """What another process has sent; None when the order says something else by now."""
        setup = self._shop.desk.setup()
        with self._shop.database.read() as connection:
            look = Transaction(connection, setup, self._shop.clock.now(), "", "")
            said = wording.saying(look, message)
        worded = choice.worded(message, said)
        same = worded.text_hash == message.text_hash
        return choice.outgoing(message, worded) if same else None

    def _settle(
        self, act: Transaction, channel: Channel, message: Message, found: Report | None
    ) -> None:
        ledger = self._ledger
        is_late = message.not_after <= act.now
        if found is None:
            if act.now > message.not_after + _LATE_ASKED_MS:
                ledger.settled(act, message, "uncertain", "unknown_outcome")
                self.forget(message)
            else:
                ledger.unknown(act, message, "not_asked")
            return
        self.forget(message)
        if found.state == ABSENT and is_late:
            ledger.settled(act, message, "expired", "too_late")
        elif found.state == ABSENT:
            ledger.absent(act, message)
        else:
            at_gateway = found.provider_id or message.provider_id or message.uid
            self.found += ledger.accepted(
                act, message, at_gateway, tells_delivery=tells_delivery(channel)
            )
            if found.state in (DELIVERED, FAILED):
                ledger.reported(act, message, found.state, found.code)

    def forget(self, message: Message) -> None:
        """Its outcome is known."""
        self._said.pop(message.uid, None)
        self._tried.pop(message.uid, None)
