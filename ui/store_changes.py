"""When the store itself changes: it is updated, put back from a backup, or cannot be opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from pos_app import bootstrap
from pos_app.errors import OrderbellError, StoreDamaged
from ui.background import Background
from ui.retired import Retired
from ui.words import _

if TYPE_CHECKING:
    from ui.waiting import WaitWindow


class StoreChanges(QObject):
    """Long work goes on beside a window that says so; `retired` are those before it.

    `show` puts a window on the screen, `open_now` opens the shop of a folder, `let_go` gives up
    the open one and returns what closes it, `speak` sees to the language where no shop has yet.
    """

    def __init__(
        self,
        background: Background,
        retired: Retired,
        show: Callable[[QWidget], None],
        open_now: Callable[[Path], None],
        let_go: Callable[[], Callable[[], None]],
        speak: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._background, self._retired, self._show = background, retired, show
        self._open_now, self._let_go, self._speak = open_now, let_go, speak

    def open(self, data: Path) -> None:
        """Open the shop in `data`, updating its store first where it is an older program's."""
        if not bootstrap.needs_update(data):
            self._open_now(data)
            return
        self._speak()
        wait = self._wait(_("Orderbell is updating your store"))
        self._background.act(
            "update the store",
            lambda: bootstrap.open_shop(data, progress=wait.tell).close(),
            lambda _done: self._open_now(data),
            lambda error: self.tell(error, data),
        )

    def tell(self, error: OrderbellError, data: Path) -> None:
        """The shop cannot be opened: why, and what can be done."""
        from ui.trouble import TroubleWindow

        self._speak()
        backup = bootstrap.newest_backup(data) if isinstance(error, StoreDamaged) else None
        made = ""
        if backup is not None:
            # The shop's own zone lies in the store that cannot be read.
            made = f"{datetime.fromtimestamp(backup.made_at / 1000).astimezone():%d.%m.%Y %H:%M}"
        trouble = TroubleWindow(error, str(data), None if backup is None else backup.path, made)
        trouble.again.connect(lambda: self.open(data))
        trouble.restore_wanted.connect(lambda copy: self.restore(data, copy))
        self._show(trouble)

    def restore(self, data: Path, copy: Path) -> None:
        """Close the shop, put `copy` in the store's place, and open it again."""
        wait = self._wait(_("Orderbell is putting the backup back"))
        close = self._let_go()

        def put_back() -> None:
            close()
            bootstrap.restore_shop(data, copy, progress=wait.tell)

        def begin() -> None:
            self._background.act(
                "put a backup back",
                put_back,
                lambda _done: self._open_now(data),
                lambda error: self.tell(error, data),
            )

        # A window that is not gone yet may still ask for something: of a store that is closed, or
        # of one that is being exchanged.
        self._retired.when_gone(begin)

    def _wait(self, title: str) -> WaitWindow:
        from ui.waiting import WaitWindow

        wait = WaitWindow(title)
        self._show(wait)
        return wait
