"""The owner's lane: he is told how a day was, once on each way that a rule names.

As with guests' texts a claim and its record are short transactions, and nothing is open while the
text leaves. What may have left is repeated on a keyed channel, looked for on a findable one, and
left as `uncertain` on a blind one. The words are made when it leaves.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from pos_app.automation.known import OWNER_CHANNELS
from pos_app.automation.texts import sms_parts
from pos_app.channels.protocol import (
    ABSENT,
    Accepted,
    Channel,
    Declares,
    Findable,
    GiveUp,
    Outcome,
    OutgoingText,
    RetryLater,
)
from pos_app.clock import SECOND_MS, Instant
from pos_app.desk.setup import Setup
from pos_app.desk.transaction import Transaction
from pos_app.lanes import gate
from pos_app.lanes.backoff import delay_s
from pos_app.lanes.lane import always
from pos_app.lanes.outlet import Outlet
from pos_app.lanes.shop import OpenShop
from pos_app.store import lanes, owner_texts, spend
from pos_app.store.database import Database
from pos_app.store.owner_texts import SENDING, SENT, WAITING, OwnerText

ABOUT = "day_summary"
_LOOK_S = 60.0
_LONGEST_WAIT_S = 900.0
_ASK_AGAIN_S = 60.0


class DayTold(Protocol):
    """How a day was: as a letter with its subject, and in one line."""

    @property
    def subject(self) -> str: ...

    @property
    def text(self) -> str: ...

    @property
    def line(self) -> str: ...


DayWords = Callable[[Database, Setup, str], DayTold]
"""Makes the words about a business date (ISO)."""


@dataclass(frozen=True, slots=True)
class _Leaving:
    """One text with its words, on its way out."""

    row: OwnerText
    outgoing: OutgoingText

    @property
    def text_hash(self) -> str:
        return hashlib.sha256(self.outgoing.text.encode()).hexdigest()


class OwnerWorker:
    """Tells under `fence`. `sent` counts what a way out took."""

    def __init__(
        self,
        shop: OpenShop,
        fence: int,
        day_words: DayWords,
        holds: Callable[[], bool] = always,
    ) -> None:
        self._shop = shop
        self._fence = fence
        self._day_words = day_words
        self._holds = holds
        self._stopping = threading.Event()
        self._outlets = {name: Outlet(shop, name) for name in OWNER_CHANNELS}
        self.sent = 0

    def work(self) -> float | None:
        """Everything that is due; seconds until the next is."""
        setup = self._shop.desk.setup()
        if setup.settings.catch_up.pauses_texts or self._shop.clock.leap_ms() > 0:
            return _LOOK_S
        waits: list[float] = []
        for name, outlet in self._outlets.items():
            with self._shop.database.read() as connection:
                due = owner_texts.due(connection, name, self._fence, self._shop.clock.now())
            channel = outlet.current() if due else None
            for row in due:
                if self._stopping.is_set() or not self._holds():
                    return _LOOK_S
                self._take(setup, channel, row)
            with self._shop.database.read() as connection:
                following = owner_texts.next_due(connection, name)
            if following is not None:
                left_s = (following - self._shop.clock.now()) / SECOND_MS
                # What is due and has no way out yet is looked at again when one may be there.
                waits.append(left_s if left_s > 0 else _LOOK_S)
        return min(waits) if waits else None

    def stop(self) -> None:
        self._stopping.set()
        for outlet in self._outlets.values():
            outlet.cut()

    def close(self) -> None:
        for outlet in self._outlets.values():
            outlet.close()

    def _take(self, setup: Setup, channel: Channel | None, row: OwnerText) -> None:
        now = self._shop.clock.now()
        address = setup.settings.owner.address(row.channel)
        if row.state == WAITING and row.not_after <= now:
            self._settle(row, "expired", "too_late")
        elif row.state == WAITING and not address:
            self._settle(row, "failed", "no_address")
        elif row.state == SENDING and (not address or row.not_after <= now):
            self._settle(row, "uncertain", "unknown_outcome")
        elif channel is not None:
            leaving = _Leaving(row, self._outgoing(setup, row, address))
            if row.state == SENDING and channel.declares is not Declares.KEYED:
                self._look_for(channel, leaving)
            else:
                self._send(channel, leaving)

    def _outgoing(self, setup: Setup, row: OwnerText, address: str) -> OutgoingText:
        told = self._day_words(self._shop.database, setup, row.day)
        return OutgoingText(
            row.uid,
            address,
            told.line if row.channel == "sms" else told.text,
            row.not_after,
            about=ABOUT,
            language=setup.settings.shop.language,
            subject=told.subject,
        )

    def _look_for(self, channel: Channel, leaving: _Leaving) -> None:
        """What became of a try whose end nobody knows, by the very words that were sent."""
        row = leaving.row
        if not isinstance(channel, Findable) or leaving.text_hash != row.text_hash:
            self._settle(row, "uncertain", "unknown_outcome")
            return
        found = channel.find(leaving.outgoing, row.tried_at or row.created_at)
        if found is None:
            self._postpone(row, SENDING, "not_asked", _ASK_AGAIN_S)
        elif found.state == ABSENT:
            self._postpone(row, WAITING, "", 0.0)
        else:
            self._settle(row, SENT)

    def _send(self, channel: Channel, leaving: _Leaving) -> None:
        row = leaving.row
        with self._shop.desk.act() as act:
            if lanes.current_fence(act.connection) != self._fence:
                return
            if not owner_texts.claim(act.connection, row, self._fence, act.now, leaving.text_hash):
                return
        if not self._holds():
            # We slept after the claim: nothing has left.
            self._postpone(row, WAITING, "", 0.0)
            return
        self._record(channel, leaving, channel.send(leaving.outgoing))

    def _record(self, channel: Channel, leaving: _Leaving, outcome: Outcome) -> None:
        row = leaving.row
        if isinstance(outcome, Accepted):
            self.sent += self._settle(row, SENT, pays_for=leaving.outgoing.text)
        elif isinstance(outcome, GiveUp):
            self._settle(row, "failed", outcome.code)
        elif isinstance(outcome, RetryLater):
            asked_s = delay_s(row.tries + 1) if outcome.after_s is None else outcome.after_s
            self._postpone(row, WAITING, outcome.code, asked_s)
        elif channel.declares is Declares.BLIND:
            self._settle(row, "uncertain", "unknown_outcome", pays_for=leaving.outgoing.text)
        else:
            self._postpone(row, SENDING, outcome.code, delay_s(row.tries + 1))

    def _settle(self, row: OwnerText, state: str, reason: str = "", *, pays_for: str = "") -> bool:
        with self._shop.desk.act() as act:
            if not owner_texts.settle(act.connection, row, self._fence, act.now, state, reason):
                return False
            if pays_for:
                _pay(act, row, pays_for)
            said = {"day": row.day, "channel": row.channel, "state": state, "code": reason}
            act.record("owner_text_settled", None, said)
            return True

    def _postpone(self, row: OwnerText, state: str, reason: str, after_s: float) -> None:
        pause_s = min(max(after_s, 1.0), _LONGEST_WAIT_S)
        with self._shop.desk.act() as act:
            again_at = Instant(act.now + round(pause_s * SECOND_MS))
            owner_texts.postpone(act.connection, row, self._fence, state, reason, again_at)


def _pay(act: Transaction, row: OwnerText, text: str) -> None:
    """What it has cost, in the month it left; practice costs nothing."""
    if act.setup.identity.practice:
        return
    parts = sms_parts(text) if row.channel == "sms" else 1
    cost = gate.cost_of(act, row.channel, parts)
    spend.add(act.connection, gate.month_of(act), row.channel, ABOUT, parts=parts, cost=cost)
