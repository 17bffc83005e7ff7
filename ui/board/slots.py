"""What a column holds: one slot per card, or several for a ticket that needs more than one."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap

from pos_app.domain.board import Band, place_on_board
from ui.board.layout import CardLayout

GAP_PX = 12
SortKey = tuple[bool, bool, int, int, int]
_BODIES_BYTES = 16_000_000


class Slot:
    """One card of a column. A new version of the card is a new slot."""

    __slots__ = ("body_band", "key", "layout", "size")

    def __init__(self, layout: CardLayout) -> None:
        order = layout.content.order
        self.layout = layout
        self.size = QSize(layout.width, layout.height + GAP_PX)
        # The same order on every screen, and a ticket never overtakes another because time passes.
        self.key: SortKey = (*place_on_board(order), layout.part)
        self.body_band: Band | None = None

    @property
    def order_id(self) -> int:
        return self.layout.content.order.id


class Bodies:
    """Painted cards, as many as fit: what does not change each second is painted once."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Slot, tuple[Band, float, QPixmap]] = OrderedDict()
        self._bytes = 0

    def get(self, slot: Slot, band: Band, ratio: float) -> QPixmap | None:
        found = self._kept.get(slot)
        if found is None or found[0] is not band or found[1] != ratio:
            return None
        self._kept.move_to_end(slot)
        return found[2]

    def keep(self, slot: Slot, band: Band, ratio: float, body: QPixmap) -> None:
        self.drop(slot)
        self._kept[slot] = (band, ratio, body)
        self._bytes += _bytes_of(body)
        while self._bytes > _BODIES_BYTES * ratio * ratio and len(self._kept) > 1:
            self.drop(next(iter(self._kept)))

    def drop(self, slot: Slot) -> None:
        found = self._kept.pop(slot, None)
        if found is not None:
            self._bytes -= _bytes_of(found[2])


def _bytes_of(body: QPixmap) -> int:
    return body.width() * body.height() * 4
