"""Card numbers are masked at the desk's door, whichever screen or command they came by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

from pos_app.domain.cards import masked, may_hold_card
from pos_app.domain.order import Address, Draft, LineDraft


def masked_draft(draft: Draft) -> Draft:
    """`draft` without card numbers in its free texts."""
    if not any(may_hold_card(text) for text in _texts(draft)):
        return draft
    return replace(
        draft,
        lines=tuple(masked_line(line) for line in draft.lines),
        customer=replace(draft.customer, name=masked(draft.customer.name)),
        tags=tuple(masked(tag) for tag in draft.tags),
        allergy=masked(draft.allergy),
        note=masked(draft.note),
        address=None if draft.address is None else _masked_address(draft.address),
        table=masked(draft.table),
        partner=masked(draft.partner),
    )


def _texts(draft: Draft) -> Iterator[str]:
    yield from (draft.customer.name, draft.allergy, draft.note, draft.table, *draft.tags)
    yield draft.partner
    yield from (line.note for line in draft.lines)
    if draft.address is not None:
        yield from (getattr(draft.address, part.name) for part in fields(draft.address))


def masked_line(line: LineDraft) -> LineDraft:
    """`line` without a card number in its note."""
    return replace(line, note=masked(line.note))


def _masked_address(address: Address) -> Address:
    return Address(**{part.name: masked(getattr(address, part.name)) for part in fields(address)})
