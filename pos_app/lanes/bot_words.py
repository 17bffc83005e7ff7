"""What the shop's bot says in a chat, from the store as it is now and in the guest's language."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pos_app.channels import telegram_answers as answers
from pos_app.channels.telegram_answers import PageWords
from pos_app.desk import page_facts
from pos_app.desk.guest_chats import Heard, Opened, Opening
from pos_app.domain.order import Order
from pos_app.lanes.shop import OpenShop
from pos_app.lanes.snapshots import order_snapshot
from pos_app.language import LANGUAGES, Texts
from pos_app.store import orders
from pos_app.wire.snapshots import OrderSnapshot


class BotWords:
    """`page_words` gives the tracking page's own words, when they are first needed."""

    def __init__(self, shop: OpenShop, page_words: Callable[[], PageWords]) -> None:
        self._shop = shop
        self._page_words = page_words

    def opened(self, found: Opened, language: str) -> str:
        """To a guest who came with a word."""
        if found.order_id is not None:
            return self._about([found.order_id], language, is_new=True)
        texts, phone = self._texts(language), self._phone()
        if found.what is Opening.USED:
            return answers.used_by_another(texts, phone)
        return answers.used_up(texts, phone)

    def where(self, order_ids: Sequence[int], language: str) -> str:
        """Where the orders are of a guest who asks."""
        if order_ids:
            return self._about(order_ids, language, is_new=False)
        return answers.nothing_known(self._texts(language), self._phone())

    def wrote(self, found: Heard, language: str) -> str:
        """To a guest who wrote what a person should read."""
        texts, phone = self._texts(language), self._phone()
        if found is Heard.TOLD:
            return answers.passed_on(texts, phone)
        if found is Heard.FULL:
            return answers.too_many_wait(texts, phone)
        return answers.nothing_known(texts, phone)

    def stopped(self, language: str) -> str:
        return answers.stopped(self._texts(language))

    def started(self, language: str) -> str:
        return answers.started(self._texts(language))

    def helped(self, language: str) -> str:
        return answers.helped(self._texts(language), self._phone())

    def only_words(self, language: str) -> str:
        return answers.only_words(self._texts(language), self._phone())

    def enough(self, language: str) -> str:
        """To a chat that writes without end."""
        return answers.enough(self._texts(language), self._phone())

    def _about(self, order_ids: Sequence[int], language: str, *, is_new: bool) -> str:
        setup, words = self._shop.desk.setup(), self._page_words()
        say = answers.welcome if is_new else answers.standing
        zone = setup.settings.shop.zone
        return "\n\n".join(
            say(snapshot, zone, self._texts(language, order), words)
            for order, snapshot in self._snapshots(order_ids, setup.identity.epoch)
        )

    def _snapshots(self, order_ids: Sequence[int], epoch: int) -> list[tuple[Order, OrderSnapshot]]:
        with self._shop.database.read() as connection:
            found = orders.load_many(connection, list(order_ids))
            facts = page_facts.of_orders(connection, found.values())
        return [
            (order, order_snapshot(order, facts[order_id], [], epoch))
            for order_id, order in sorted(found.items())
        ]

    def _texts(self, language: str, order: Order | None = None) -> Texts:
        """What his phone speaks if we do, else the order's language, else the shop's."""
        spoken = language.partition("-")[0].lower()
        if spoken in LANGUAGES:
            return Texts(spoken)
        if order is not None and order.customer.language in LANGUAGES:
            return Texts(order.customer.language)
        return Texts(self._shop.desk.setup().settings.shop.language)

    def _phone(self) -> str:
        return self._shop.desk.setup().settings.shop.phone
