"""While a phone number is typed: whether it is one, and whose it is."""

from __future__ import annotations

from collections.abc import Callable

from pos_app import phones
from pos_app.bootstrap import Shop
from pos_app.errors import BadInput
from ui.background import Background
from ui.counter.acquaintances import Known, recall
from ui.words import _

FEWEST_DIGITS = 10


class GuestLookup:
    """`phone` is E.164 or empty, `error` a sentence or empty. `told` hears of a known guest."""

    def __init__(self, shop: Shop, background: Background, told: Callable[[Known], None]) -> None:
        self._shop, self._background, self._told = shop, background, told
        self._known: Known | None = None
        self.phone = ""
        self.error = ""

    @property
    def known(self) -> Known | None:
        """The guest whose number stands in the field now."""
        known = self._known
        return known if known is not None and known.phone == self.phone else None

    def check(self, typed: str, country: str, *, left: bool) -> bool:
        """Whether `typed` can be used as it is; `left` once the field was left."""
        self.phone, self.error = "", ""
        try:
            self.phone = phones.parse(typed, country)
        except BadInput:
            # Not complete is not wrong yet, while it is being typed.
            if left or sum(ch.isdigit() for ch in typed) >= FEWEST_DIGITS:
                self.error = _("This is not a valid phone number")
            return False
        if self.phone and self.known is None:
            self._ask(self.phone)
        return True

    def forget(self) -> None:
        self._known, self.phone, self.error = None, "", ""

    def _ask(self, phone: str) -> None:
        def told(known: Known | None) -> None:
            if known is not None and phone == self.phone:
                self._known = known
                self._told(known)

        self._background.read("recall a guest", lambda: recall(self._shop, phone), told)
