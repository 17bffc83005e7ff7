"""The lane of one channel: texts that are due leave once and in time; their delivery is asked for.

Claim and record are short transactions; the text goes out with none open. A row that says
`sending` when a round begins had a try whose end nobody knows: a keyed channel gets it again
under the same id, a findable one is asked, a blind one leaves it to a person.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from pos_app.automation.budget import BUDGET
from pos_app.channels.pace import pace_of
from pos_app.channels.protocol import (
    Accepted,
    Channel,
    Declares,
    GiveUp,
    Outcome,
    RetryLater,
    Unknown,
    tells_delivery,
)
from pos_app.clock import SECOND_MS, Instant
from pos_app.desk.transaction import Transaction
from pos_app.desk.wording import Saying
from pos_app.lanes import choice, gate, phones, refusals, wording
from pos_app.lanes.asking import Asker
from pos_app.lanes.choice import Chooser, Next, Worded
from pos_app.lanes.circuit import Circuit
from pos_app.lanes.delivery import DeliveryReports
from pos_app.lanes.lane import Down, always
from pos_app.lanes.ledger import Ledger
from pos_app.lanes.outlet import Outlet
from pos_app.lanes.precedence import Precedence
from pos_app.lanes.shop import OpenShop
from pos_app.lanes.step_classes import StepClasses
from pos_app.lanes.taking import Taking
from pos_app.store import lanes, sending
from pos_app.store import messages as message_rows
from pos_app.store import sent as sent_rows
from pos_app.store.messages import Message

_LONGEST_WAIT_S = 900.0
# Words that surely say that this way has not taken it, about what another one may do better. What
# the guest wants, and “I have had this one” (duplicate), is not among them.
_ANOTHER_MAY = frozenset(
    {
        "no_room", BUDGET, "number_refused", "country_refused", "text_refused",
        "too_long", "rejected", "no_template", "template_refused", "withheld", "window_closed",
    }
)  # fmt: skip
LEAP_S = 1.0
"""So soon a clock that has leapt is looked at again."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that is ours now. `said` None: ask what became of it before anything else.

    `text` None: its words are still to be made, with no transaction open.
    """

    message: Message
    said: Saying | None
    text: Worded | None = None


class TextsWorker:
    """Sends under `fence`. `sent` counts texts that the gateway took.

    `holds` says whether this process surely has the lease; asked before each claim and each call.
    `precedence` is shared with the lanes of the channel's other ways.
    """

    def __init__(
        self,
        shop: OpenShop,
        fence: int,
        outlet: Outlet,
        holds: Callable[[], bool] = always,
        precedence: Precedence | None = None,
    ) -> None:
        self._shop = shop
        self._holds = holds
        self._fence = fence
        self._outlet = outlet
        self._name = outlet.channel_name
        self._stopping = threading.Event()
        self._precedence = precedence or Precedence()
        self._taking = Taking(outlet, self._precedence)
        self._ledger = Ledger(fence, lambda: outlet.way_name)
        self._classes = StepClasses()
        self._chooser = Chooser(shop, self._name, self._taking, self._classes)
        self._asker = Asker(shop, self._ledger)
        self._reports = DeliveryReports(shop, self._name, self._taking)
        self._known: Channel | None = None
        self._circuit = Circuit()
        self._quiet: tuple[Instant, str] | None = None
        self._paced_until: Instant | None = None
        self._sent = 0

    @property
    def _place(self) -> tuple[str, int]:
        return self._name, self._outlet.place

    @property
    def sent(self) -> int:
        return self._sent + self._asker.found

    @property
    def reported(self) -> int:
        """How many texts a delivery report has settled."""
        return self._reports.settled

    def work(self) -> float | None:
        """Everything that is due; seconds until the next is. Raises Down."""
        is_well = False
        try:
            wait_s = self._round()
            is_well = True
        finally:
            self._precedence.let_go(*self._place)
            if not is_well:
                # Who stands behind this way steps in until its lane has waited.
                self._precedence.leave_alone(*self._place)
        return wait_s

    def _round(self) -> float | None:
        channel = self._outlet.current()
        if channel is None or self._shop.desk.setup().settings.catch_up.pauses_texts:
            return None
        if self._shop.clock.leap_ms() > 0:
            # Nobody knows yet whether the shop has slept or the clock is wrong.
            return LEAP_S
        self._meet(channel)
        self._stay_quiet()
        self._precedence.try_again(*self._place)
        while not self._stopping.is_set():
            claimed = self._claim(channel)
            if claimed is None:
                break
            if claimed.said is None:
                self._asker.ask(channel, claimed.message)
            else:
                text = claimed.text or choice.worded(claimed.message, claimed.said)
                self._send(channel, claimed.message, text)
        if not self._stopping.is_set() and tells_delivery(channel) and self._holds():
            self._reports.collect(channel)
        return self._until_next()

    def stop(self) -> None:
        self._stopping.set()
        self._outlet.cut()

    def close(self) -> None:
        self._outlet.close()

    def _meet(self, channel: Channel) -> None:
        """A way out that was set up anew has no past."""
        if channel is not self._known:
            self._known, self._circuit, self._quiet = channel, Circuit(), None

    def _stay_quiet(self) -> None:
        """As long as the gateway has asked for nothing is asked of it. Raises Down."""
        if self._quiet is None:
            return
        until, code = self._quiet
        left_s = (until - self._shop.clock.now()) / SECOND_MS
        if left_s > 0:
            raise Down(code, min(left_s, _LONGEST_WAIT_S))
        self._quiet = None

    def _claim(self, channel: Channel) -> Claimed | None:
        self._paced_until = None
        self._precedence.let_go(*self._place)
        if not self._holds():
            return None
        while not self._stopping.is_set():
            found = self._chooser.look(self._fence, pace_of(channel))
            self._paced_until = found.at
            if not found.has_work:
                return None
            with self._shop.desk.act() as act:
                if not self._may_act(act):
                    return None
                claimed = self._unresolved(act, channel) or self._fresh(act, found)
            if claimed is not None:
                return claimed
        return None

    def _may_act(self, act: Transaction) -> bool:
        if lanes.current_fence(act.connection) != self._fence:
            return False
        return not act.setup.settings.catch_up.pauses_texts

    def _unresolved(self, act: Transaction, channel: Channel) -> Claimed | None:
        connection, way = act.connection, self._taking.way
        unresolved = sending.unresolved(connection, self._name, self._fence, act.now)
        found = self._taking.tried(connection, act.setup, unresolved)
        for message in found.orphans:
            sending.claim_again(connection, message.id, self._fence, act.now, way)
            self._ledger.settled(act, message, "uncertain", "unknown_outcome")
        for message in found.ours:
            self._precedence.take_in_hand(*self._place, message.id)
            tried_at = sending.tried_since(connection, message.id)
            sending.claim_again(connection, message.id, self._fence, act.now, way)
            self._asker.remember(message, tried_at)
            if channel.declares is Declares.BLIND:
                self._ledger.settled(act, message, "uncertain", "unknown_outcome")
            elif channel.declares is Declares.FINDABLE or _is_over(act, message):
                return Claimed(message, None)
            else:
                return Claimed(message, wording.saying(act, message))
        return None

    def _fresh(self, act: Transaction, found: Next) -> Claimed | None:
        for crowded in found.no_room:
            self._refuse(act, crowded, gate.Refusal("dropped", "no_room"))
        for left in found.left_over.stranded:
            refusals.drop(act, left, gate.Refusal("failed", left.reason or "rejected"))
        for left in found.left_over.orphans:
            refusals.drop(act, left, gate.Refusal("uncertain", "unknown_outcome"))
        if found.text is None:
            return None
        message = message_rows.get(act.connection, found.text.message.id)
        if message is None or not _is_due(message, act.now):
            return None
        now = found.text
        if wording.saying(act, message) != now.said:
            # Order or text say something else by now: words are made anew before it is claimed.
            return None
        if not now.text:
            refusals.drop(act, message, gate.Refusal("failed", "no_words"))
            return None
        kind = self._classes.of(act.connection, message)
        if kind.keeps_quiet and refusals.keep_quiet(act, message):
            return None
        refused = gate.refusal(act, message, now.parts, kind.urgency, self._taking.way)
        if refused is not None:
            self._refuse(act, message, refused)
            return None
        self._precedence.take_in_hand(*self._place, message.id)
        sending.claim(
            act.connection,
            message.id,
            self._fence,
            act.now,
            text_hash=now.text_hash,
            parts=now.parts,
            way=self._taking.way,
        )
        ours = replace(message, parts=now.parts, text_hash=now.text_hash)
        return Claimed(ours, now.said, now)

    def _refuse(self, act: Transaction, message: Message, refusal: gate.Refusal) -> None:
        """It ends here, or goes on by a way that has room for it or is cheaper."""
        if refusal.reason in _ANOTHER_MAY and self._may_go_on(act, message):
            self._ledger.passed_by(act, message, refusal.reason)
        else:
            refusals.drop(act, message, refusal)

    def _may_go_on(self, act: Transaction, message: Message) -> bool:
        return self._taking.may_go_on(act.connection, act.setup, message)

    def _send(self, channel: Channel, message: Message, worded: Worded) -> None:
        if not self._holds():
            self._leave(message)
            return
        if not worded.text:
            self._record(channel, message, GiveUp("no_words"))
            return
        leaving = choice.outgoing(message, worded)
        self._asker.keep(leaving)
        outcome = phones.send(self._shop, channel, message, leaving, self._holds)
        if not isinstance(outcome, Unknown):
            self._asker.forget(message)
        self._record(channel, message, outcome)

    def _leave(self, message: Message) -> None:
        """We slept after the claim: nothing has left, and whoever has the lease now sends it."""
        with self._shop.desk.act() as act:
            self._ledger.absent(act, message)

    def _record(self, channel: Channel, message: Message, outcome: Outcome) -> None:
        with self._shop.desk.act() as act:
            if isinstance(outcome, Accepted):
                tells = tells_delivery(channel)
                self._sent += self._ledger.accepted(
                    act, message, outcome.provider_id, tells_delivery=tells
                )
            elif isinstance(outcome, GiveUp):
                refusals.learn(act, message, outcome.code, self._shop.keys)
                if outcome.code in _ANOTHER_MAY and self._may_go_on(act, message):
                    self._ledger.passed_on(act, message, outcome.code)
                else:
                    self._ledger.settled(act, message, "failed", outcome.code)
            elif isinstance(outcome, RetryLater):
                by_others = outcome.down and self._may_go_on(act, message)
                self._ledger.postponed(act, message, outcome, by_others=by_others)
            elif channel.declares is Declares.BLIND:
                self._ledger.settled(act, message, "uncertain", "unknown_outcome")
            else:
                is_findable = channel.declares is Declares.FINDABLE
                self._ledger.unknown(
                    act, message, outcome.code, down=outcome.down, settles=is_findable
                )
        self._judge(outcome)

    def _judge(self, outcome: Outcome) -> None:
        """End the round when it is the gateway, not this one text, that has trouble."""
        if isinstance(outcome, Accepted | GiveUp):
            self._circuit = self._circuit.worked()
            return
        if isinstance(outcome, RetryLater) and outcome.for_number:
            return
        self._circuit = self._circuit.failed(down=outcome.down)
        if self._circuit.is_open:
            after_s = None if isinstance(outcome, Unknown) else outcome.after_s
            if after_s is not None:
                until = self._shop.clock.now() + round(after_s * SECOND_MS)
                self._quiet = (Instant(until), outcome.code)
                after_s = min(after_s, _LONGEST_WAIT_S)
            raise Down(outcome.code, after_s)

    def _until_next(self) -> float | None:
        with self._shop.database.read() as connection:
            due = sending.next_due(connection, self._name)
        now = self._shop.clock.now()
        if due is None or due > now:
            waits = [at for at in (due, self._paced_until) if at is not None]
        else:
            # Something due that could not be taken (too late, not yet expired): no hurry.
            waits = [self._paced_until or Instant(now + SECOND_MS)]
        return max(0.0, (min(waits) - now) / SECOND_MS) if waits else None


def _is_due(message: Message, now: Instant) -> bool:
    return message.state == "waiting" and message.next_try_at <= now < message.not_after


def _is_over(act: Transaction, message: Message) -> bool:
    """Whether it must not be sent any more, so that it is only asked after."""
    return message.not_after <= act.now or sent_rows.is_told(act.connection, message)
