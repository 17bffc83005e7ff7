"""The bot against a Bot API that others wrote: npm's `telegram-test-api`, as a process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from pos_app.channels.protocol import Accepted, OutgoingText
from pos_app.channels.setups_direct import TelegramSetup
from pos_app.channels.telegram import Telegram
from pos_app.channels.telegram_bot import Opted, Page, Said, TelegramInbox
from pos_app.clock import Instant
from pos_app.domain.start_words import word_of
from tests.support.bot_api import TOKEN
from tests.support.ports import free_port
from tests.support.processes import Process

SERVER = Path(__file__).resolve().parents[1] / "support" / "node" / "bot_api.cjs"
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


@pytest.mark.timeout(120)
def test_a_guest_opens_the_bot_asks_and_is_answered() -> None:
    word = word_of(bytes(32), "one order")
    with bot_api() as url:
        guest, setup = Guest(url), TelegramSetup("trattoria_bot", url, lan=True)
        channel, inbox = Telegram(setup, TOKEN), TelegramInbox(setup, TOKEN)
        guest.writes(f"/start {word}")
        guest.writes("Де моє замовлення? <b>*_")
        read = inbox.read(None, poll_s=0)
        assert isinstance(read, Page)
        opted, said = read.entries
        assert isinstance(opted, Opted)
        assert isinstance(said, Said)
        assert (opted.chat_id, opted.word, opted.language) == (GUEST, word, "uk")
        assert (said.chat_id, said.text) == (GUEST, "Де моє замовлення? <b>*_")
        assert read.next_offset == said.update_id + 1
        assert inbox.read(read.next_offset, poll_s=0) == Page((), None)
        text = "Замовлення A43: <b>готове</b> *_ 🍕"
        message = OutgoingText("018f", str(opted.chat_id), text, Instant(1_795_464_000_000))
        assert isinstance(channel.send(message), Accepted)
        assert guest.reads() == [text]
        channel.close()
        inbox.close()
