"""The cashier: orders entered by touch, and the other screens of the counter's window."""

from __future__ import annotations

import time

from tests.journeys.evening.stage import Stage, as_order
from tests.journeys.evening.tally import Tally, Told, Wish
from tests.journeys.evening.windows import PATIENCE_S, Window
from tests.support.waiting import until


class Cashier:
    """Enters what guests want; `placed_in` keeps how long the till took from *Place* to number."""

    def __init__(self, stage: Stage, tally: Tally) -> None:
        self._stage, self._tally = stage, tally
        self._last = ""
        self.placed_in: list[float] = []

    @property
    def window(self) -> Window:
        return self._stage.counter

    def enter(self, wish: Wish) -> Told:
        """One order, touch by touch; afterwards its number stands where the cart was."""
        number, at = self._enter(wish)
        return self._tally.placed(number, wish, at)

    def enter_and_undo(self, wish: Wish) -> None:
        """Placed, and taken back while it may be: the number stays used, nobody hears of it."""
        number, at = self._enter(wish)
        self.window.tap("placed_undo")
        self.window.says("notice", f"{number} is undone")
        told = self._tally.placed(number, wish, at)
        told.undone = True

    def _enter(self, wish: Wish) -> tuple[str, float]:
        self.open("counter")
        if self.window.find("next_order") is not None:
            self.window.tap("next_order")
        if wish.fulfilment != "pickup":
            self.window.tap(f"fulfilment:{wish.fulfilment}")
        self._choose(wish)
        self._say_who(wish)
        if wish.allergy:
            self._write("allergy", wish.allergy)
            self.window.tap("allergy_done")
        if wish.taken:
            self.window.tap("later")
            self.window.tap(f"taken:{wish.taken}")
            self.window.tap("time_sheet:close")
        self.window.tap(f"pay:{wish.pay}")
        return self._place()

    def _choose(self, wish: Wish) -> None:
        for item in wish.items:
            self.window.tap(f"category:{item.category}")
            for _piece in range(item.quantity):
                self.window.tap(f"tile:{item.dish}")

    def _say_who(self, wish: Wish) -> None:
        for field, text in (
            ("table", wish.table),
            ("street", wish.street),
            ("guest_name", wish.name),
            ("phone", wish.phone),
        ):
            if text:
                self._write(field, text)
        if wish.texts:
            self.window.tap("order_texts")

    def _write(self, field: str, text: str) -> None:
        with self.window.mine:
            self.window.tap(field)
            self.window.screen.type(text)

    def _place(self) -> tuple[str, float]:
        self.window.tap("place")
        began, at = time.monotonic(), time.time()
        until(self._new_number, "the number of the new order", PATIENCE_S)
        self.placed_in.append(time.monotonic() - began)
        return self._last, at

    def _new_number(self) -> bool:
        number = self.window.words("placed_number")
        if not number or number == self._last:
            return False
        self._last = number
        return True

    def open(self, screen: str) -> None:
        self.window.tap(f"rail:{screen}")

    def telephone(self, wish: Wish) -> str:
        """The same by telephone, at the other computer: its number, not yet in the tally."""
        answer = self._stage.desk.place(as_order(wish))
        assert answer["total"]["amount"] == wish.total, (answer, wish)
        return str(answer["number"])

    def find_order(self, number: str) -> None:
        """Open an order in *Orders*."""
        self.open("orders")
        if self.window.words("details_number") == number:
            return
        with self.window.mine:
            self.window.tap("orders_search")
            self.window.screen.key("ctrl+a")
            self.window.screen.type(number)
        # The list fills anew while he types: a row may go from under his finger.
        self.window.press(
            f"order:{number}",
            lambda: self.window.words("details_number") == number,
            f"the order {number}",
        )

    def cancel(self, number: str, reason: str) -> None:
        self.find_order(number)
        self.window.tap("act:cancel")
        self.window.tap(f"reason:{reason}")
        self.window.says("details_state", "Cancelled")

    def refund(self, number: str) -> None:
        """All of it, by card, as it came."""
        self.find_order(number)
        self.window.tap("act:refund")
        self.window.tap("way:card")
        self.window.says("details_refunded", "Given back")
