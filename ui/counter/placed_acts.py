"""What can be done with an order right after it was placed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos_app.bootstrap import Shop
from pos_app.clock import Instant
from pos_app.desk.handover_desk import UNPAID
from pos_app.domain.order import Draft, Order
from ui.background import Background
from ui.notices import Notices, Tone
from ui.words import _


@dataclass(frozen=True, slots=True)
class PlacedOrder:
    """`undo_until` None once the grace is over for good; `seq` names the act to undo."""

    order: Order
    tracking_url: str | None
    seq: int | None
    undo_until: Instant | None


def place(shop: Shop, draft: Draft) -> PlacedOrder:
    """Place `draft` and read what the panel shows. Never on the UI thread."""
    placed = shop.desk.place(draft)
    undoable = {undo.seq: undo.until for undo in shop.desk.undoable()}
    until = undoable.get(placed.seq) if placed.seq is not None else None
    return PlacedOrder(placed.order, shop.desk.tracking_url(placed.order.id), placed.seq, until)


def undo_place(
    shop: Shop,
    background: Background,
    notices: Notices,
    placed: PlacedOrder,
    then: Callable[[], object],
) -> None:
    """Take the order back while its grace runs."""

    def undone(_order: object) -> None:
        said = _("{number} is undone; nobody was told.").format(number=placed.order.number)
        notices.say(said, tone=Tone.GOOD)
        then()

    background.act("undo placing", lambda: shop.desk.undo(placed.order.id, placed.seq), undone)


def serve_now(
    shop: Shop,
    background: Background,
    notices: Notices,
    placed: PlacedOrder,
    then: Callable[[], object],
) -> None:
    """Drinks go over the counter at once; who has not paid yet owes it."""
    order, unpaid = placed.order, UNPAID if placed.order.due else None

    def served(_order: object) -> None:
        notices.say(_("{number} is served.").format(number=order.number), tone=Tone.GOOD)
        then()

    background.act("serve at once", lambda: shop.desk.handover.serve_now(order.id, unpaid), served)
