"""The gateways of the `network` row: stateful, and each remembers when it took what."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass, field
from typing import Any, Protocol

from pos_app.clock import Clock, Instant
from tests.support.any_gateway import AnyGateway
from tests.support.gateway import Gateway
from tests.support.providers import Request
from tests.support.twilio_account import TwilioAccount


@dataclass(frozen=True)
class Took:
    """One text as a guest got it. `uid` is ours where the gateway is told it."""

    uid: str
    to: str
    text: str
    at: Instant


class Place(Protocol):
    """What the row asks of a gateway."""

    took: list[Took]
    asleep: str
    plan: deque[str]


@dataclass
class Phone(Gateway):
    """Keyed: the same id twice is one text."""

    clock: Clock = field(kw_only=True)
    took: list[Took] = field(default_factory=list)

    @property
    def asleep(self) -> str:
        return self.always

    @asleep.setter
    def asleep(self, step: str) -> None:
        self.always = step

    def take(self, message: dict[str, Any]) -> bool:
        is_new = super().take(message)
        if is_new:
            text = message["textMessage"]["text"]
            to = message["phoneNumbers"][0]
            self.took.append(Took(message["id"], to, text, self.clock.now()))
        return is_new


@dataclass
class Account(TwilioAccount):
    """Findable: it takes everything, and tells what it has."""

    took: list[Took] = field(default_factory=list)
    asleep: str = ""

    def note(self, request: Request) -> str:
        return super().note(request) or self.asleep

    def add(self, to: str, body: str, direction: str = "outbound-api") -> dict[str, Any]:
        self.took.append(Took("", to, body, self.clock.now()))
        return super().add(to, body, direction)


@dataclass
class Silent(AnyGateway):
    """Blind: it takes everything and can be asked nothing."""

    clock: Clock = field(kw_only=True)
    took: list[Took] = field(default_factory=list)
    asleep: str = ""

    def note(self, request: Request) -> str:
        return super().note(request) or self.asleep

    def answer(self, request: Request) -> tuple[int, object]:
        said = json.loads(request.body)
        self.took.append(Took(said["ref"], said["to"], said["text"], self.clock.now()))
        return super().answer(request)
