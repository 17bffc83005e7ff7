"""The words of one text, from the order and the shop's texts as they are when it leaves."""

from __future__ import annotations

from pos_app.desk import wording
from pos_app.desk.transaction import Transaction
from pos_app.desk.wording import Saying
from pos_app.store.messages import WRITTEN, Message, words_of


def saying(act: Transaction, message: Message) -> Saying:
    """What the text will say, read in the claim's transaction."""
    order = act.order(message.order_id)
    if message.about == WRITTEN:
        words = words_of(act.connection, message.id)
        return wording.by_hand(act, order, message.channel, words)
    return wording.saying(act, order, message.about, message.channel, message.language)
