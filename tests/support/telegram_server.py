"""A Bot API that others wrote (npm's `telegram-test-api`) as a process, and a guest of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.support.bot_api import TOKEN
from tests.support.ports import free_port
from tests.support.processes import Process

SERVER = Path(__file__).with_name("node") / "bot_api.cjs"
GUEST = 4_242_424_242


@dataclass
class Guest:
    """The guest's side, by the server's own interface for clients."""

    url: str

    def writes(self, text: str) -> None:
        name = {"id": GUEST, "first_name": "Olena", "username": "olena"}
        content: dict[str, Any] = {
            "botToken": TOKEN,
            "date": 1_795_455_120,
            "from": {**name, "is_bot": False, "language_code": "uk"},
            "chat": {**name, "type": "private"},
            "text": text,
        }
        if not text.startswith("/"):
            return self._post("/sendMessage", content)
        length = len(text.partition(" ")[0])
        content["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return self._post("/sendCommand", content)

    def reads(self) -> list[str]:
        wanted = {"token": TOKEN, "chatId": GUEST}
        answer = httpx.post(f"{self.url}/getUpdates", json=wanted, timeout=10)
        return [update["message"]["text"] for update in answer.json()["result"]]

    def _post(self, path: str, content: dict[str, Any]) -> None:
        httpx.post(f"{self.url}{path}", json=content, timeout=10).raise_for_status()


@contextmanager
def bot_api() -> Iterator[str]:
    port = free_port()
    with Process(["node", str(SERVER), str(port)], name="bot api") as server:
        server.line("listening", 60)
        yield f"http://127.0.0.1:{port}"
        assert server.stop_by_input() == 0
