"""The SMS lane: texts that are due leave once and in time; their delivery is asked for.

Claim and record are short transactions; the text goes out with none open. A row that says
`sending` when a round begins had a try whose end nobody knows: a keyed channel gets it again
under the same id, a findable one is asked, a blind one leaves it to a person.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from pos_app.automation.texts import TextFields
from pos_app.channels.protocol import (
    ABSENT,
    DELIVERED,
    FAILED,
    Accepted,
    Channel,
    Declares,
    GiveUp,
    Outcome,
    OutgoingText,
    RetryLater,
)
from pos_app.clock import HOUR_MS, SECOND_MS
from pos_app.desk.transaction import Transaction
from pos_app.lanes import pacing, wording
from pos_app.lanes.delivery import DeliveryReports
from pos_app.lanes.lane import Down, always
from pos_app.lanes.ledger import Ledger
from pos_app.lanes.outlet import Outlet
from pos_app.lanes.shop import OpenShop
from pos_app.store import lanes, sending
from pos_app.store.messages import Message

CHANNEL = "sms"
_DUE_AT_ONCE = 200
_LATE_ASKED_MS = HOUR_MS
_LONGEST_WAIT_S = 900.0
_TROUBLES_IN_A_ROW = 3
LEAP_S = 1.0
"""So soon a clock that has leapt is looked at again."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that is ours now. `said` None: ask what became of it before anything else."""

    message: Message
    said: TextFields | None


class TextsWorker:
    """Sends under `fence`. `sent` counts texts that the gateway took.

    `holds` says whether this process surely has the lease; asked before each claim and each call.
    """

    def __init__(
        self, shop: OpenShop, fence: int, outlet: Outlet, holds: Callable[[], bool] = always
    ) -> None:
        self._shop = shop
        self._holds = holds
        self._fence = fence
        self._outlet = outlet
        self._stopping = threading.Event()
        self._ledger = Ledger(fence)
        self._reports = DeliveryReports(shop, CHANNEL)
        self._troubles = 0
        self.sent = 0

    @property
    def reported(self) -> int:
        """How many texts a delivery report has settled."""
        return self._reports.settled

    def work(self) -> float | None:
        """Everything that is due; seconds until the next is. Raises Down."""
        channel = self._outlet.current()
        if channel is None or self._shop.desk.setup().settings.catch_up.pauses_texts:
            return None
        if self._shop.clock.leap_ms() > 0:
            # Nobody knows yet whether the shop has slept or the clock is wrong.
            return LEAP_S
        while not self._stopping.is_set():
            claimed = self._claim(channel)
            if claimed is None:
                break
            if claimed.said is None:
                self._ask(channel, claimed.message)
            else:
                self._send(channel, claimed.message, claimed.said)
        if not self._stopping.is_set() and self._holds():
            self._reports.collect(channel)
        return self._until_next()

    def stop(self) -> None:
        self._stopping.set()
        self._outlet.cut()

    def close(self) -> None:
        self._outlet.close()

    def _claim(self, channel: Channel) -> Claimed | None:
        if not self._holds() or not self._has_due():
            return None
        with self._shop.desk.act() as act:
            if lanes.current_fence(act.connection) != self._fence:
                return None
            if act.setup.settings.catch_up.pauses_texts:
                return None
            return self._unresolved(act, channel) or self._fresh(act)

    def _has_due(self) -> bool:
        now = self._shop.clock.now()
        with self._shop.database.read() as connection:
            lost = sending.unresolved(connection, CHANNEL, self._fence, now)
            return bool(lost or sending.due(connection, CHANNEL, now, 1))

    def _unresolved(self, act: Transaction, channel: Channel) -> Claimed | None:
        for message in sending.unresolved(act.connection, CHANNEL, self._fence, act.now):
            sending.claim_again(act.connection, message.id, self._fence, act.now)
            if channel.declares is Declares.BLIND:
                self._ledger.settled(act, message, "uncertain", "unknown_outcome")
            elif channel.declares is Declares.FINDABLE or message.not_after <= act.now:
                return Claimed(message, None)
            else:
                return Claimed(message, wording.fields(act, message))
        return None

    def _fresh(self, act: Transaction) -> Claimed | None:
        due = sending.due(act.connection, CHANNEL, act.now, _DUE_AT_ONCE)
        message = pacing.first(due)
        if message is None:
            return None
        sending.claim(act.connection, message.id, self._fence, act.now)
        return Claimed(message, wording.fields(act, message))

    def _send(self, channel: Channel, message: Message, said: TextFields) -> None:
        try:
            text = wording.text(message, said)
        except (LookupError, ValueError):
            # A text without words must not stand in the way of the next one.
            self._record(message, "", GiveUp("no_words"))
            return
        outcome: Outcome = GiveUp("no_phone")
        if message.phone:
            if not self._holds():
                self._leave(message)
                return
            outgoing = OutgoingText(message.uid, message.phone, text, message.not_after)
            outcome = channel.send(outgoing)
        self._record(message, text, outcome)

    def _leave(self, message: Message) -> None:
        """We slept after the claim: nothing has left, and whoever has the lease now sends it."""
        with self._shop.desk.act() as act:
            self._ledger.absent(act, message)

    def _record(self, message: Message, text: str, outcome: Outcome) -> None:
        with self._shop.desk.act() as act:
            if isinstance(outcome, Accepted):
                self.sent += self._ledger.accepted(act, message, text, outcome.provider_id)
            elif isinstance(outcome, GiveUp):
                self._ledger.settled(act, message, "failed", outcome.code)
            elif isinstance(outcome, RetryLater):
                self._ledger.postponed(act, message, outcome)
            else:
                self._ledger.unknown(act, message, outcome.code, down=outcome.down)
        self._judge(outcome)

    def _judge(self, outcome: Outcome) -> None:
        """End the round when it is the gateway, not this one text, that has trouble."""
        if isinstance(outcome, Accepted | GiveUp):
            self._troubles = 0
            return
        self._troubles += 1
        if outcome.down or self._troubles >= _TROUBLES_IN_A_ROW:
            after_s = outcome.after_s if isinstance(outcome, RetryLater) else None
            raise Down(outcome.code, None if after_s is None else min(after_s, _LONGEST_WAIT_S))

    def _ask(self, channel: Channel, message: Message) -> None:
        """What became of a try without a known end; it is not sent again while that is open."""
        found = channel.poll(message.provider_id or message.uid)
        ledger = self._ledger
        with self._shop.desk.act() as act:
            is_late = message.not_after <= act.now
            if found is None and act.now > message.not_after + _LATE_ASKED_MS:
                ledger.settled(act, message, "uncertain", "unknown_outcome")
            elif found is None:
                ledger.unknown(act, message, "not_asked")
            elif found.state == ABSENT and is_late:
                ledger.settled(act, message, "expired", "too_late")
            elif found.state == ABSENT:
                ledger.absent(act, message)
            elif found.state in (DELIVERED, FAILED):
                ledger.settled(act, message, found.state, found.code)
            else:
                self.sent += ledger.accepted(act, message, "", message.provider_id or message.uid)

    def _until_next(self) -> float | None:
        with self._shop.database.read() as connection:
            due = sending.next_due(connection, CHANNEL)
        if due is None:
            return None
        left_s = (due - self._shop.clock.now()) / SECOND_MS
        # Something due that could not be taken (too late, not yet expired): no hurry.
        return left_s if left_s > 0 else 1.0
