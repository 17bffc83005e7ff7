"""A newer Orderbell is told once, in one quiet line; the settings keep what is new in it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from pos_app.bootstrap import Shop
from pos_app.desk.updates_desk import newer_in
from pos_app.domain.release import Release
from ui.background import Background
from ui.bridge import Bridge
from ui.notices import Notices
from ui.words import _


class ReleaseNews(QObject):
    """Looks when it is made and with each change of the set-up."""

    def __init__(
        self,
        shop: Shop,
        background: Background,
        notices: Notices,
        bridge: Bridge,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._shop, self._background, self._notices = shop, background, notices
        bridge.setup_changed.connect(self.look)
        self.look()

    def look(self) -> None:
        self._background.read("a newer Orderbell", self._found, self._tell)

    def _found(self) -> Release | None:
        newer = newer_in(self._shop.desk.setup())
        return newer if newer is not None and newer.told != newer.version else None

    def _tell(self, newer: Release | None) -> None:
        if newer is None:
            return
        version, updates = newer.version, self._shop.desk.updates

        def say(is_first: bool) -> None:
            if is_first:
                self._notices.say(
                    _("Orderbell {version} is out.").format(version=version),
                    _("What is new stands in Settings, About and help."),
                )

        self._background.act("tell of a newer Orderbell", lambda: updates.told(version), say)
