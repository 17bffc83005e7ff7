"""Which text of a channel leaves next, with its words: read with nothing locked.

The words are made before the claim, so that the claim knows how many parts they are and what
they cost. Whoever claims looks whether they are still true.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from pos_app.automation.texts import sms_parts
from pos_app.channels.letter_html import letter_html
from pos_app.channels.pace import Pace
from pos_app.channels.protocol import OutgoingText
from pos_app.clock import SECOND_MS, Instant
from pos_app.desk.transaction import Transaction
from pos_app.desk.wording import Saying
from pos_app.lanes import pacing, wording
from pos_app.lanes.pacing import Left
from pos_app.lanes.shop import OpenShop
from pos_app.lanes.step_classes import StepClasses
from pos_app.lanes.taking import NOTHING, Shared, Taking
from pos_app.store import sending, sent
from pos_app.store.messages import Message

_AT_ONCE = 200
_UNSAID = 1


@dataclass(frozen=True, slots=True)
class Worded:
    """A message with its words; `text` empty where there are none for it."""

    message: Message
    said: Saying
    text: str

    @property
    def parts(self) -> int:
        return parts_of(self.message.channel, self.text)

    @property
    def text_hash(self) -> str:
        return hashed(self.text)


@dataclass(frozen=True, slots=True)
class Next:
    """What a look has found. `at`: when the pace lets the next one go; `no_room`: none in time.

    `left_over`: waiting texts that no way takes any more.
    """

    text: Worded | None
    at: Instant | None
    no_room: tuple[Message, ...]
    lost: bool
    left_over: Shared = NOTHING

    @property
    def has_work(self) -> bool:
        """Whether a transaction is worth beginning."""
        over = self.left_over
        return bool(self.text or self.no_room or self.lost or over.orphans or over.stranded)


def parts_of(channel: str, text: str) -> int:
    """Only an SMS comes in parts; a chat message or a letter is one."""
    return sms_parts(text) if channel == "sms" else 1


def hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Chooser:
    """Looks at one channel. Remembers how long texts are that have no place yet."""

    def __init__(
        self, shop: OpenShop, channel_name: str, taking: Taking, classes: StepClasses
    ) -> None:
        self._shop = shop
        self._classes = classes
        self._name = channel_name
        self._taking = taking
        self._parts: dict[int, int] = {}

    def look(self, fence: int, pace: Pace) -> Next:
        """The next text, and whether a try without a known end asks first."""
        now = self._shop.clock.now()
        setup = self._shop.desk.setup()
        with self._shop.database.read() as connection:
            look = Transaction(connection, setup, now, "", "")
            unresolved = sending.unresolved(connection, self._name, fence, now)
            tried = self._taking.tried(connection, setup, unresolved)
            lost = bool(tried.ours or tried.orphans)
            waiting = sending.due(connection, self._name, now, _AT_ONCE)
            shared = self._taking.waiting(connection, setup, waiting)
            due = shared.ours
            left = self._left(look, pace) if due else []
            if len(due) > 1 and pace.parts:
                self._measure(look, due)
            urgency = {m.id: self._classes.of(connection, m).urgency for m in due}
            found = pacing.plan(
                due,
                pace,
                left,
                now,
                lambda m: self._parts.get(m.id, _UNSAID),
                lambda m: urgency[m.id],
            )
            said = None if found.now is None else wording.saying(look, found.now)
        if lost or found.now is None or said is None:
            return Next(None, found.at, found.no_room, lost, shared)
        return Next(worded(found.now, said), found.at, found.no_room, lost, shared)

    def _left(self, look: Transaction, pace: Pace) -> list[Left]:
        span_ms = round(max(pace.window_s, pace.to_s) * SECOND_MS)
        if not span_ms:
            return []
        since = Instant(look.now - span_ms)
        left = sent.history(look.connection, self._name, since)
        found = self._taking.left(look.connection, look.setup, left)
        return [Left(m.sent_at or look.now, max(1, m.parts), m.address) for m in found]

    def _measure(self, look: Transaction, due: Sequence[Message]) -> None:
        """How many parts each due text has, so that the plan gives it a place of its size."""
        kept = {m.id: self._parts[m.id] for m in due if m.id in self._parts}
        for message in due:
            if message.id not in kept:
                kept[message.id] = worded(message, wording.saying(look, message)).parts
        self._parts = kept


def worded(message: Message, said: Saying) -> Worded:
    """The message with its words; without any it does not stand in the way of the next one."""
    return Worded(message, said, said.text)


def outgoing(message: Message, worded: Worded) -> OutgoingText:
    """What the channel is given; the subject is for ways out that have a place for one."""
    said, is_letter = worded.said, message.channel == "mail"
    return OutgoingText(
        message.uid,
        message.address,
        worded.text,
        message.not_after,
        about=message.about,
        language=message.language,
        subject=said.subject,
        html=letter_html(worded.text, said.fields.link, message.language) if is_letter else "",
        link=said.fields.link,
    )
