"""From the change feed to signals: what changed, read again in the background, then shown.

Changes may come from any thread, also from lanes and other processes; ids that change while a
reading is under way are read once more, together.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.bootstrap import Shop
from pos_app.changes import (
    Change,
    LanesChanged,
    MenuChanged,
    MessagesChanged,
    OrdersChanged,
    SettingsChanged,
)
from pos_app.desk.reading import Card
from pos_app.errors import OrderbellError
from ui.background import Background

# A screen shows its own act from the act's answer; the reading beside it must not compete with that
# repaint, and changes that come together are read together.
GATHER_MS = 10
AGAIN_MS = 1_000


class Bridge(QObject):
    """`cards_changed` carries `dict[int, Card]` of the orders that changed."""

    cards_changed = Signal(object)
    setup_changed = Signal()
    lanes_changed = Signal()
    _heard = Signal(object)

    def __init__(self, shop: Shop, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shop = shop
        self._background = background
        self._waiting: set[int] = set()
        self._reading = False
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.timeout.connect(self._read)
        self._heard.connect(self._on_heard)
        self._unsubscribe = shop.feed.subscribe(self._heard.emit)

    @property
    def busy(self) -> bool:
        """Whether something that was heard has not been shown yet."""
        return self._reading or bool(self._waiting)

    def close(self) -> None:
        self._unsubscribe()
        self._gather.stop()

    def _on_heard(self, change: Change) -> None:
        if isinstance(change, OrdersChanged):
            self._want(change.ids)
        elif isinstance(change, MessagesChanged):
            self._want(change.order_ids)
        elif isinstance(change, SettingsChanged | MenuChanged):
            self.setup_changed.emit()
        elif isinstance(change, LanesChanged):
            self.lanes_changed.emit()

    def _want(self, ids: tuple[int, ...]) -> None:
        self._waiting.update(ids)
        if self._waiting and not self._reading and not self._gather.isActive():
            self._gather.start(GATHER_MS)

    def _read(self) -> None:
        if not self._reading and self._waiting:
            self._reading = True
            wanted = sorted(self._waiting)
            self._waiting.clear()
            self._background.read(
                "read changed orders",
                lambda: self._shop.desk.cards(wanted),
                self._show,
                partial(self._try_later, wanted),
            )

    def _show(self, cards: dict[int, Card]) -> None:
        self._reading = False
        self.cards_changed.emit(cards)
        self._want(())

    def _try_later(self, wanted: list[int], error: OrderbellError) -> None:
        """What could not be read is still news."""
        self._reading = False
        self._waiting.update(wanted)
        self._gather.start(AGAIN_MS)
        self._background.failed.emit(error)
