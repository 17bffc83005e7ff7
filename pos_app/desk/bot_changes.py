"""What follows when the shop's bot comes, changes or goes: words, pages, and rules that use it."""

from __future__ import annotations

from pos_app.automation.pack import WITH_BOT, ready_rule
from pos_app.desk import chats, rule_saving
from pos_app.desk.chats import TELEGRAM
from pos_app.desk.transaction import Transaction
from pos_app.store import opt_in_words, orders, rules


def follow(act: Transaction) -> None:
    """Open orders get words, their pages the link; without a bot the pages lose it."""
    if act.setup.bot:
        for order_id in opt_in_words.open_orders_without(act.connection, TELEGRAM):
            chats.mint(act, order_id, act.order(order_id).uid)
        _switch_on_rules(act)
    open_ids = orders.open_ids(act.connection)
    for order_id in opt_in_words.with_unused(act.connection, open_ids, TELEGRAM):
        chats.tell_page(act, order_id)


def _switch_on_rules(act: Transaction) -> None:
    """Once: what a manager has switched off, changed or deleted since stays as it is."""
    for name in WITH_BOT:
        rule = ready_rule(name, act.setup.settings.shop.language)
        if rule is not None and rules.latest(act.connection, rule.id) is None:
            rule_saving.save(act, rule, on=True, origin="pack")
