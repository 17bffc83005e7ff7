"""What rules have said about an order, by rule, step and event."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from pos_app.store.tables import messages


@dataclass(frozen=True, slots=True)
class RuleMessage:
    """A message's rule and step, the event that it answers, and how it stands now."""

    rule_id: str
    step_id: str
    occasion: int
    leg: int
    channel: str
    state: str
    reason: str


def of_order(connection: Connection, order_id: int) -> list[RuleMessage]:
    """Everything that rules wanted said, the later legs behind the earlier."""
    query = (
        select(*(messages.c[name] for name in RuleMessage.__dataclass_fields__))
        .where(messages.c.order_id == order_id, messages.c.rule_id != "")
        .order_by(messages.c.id, messages.c.leg)
    )
    return [RuleMessage(**row._asdict()) for row in connection.execute(query)]
