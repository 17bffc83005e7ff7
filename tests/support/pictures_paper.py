"""Every form on paper, at both widths, as the printer gets it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pos_app.domain.order import Address, ChangeKind, Customer, TicketChange
from pos_app.domain.workflow import Fulfilment
from pos_app.receipts import (
    Layout,
    changes_layout,
    delivery_layout,
    kitchen_layouts,
    slip_layout,
    stand_in,
    stub_layout,
    to_png,
)
from tests.receipts.orders import CHAT_URL, HOSTED_URL, STATIONS, line, modifier, order, shop


def paper(language: str) -> Iterator[tuple[str, bytes]]:
    """Names and PNG pictures."""
    for width_mm in (58, 80):
        for name, layout in _forms(language, width_mm):
            yield f"paper-{name}-{width_mm}mm", to_png(layout)


def _forms(language: str, width_mm: int) -> Iterator[tuple[str, Layout]]:
    basil = modifier({"en": "extra basil", "uk": "більше базиліку"})
    lines = (
        line(1, {"en": "Margherita", "uk": "Маргарита"}, 22000, quantity=2, modifiers=(basil,)),
        line(
            2,
            {"en": "Dumplings with potato and mushrooms", "uk": "Вареники з картоплею та грибами"},
            14500,
            note="no dill" if language == "en" else "без кропу",
            station_id=1,
        ),
    )
    taken = order(
        *lines,
        fulfilment=Fulfilment.DELIVERY,
        customer=Customer("Олександра-Вікторія", "+380671234567", language),
        address=Address("вул. Саксаганського, 41", "2", "5", "48к", "Ring twice"),
        allergy="nuts" if language == "en" else "горіхи",
    )
    info = shop(language, width_mm)
    yield "slip", slip_layout(taken, info, HOSTED_URL)
    yield "slip-chat", slip_layout(taken, info, CHAT_URL)
    yield "slip-copy", slip_layout(taken, info, HOSTED_URL, True)
    for station_id, layout in kitchen_layouts(taken, STATIONS, info):
        yield f"kitchen-{station_id}", layout
    changes = [TicketChange(kind, 2, dish.names) for kind, dish in zip(ChangeKind, lines)]  # noqa: B905
    yield "changes", changes_layout(taken, 2, changes, STATIONS, info)
    yield "stub", stub_layout(taken, info)
    yield "delivery", delivery_layout(taken, info, HOSTED_URL)
    held = replace(taken, fulfilment=Fulfilment.PICKUP, address=None, allergy="")
    yield "stand-in", stand_in(stub_layout(held, info), info, "Kitchen")
