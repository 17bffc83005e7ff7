"""What a guest does in his chat with the bot, as the shop takes it.

A chat that was opened with a word belongs to that one order: who found a slip hears about it and
can stop its texts, and about nothing else of its guest.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.clock import DAY_MS, Instant
from pos_app.desk import chats, nameless, wishes
from pos_app.desk.chats import TELEGRAM
from pos_app.desk.rule_acts import TASK_OPENED
from pos_app.desk.transaction import Transaction
from pos_app.domain import start_words
from pos_app.domain.cards import masked
from pos_app.domain.order import Order
from pos_app.domain.workflow import has_ended
from pos_app.language import Texts
from pos_app.receipts.printable import printable
from pos_app.store import contacts, erasing, opt_in_words, opt_outs, orders, tasks
from pos_app.store.database import Connection

LONGEST_SAID = 300
MOST_OPEN = 5
"""So many messages of one guest wait for a person; then he is asked to call."""
MOST_TOLD = 3
TOLD_AFTER_END_MS = DAY_MS


class Opening(StrEnum):
    """What a word has done. `again`: this very chat had opened the order with it before."""

    JOINED = "joined"
    AGAIN = "again"
    USED = "used"
    UNKNOWN = "unknown"


class Heard(StrEnum):
    """What became of a guest's words: a person sees them, too many wait, or he has no order."""

    TOLD = "told"
    FULL = "full"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Opened:
    """`order_id` None unless the chat hears about that order now."""

    what: Opening
    order_id: int | None = None


def opened(act: Transaction, address: str, word: str, language: str, store_key: bytes) -> Opened:
    """Join a chat to the word's order, once. `language` is what his phone speaks, or empty."""
    word_hash = start_words.word_hash(word)
    known = opt_in_words.find(act.connection, word_hash, TELEGRAM)
    if known is None:
        return Opened(Opening.UNKNOWN)
    order = act.order(known.order_id)
    if known.used_at is not None:
        is_his = order.id in _order_ids(act.connection, address)
        return Opened(Opening.AGAIN, order.id) if is_his else Opened(Opening.USED)
    if act.now >= start_words.good_until(known.made_at, order.promised_at):
        return Opened(Opening.UNKNOWN)
    people_id = _guest(act, order, language)
    if people_id is None:
        return Opened(Opening.UNKNOWN)
    opt_in_words.use(act.connection, word_hash, act.now)
    # Who stopped once and opens a chat again wants to hear after all.
    if act.setup.address_key is not None:
        wishes.opt_in_again(act, address, TELEGRAM, "reply", store_key)
    wishes.add_contact(act, people_id, TELEGRAM, address, order.id)
    chats.tell_page(act, order.id)
    return Opened(Opening.JOINED, order.id)


def told(connection: Connection, address: str, now: Instant) -> list[int]:
    """The orders that a chat asks about: the open ones, else the last if it ended just now."""
    found = _orders(connection, address)
    still = [order.id for order in found if not has_ended(order.kind)]
    if still:
        return still[-MOST_TOLD:]
    ended = [
        order.id
        for order in found
        if order.times.ended_at is not None and now - order.times.ended_at < TOLD_AFTER_END_MS
    ]
    return ended[-1:]


def wrote(act: Transaction, address: str, text: str) -> Heard:
    """A person is to read what a guest wrote; it stands with the order he is here for."""
    found = _orders(act.connection, address)
    if not found:
        return Heard.NOBODY
    order = next((one for one in reversed(found) if not has_ended(one.kind)), found[-1])
    if tasks.open_of_kind(act.connection, tasks.WROTE, order.id) >= MOST_OPEN:
        return Heard.FULL
    task_id = tasks.add(
        act.connection,
        kind=tasks.WROTE,
        order_id=order.id,
        people_id=order.people_id,
        said=_readable(text, act.setup.settings.shop.language),
        now=act.now,
    )
    act.record(TASK_OPENED, order.id, {"task_id": task_id})
    return Heard.TOLD


def stopped(act: Transaction, address: str, store_key: bytes) -> bool:
    """Nothing goes to this chat any more; False when that was so already, or never otherwise."""
    if not _order_ids(act.connection, address):
        return False
    key = act.setup.address_key
    if key is not None and opt_outs.stand(act.connection, key, [address]):
        return False
    wishes.opt_out(act, address, TELEGRAM, "reply", store_key)
    return True


def started(act: Transaction, address: str, store_key: bytes) -> bool:
    """Whether a chat that had stopped wants to hear again."""
    if act.setup.address_key is None:
        return False
    return wishes.opt_in_again(act, address, TELEGRAM, "reply", store_key)


def left(act: Transaction, address: str) -> None:
    """The guest has blocked the bot: his chat is no way to him any more, others stay."""
    for order_id in _order_ids(act.connection, address):
        act.record("contact_removed", order_id, {"channel": TELEGRAM})
    contacts.remove_address(act.connection, TELEGRAM, address)


def _guest(act: Transaction, order: Order, language: str) -> int | None:
    """Whose chat it is; None for a guest who has been forgotten."""
    if order.people_id is not None and not erasing.exists(act.connection, order.people_id):
        return None
    return nameless.guest_of(act, order, language)


def _order_ids(connection: Connection, address: str) -> list[int]:
    known = contacts.at_address(connection, TELEGRAM, address)
    return [one.order_id for one in known if one.order_id is not None]


def _orders(connection: Connection, address: str) -> list[Order]:
    """The orders of a chat, oldest first."""
    found = orders.load_many(connection, _order_ids(connection, address))
    return [found[order_id] for order_id in sorted(found)]


def _readable(text: str, language: str) -> str:
    """A guest's words for a screen: one line, no sign that deceives, no card number, not endless.

    More is cleaned than is shown: signs that are dropped must not eat the words behind them.
    """
    words = masked(printable(text, Texts(language)))
    return words if len(words) <= LONGEST_SAID else f"{words[: LONGEST_SAID - 1].rstrip()}…"
