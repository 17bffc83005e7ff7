"""The order that is being entered, as a value: so clearing it can be undone.

No widget here: what may be placed, what is missing and what it costs is decided in one place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from pos_app.clock import Instant
from pos_app.domain.menu import Dish, Menu
from pos_app.domain.money import decimals
from pos_app.domain.order import Address, Customer, Draft, LineDraft, PaymentDraft
from pos_app.domain.workflow import Fulfilment

MOST_PIECES = 999
CHIPS = 3


class Missing(StrEnum):
    """Why an order cannot be placed yet, in the order in which people are told."""

    DISHES = "dishes"
    STREET = "street"
    PHONE = "phone"
    PAYMENT = "payment"


class Payment(StrEnum):
    UNPAID = "unpaid"
    CASH = "cash"
    CARD = "card"


@dataclass(frozen=True, slots=True)
class BasketLine:
    """`quantity` pieces of one dish with modifiers chosen by their ids."""

    dish_id: int
    quantity: int = 1
    modifier_uids: tuple[str, ...] = ()
    note: str = ""

    def price(self, menu: Menu) -> int:
        """Minor units for all pieces; nothing when the dish has left the menu."""
        dish = menu.dish(self.dish_id)
        if dish is None:
            return 0
        chosen = (m.price for m in dish.modifiers if m.uid in self.modifier_uids)
        return (dish.price + sum(chosen)) * self.quantity


@dataclass(frozen=True, slots=True)
class Basket:
    """`phone` as typed; `guest_language` of a known guest; `given`: the note he pays with.

    `offers` is what he answers about offers: None while he was not asked. `placed_at`: taken on
    paper then; `hold`: the kitchen waits for a word; `partner`: whose rider fetches it.
    """

    fulfilment: Fulfilment = Fulfilment.PICKUP
    lines: tuple[BasketLine, ...] = ()
    table: str = ""
    address: Address = Address("")
    phone: str = ""
    phone_is_wrong: bool = False
    name: str = ""
    guest_language: str = ""
    order_texts: bool = False
    offers: bool | None = None
    promised_at: Instant | None = None
    placed_at: Instant | None = None
    hold: bool = False
    partner: str = ""
    allergy: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    payment: Payment | None = None
    given: int | None = None

    @property
    def is_untouched(self) -> bool:
        return self == Basket(fulfilment=self.fulfilment)

    def plus(self, dish: Dish) -> Basket:
        """One more piece: on the newest plain line of the dish, else on a line of its own."""
        for index in reversed(range(len(self.lines))):
            line = self.lines[index]
            if line.dish_id == dish.id and not line.modifier_uids and not line.note:
                if line.quantity >= MOST_PIECES:
                    return self
                return self.with_line(index, replace(line, quantity=line.quantity + 1))
        return replace(self, lines=(*self.lines, BasketLine(dish.id)))

    def with_line(self, index: int, line: BasketLine) -> Basket:
        lines = (*self.lines[:index], line, *self.lines[index + 1 :])
        return replace(self, lines=lines)

    def without(self, index: int) -> Basket:
        return replace(self, lines=self.lines[:index] + self.lines[index + 1 :])

    def count_of(self, dish_id: int) -> int:
        return sum(line.quantity for line in self.lines if line.dish_id == dish_id)

    def total(self, menu: Menu) -> int:
        """Minor units."""
        return sum(line.price(menu) for line in self.lines)

    def missing(self) -> Missing | None:
        if not self.lines:
            return Missing.DISHES
        own_delivery = self.fulfilment is Fulfilment.DELIVERY and not self.partner
        if own_delivery and not self.address.street.strip():
            return Missing.STREET
        if self.phone_is_wrong:
            return Missing.PHONE
        return Missing.PAYMENT if self.payment is None else None

    def draft(self, phone: str) -> Draft:
        """What the desk is asked to place. `phone` in E.164 or empty."""
        delivery = self.fulfilment is Fulfilment.DELIVERY
        return Draft(
            fulfilment=self.fulfilment,
            lines=tuple(
                LineDraft(line.dish_id, line.quantity, line.modifier_uids, line.note)
                for line in self.lines
            ),
            customer=Customer(
                self.name.strip(),
                phone,
                self.guest_language,
                order_texts=self.order_texts and bool(phone),
                offers=self.offers if phone else None,
            ),
            promised_at=self.promised_at,
            payment=self._payment(),
            tags=self.tags,
            allergy=self.allergy.strip(),
            note=self.note.strip(),
            address=self.address if delivery and self.address.street.strip() else None,
            table=self.table.strip() if self.fulfilment is Fulfilment.DINE_IN else "",
            placed_at=self.placed_at,
            partner=self.partner if delivery else "",
            hold=self.hold,
        )

    def _payment(self) -> PaymentDraft | None:
        if self.payment is Payment.UNPAID:
            # The note the guest will pay with; who pays now has his change already.
            return PaymentDraft("cash", False, self.given) if self.given is not None else None
        return PaymentDraft(self.payment.value, paid=True) if self.payment is not None else None


def cash_chips(total: int, currency: str) -> list[int]:
    """The notes that a guest is likely to give for `total`, in minor units, smallest first.

    220 gives 300, 500 and 1000; 585 gives 600 and 1000: the next one, five and ten of the
    total's own power of ten; from a thousand on halves too, because notes do not grow further.
    """
    unit = 10 ** decimals(currency)
    whole = -(-total // unit)
    if whole <= 0:
        return []
    power = 10 ** (len(str(whole)) - 1)
    smallest = power // 2 if power >= 1000 else power
    steps = (smallest, power, 5 * power, 10 * power)
    rounded = {-(-whole // step) * step * unit for step in steps}
    return sorted(amount for amount in rounded if amount > total)[:CHIPS]
