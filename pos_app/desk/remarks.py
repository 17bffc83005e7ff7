"""A person's words about an order, as they may be stored: trimmed, not too long, no card number."""

from __future__ import annotations

from pos_app.desk.lines import MAX_TEXT
from pos_app.domain.cards import masked
from pos_app.errors import BadInput


def remark(text: str, field: str) -> str:
    """`text` as it is kept. Raises BadInput naming `field`."""
    kept = masked(text.strip())
    if len(kept) > MAX_TEXT:
        raise BadInput(field, "At most {most} characters", most=MAX_TEXT)
    return kept
