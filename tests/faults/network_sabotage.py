"""What the `network` row breaks on purpose, so that it must turn red."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pos_app.channels import http_template, twilio
from pos_app.channels.protocol import ABSENT, Declares, Report
from pos_app.clock import Instant
from pos_app.lanes import texts
from pos_app.lanes.texts import TextsWorker
from pos_app.store import messages, sending, tables
from pos_app.store.messages import Message

SABOTAGES = {
    "repeat-blind": "a blind gateway is asked again after an unknown outcome",
    "ignore-not-after": "what is too late is sent all the same",
    "forget-the-fence": "who has lost the lease goes on sending",
    "no-find": "nobody looks whether the gateway has it before it is sent again",
}


@contextmanager
def broken(name: str) -> Iterator[None]:
    """Break one promise of the program on purpose, and mend it again."""
    kept: list[tuple[Any, str, Any]] = []

    def put(owner: Any, attribute: str, value: Any) -> None:
        kept.append((owner, attribute, getattr(owner, attribute)))
        setattr(owner, attribute, value)

    if name:
        _BREAKS[name](put)
    try:
        yield
    finally:
        for owner, attribute, value in kept:
            setattr(owner, attribute, value)


Put = Callable[[Any, str, Any], None]


def _repeat_blind(put: Put) -> None:
    put(http_template.HttpTemplate, "declares", Declares.KEYED)


def _ignore_not_after(put: Put) -> None:
    put(sending, "expire", lambda _connection, _now: [])
    put(texts, "_is_due", lambda message, now: message.state == "waiting")
    waiting = messages.WITH_PHONE.where(tables.messages.c.state == "waiting")

    def all_due(connection: Any, channel: str, now: Instant, limit: int) -> list[Message]:
        rows = connection.execute(waiting.limit(limit))
        found = [messages.from_row(row) for row in rows]
        return [m for m in found if m.channel == channel and m.next_try_at <= now]

    put(sending, "due", all_due)


def _forget_the_fence(put: Put) -> None:
    put(TextsWorker, "_may_act", lambda _worker, _act: True)


def _no_find(put: Put) -> None:
    put(twilio.Twilio, "find", lambda _channel, _message, _since: Report(ABSENT))


_BREAKS: dict[str, Callable[[Put], None]] = {
    "repeat-blind": _repeat_blind,
    "ignore-not-after": _ignore_not_after,
    "forget-the-fence": _forget_the_fence,
    "no-find": _no_find,
}
