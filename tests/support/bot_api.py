"""A stateful stand-in for Telegram's Bot API, by its public description.

It knows one bot, chats that have opened it, those that blocked it, and holds updates until they
are confirmed by an offset. A long poll waits for the next update.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any

from tests.support.receiver import Receiver, Reply, Request, saying

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@dataclass
class BotApi(Receiver):
    """`puts_off`: how many of the next texts are answered 429."""

    token: str = TOKEN
    name: str = "trattoria_bot"
    opened: set[int] = field(default_factory=set)
    blocked: set[int] = field(default_factory=set)
    sent: list[dict[str, Any]] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    arrived: threading.Condition = field(default_factory=threading.Condition)
    last_update: int = 100
    puts_off: int = 0

    def hears(self, content: dict[str, Any]) -> int:
        """Something happens to the bot, such as `{"message": …}`; returns its update's id."""
        with self.arrived:
            self.last_update += 1
            self.updates.append({"update_id": self.last_update, **content})
            self.arrived.notify_all()
            return self.last_update

    def reply(self, request: Request) -> Reply:
        known, method = f"/bot{self.token}/", request.path.rpartition("/")[2]
        if not request.path.startswith(known):
            return refused(401, "Unauthorized")
        if method == "getMe":
            return saying({"ok": True, "result": {"id": 1, "is_bot": True, "username": self.name}})
        if method == "sendMessage":
            return self._send(request.json())
        if method == "getUpdates":
            return self._updates(request.json())
        return refused(404, "Not Found")

    def _send(self, wanted: dict[str, Any]) -> Reply:
        chat_id, text = wanted["chat_id"], wanted["text"]
        if "parse_mode" in wanted or "entities" in wanted:
            return refused(400, "Bad Request: can't parse entities")
        if self.puts_off:
            self.puts_off -= 1
            return refused(429, "Too Many Requests: retry after 3", retry_after=3)
        if chat_id not in self.opened:
            return refused(400, "Bad Request: chat not found")
        if chat_id in self.blocked:
            return refused(403, "Forbidden: bot was blocked by the user")
        if not text:
            return refused(400, "Bad Request: message text is empty")
        if len(text.encode("utf-16-le")) > 2 * 4096:
            return refused(400, "Bad Request: message is too long")
        self.sent.append(wanted)
        return saying({"ok": True, "result": {"message_id": len(self.sent), "text": text}})

    def _updates(self, wanted: dict[str, Any]) -> Reply:
        offset = wanted.get("offset", 0)
        with self.arrived:
            self.offsets.append(offset)
            self.updates = [kept for kept in self.updates if kept["update_id"] >= offset]
            self._wait(wanted["timeout"])
            return saying({"ok": True, "result": self.updates[: wanted["limit"]]})

    def _wait(self, patience_s: float) -> None:
        """Until something comes, the test ends, or the caller's patience does."""
        deadline = time.monotonic() + patience_s
        while not self.updates and not self.ended.is_set() and time.monotonic() < deadline:
            self.arrived.wait(0.05)


def refused(code: int, description: str, **parameters: object) -> Reply:
    """As the Bot API says no."""
    body: dict[str, object] = {"ok": False, "error_code": code, "description": description}
    if parameters:
        body["parameters"] = parameters
    return saying(body, code)


def message(chat_id: int, text: str, **more: object) -> dict[str, Any]:
    """What a guest wrote, as an update's content."""
    return {
        "message": {
            "message_id": 7,
            "date": 1_795_455_120,
            "from": {"id": chat_id, "is_bot": False, "first_name": "Olena", "language_code": "uk"},
            "chat": {"id": chat_id, "type": "private", "first_name": "Olena"},
            "text": text,
            **more,
        }
    }
