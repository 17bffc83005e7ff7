"""Whether the shop can save: says why not, and tries by itself until it can.

A full disk, a lock or a broken file is met by whoever acts next. Its notice would be gone after
some seconds, and the next cashier would not know: so the words stay until a write has succeeded.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.bootstrap import Shop, try_saving
from pos_app.errors import OrderbellError, StoreDamaged, StoreError
from ui.background import Background
from ui.notices import Notices, Tone
from ui.words import _, sentences, told

AGAIN_MS = 3_000


class Saving(QObject):
    """`words` is empty while all is well; `changed` carries them. One for each window."""

    changed = Signal(str)

    def __init__(
        self, shop: Shop, background: Background, notices: Notices, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._shop, self._background, self._notices = shop, background, notices
        self._error: StoreError | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._try)
        background.store_failed.connect(self._failed)

    @property
    def words(self) -> str:
        """Why nothing can be saved, in the language of the screens as they are now."""
        if self._error is None:
            return ""
        said = told(self._error)
        # Which page is damaged helps nobody at the counter; the first notice had it.
        message = "" if isinstance(self._error, StoreDamaged) else said.message
        return sentences(said.title, message, said.hint)

    def close(self) -> None:
        self._again.stop()
        self._background.store_failed.disconnect(self._failed)

    def _failed(self, error: StoreError) -> None:
        before = self.words
        self._error = error
        if self.words != before:
            self.changed.emit(self.words)
        if not self._again.isActive():
            self._again.start()

    def _try(self) -> None:
        self._background.act(
            "try to save",
            lambda: try_saving(self._shop),
            self._saved,
            self._not_yet,
        )

    def _saved(self, _done: None) -> None:
        if self._error is None:
            return
        self._error = None
        self.changed.emit("")
        self._notices.say(_("The shop saves again."), tone=Tone.GOOD)

    def _not_yet(self, _error: OrderbellError) -> None:
        # Its words came by `store_failed`, where they belong to the store.
        if not self._again.isActive():
            self._again.start()
