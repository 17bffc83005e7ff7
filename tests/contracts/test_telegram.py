"""The bot against a Bot API that others wrote: npm's `telegram-test-api`, as a process."""

from __future__ import annotations

import pytest

from pos_app.channels.protocol import Accepted, OutgoingText
from pos_app.channels.setups_direct import TelegramSetup
from pos_app.channels.telegram import Telegram
from pos_app.channels.telegram_bot import Opted, Page, Said, TelegramInbox
from pos_app.clock import Instant
from pos_app.domain.start_words import word_of
from tests.support.bot_api import TOKEN
from tests.support.telegram_server import GUEST, Guest, bot_api


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
