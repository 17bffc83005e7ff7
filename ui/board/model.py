"""One status column as a list model: rows come, go and change one by one, never all at once."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from ui.board.layout import CardLayout
from ui.board.slots import Slot, SortKey

_Index = QModelIndex | QPersistentModelIndex


# The view asks the height of every row it knows after each move; with hundreds of open tickets it
# knows the first ones, and learns of further ones as somebody scrolls (Qt's own `fetchMore`).
FETCH_ROWS = 24


class ColumnModel(QAbstractListModel):
    """Slots in their places: what goes first, then what came first.

    `slots` are all of them; `rowCount` is how many of the first the view has been told of.
    """

    def __init__(self) -> None:
        super().__init__()
        self.slots: list[Slot] = []
        self._keys: list[SortKey] = []
        self._of: dict[int, SortKey] = {}
        self._told = 0

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._told

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.slots[index.row()].layout.content.spoken
        return None

    def canFetchMore(self, parent: _Index) -> bool:
        return not parent.isValid() and self._told < len(self.slots)

    def fetchMore(self, parent: _Index) -> None:
        end = min(len(self.slots), self._told + FETCH_ROWS)
        if end > self._told:
            self.beginInsertRows(QModelIndex(), self._told, end - 1)
            self._told = end
            self.endInsertRows()

    @property
    def tickets(self) -> int:
        return len(self._of)

    def order_ids(self) -> list[int]:
        return list(self._of)

    def rows_of(self, order_id: int) -> range:
        """The rows of a ticket, told or not; empty when it is not here."""
        key = self._of.get(order_id)
        if key is None:
            return range(0)
        first = bisect_left(self._keys, key)
        return range(first, first + self.slots[first].layout.parts)

    def put(self, parts: tuple[CardLayout, ...]) -> bool:
        """Show a ticket: in place when its place and its number of cards stay, else moved.

        False when it already looks like that.
        """
        slots = [Slot(part) for part in parts]
        rows = self.rows_of(slots[0].order_id)
        if len(rows) != len(slots) or self._keys[rows[0]] != slots[0].key:
            self.take(slots[0].order_id)
            self._insert(slots)
            return True
        if all(self.slots[row].layout == part for row, part in zip(rows, parts, strict=True)):
            return False
        self.slots[rows.start : rows.stop] = slots
        if rows.start < self._told:
            last = min(rows.stop, self._told) - 1
            self.dataChanged.emit(self.index(rows.start), self.index(last))
        return True

    def _insert(self, slots: list[Slot]) -> None:
        first = bisect_left(self._keys, slots[0].key)
        # A row behind those the view knows waits until it asks for more.
        is_told = first < self._told or self._told < FETCH_ROWS
        if is_told:
            self.beginInsertRows(QModelIndex(), first, first + len(slots) - 1)
            self._told += len(slots)
        self.slots[first:first] = slots
        self._keys[first:first] = [slot.key for slot in slots]
        self._of[slots[0].order_id] = slots[0].key
        if is_told:
            self.endInsertRows()

    def take(self, order_id: int) -> bool:
        """Let a ticket go; False when it was not here."""
        rows = self.rows_of(order_id)
        if not rows:
            return False
        told = min(rows.stop, self._told) - rows.start
        if told > 0:
            self.beginRemoveRows(QModelIndex(), rows.start, rows.start + told - 1)
            self._told -= told
        del self.slots[rows.start : rows.stop]
        del self._keys[rows.start : rows.stop]
        del self._of[order_id]
        if told > 0:
            self.endRemoveRows()
        if self._told < FETCH_ROWS // 2:
            self.fetchMore(QModelIndex())
        return True

    def replace_all(self, tickets: list[tuple[CardLayout, ...]]) -> None:
        """A new board: at the start, for another station, for another width."""
        self.beginResetModel()
        self.slots = sorted(
            (Slot(part) for parts in tickets for part in parts), key=lambda slot: slot.key
        )
        self._keys = [slot.key for slot in self.slots]
        self._of = {slot.order_id: slot.key for slot in reversed(self.slots)}
        self._told = min(len(self.slots), FETCH_ROWS)
        self.endResetModel()
