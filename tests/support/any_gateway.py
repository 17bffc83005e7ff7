"""A stand-in for some gateway that nobody knows: it takes any call and says `{"state": "ok"}`."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.support.providers import Provider, Request

SECRET = "gateway-secret-word"


@dataclass
class AnyGateway(Provider):
    """`says` is what the next calls are told, (status, JSON); then it is content."""

    says: list[tuple[int, object]] = field(default_factory=list)
    taken: int = 0

    def is_known(self, request: Request) -> bool:
        return SECRET in request.headers.get("x-key", "") or SECRET in request.target

    def answer(self, request: Request) -> tuple[int, object]:
        if self.says:
            return self.says.pop(0)
        self.taken += 1
        return 200, {"state": "ok", "data": {"messages": [{"id": 700 + self.taken}]}}
