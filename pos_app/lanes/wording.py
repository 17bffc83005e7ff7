"""The words of one text, from the order as it is when the text leaves."""

from __future__ import annotations

from dataclasses import replace

from pos_app.automation.texts import TextFields, render
from pos_app.desk import text_fields
from pos_app.desk.browsers import PUSH
from pos_app.desk.transaction import Transaction
from pos_app.store.messages import Message


def fields(act: Transaction, message: Message) -> TextFields:
    """What the text may say, read in the claim's transaction."""
    order = act.order(message.order_id)
    said = text_fields.fields(act, order, message.about, message.language)
    # A browser opens the page that asked by itself, and no link of it travels.
    return replace(said, link="") if message.channel == PUSH else said


def text(message: Message, said: TextFields) -> str:
    """The text itself, made with no transaction open. Raises LookupError when it says nothing."""
    words = render(message.about, message.language, said)
    if not words:
        raise LookupError(message.about)
    return words
