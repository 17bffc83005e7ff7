"""The forgetting lane: once a night, after the cut-over hour, who has become old is forgotten."""

from __future__ import annotations

from pos_app.clock import SECOND_MS
from pos_app.lanes.shop import OpenShop

LOOK_S = 600.0


class ForgettingWorker:
    """`people` and `orders` count what lost its words in this process."""

    def __init__(self, shop: OpenShop) -> None:
        self._shop = shop
        self.people = 0
        self.orders = 0

    def work(self) -> float | None:
        privacy = self._shop.desk.privacy
        if privacy.next_work_at() <= self._shop.clock.now():
            done = privacy.anonymise_due()
            self.people += done.people
            self.orders += done.orders
        # What the last erasures left in the file goes as soon as nobody has to wait for it.
        privacy.clean()
        return min(LOOK_S, (privacy.next_work_at() - self._shop.clock.now()) / SECOND_MS)

    def stop(self) -> None:
        """Its steps are short: the lane ends after the one in progress."""

    def close(self) -> None:
        """Nothing is open."""
