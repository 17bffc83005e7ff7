"""What becomes of a guest's data when he asks: written into a file, or forgotten for good."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from pos_app.bootstrap import Shop
from pos_app.desk.privacy_desk import Erased
from pos_app.domain.order import Order
from pos_app.errors import OrderbellError
from ui.background import Background
from ui.new_file import write_new
from ui.notices import Notices, Tone
from ui.words import _


class GuestActs:
    """Both acts find the guest by his number, which may stand in several rows, else by his row."""

    def __init__(self, shop: Shop, background: Background, notices: Notices) -> None:
        self._shop, self._background, self._notices = shop, background, notices

    def save(
        self,
        order: Order,
        path: Path,
        done: Callable[[], None],
        failed: Callable[[OrderbellError], None],
    ) -> None:
        """Everything that is held of him, as JSON, into a new file."""
        privacy, phone = self._shop.desk.privacy, order.customer.phone
        person = None if phone else order.people_id

        def write() -> None:
            told = privacy.export(phone, person)
            write_new(path, json.dumps(told, ensure_ascii=False, indent=2) + "\n")

        def written(_done: None) -> None:
            self._notices.say(_("Written: {file}").format(file=path.name), tone=Tone.GOOD)
            done()

        self._background.act("save what is known of a guest", write, written, failed)

    def forget(self, order: Order, done: Callable[[], None]) -> None:
        """Forget him; refused while an order of his is open."""
        privacy, phone = self._shop.desk.privacy, order.customer.phone
        person = None if phone else order.people_id

        def erased(found: Erased) -> None:
            said = _("The guest is forgotten; no trace is left in the store.")
            if not found.is_clean:
                said = _("The guest is forgotten; the file is written anew in the night.")
            self._notices.say(said, tone=Tone.GOOD)
            done()

        self._background.act(
            "forget a guest",
            lambda: privacy.erase(phone, person),
            erased,
            self._notices.tell_error,
        )
