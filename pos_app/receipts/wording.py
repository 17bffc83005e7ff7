"""The words and figures that guest slip and kitchen slip share, in the shop's language."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.clock import Instant, local
from pos_app.domain import money
from pos_app.domain.menu import Names
from pos_app.domain.order import Adjustment, Order
from pos_app.domain.workflow import Fulfilment, Kind
from pos_app.errors import BadInput
from pos_app.language import Texts
from pos_app.receipts.elements import NO_BREAK, PAPER_WIDTHS_MM


@dataclass(frozen=True, slots=True)
class ShopInfo:
    """What a slip says about the shop.

    `names` by language, `zone` an IANA name, `language` the one the slip is written in,
    `paper_width_mm` 58 or 80 (BadInput otherwise).
    """

    names: Names
    phone: str
    zone: str
    language: str
    paper_width_mm: int

    def __post_init__(self) -> None:
        if self.paper_width_mm not in PAPER_WIDTHS_MM:
            raise BadInput(
                "paper_width_mm", "{width} mm is not 58 or 80", width=self.paper_width_mm
            )


def fulfilment_word(fulfilment: Fulfilment, texts: Texts) -> str:
    if fulfilment is Fulfilment.DINE_IN:
        return texts.gettext("Dine-in")
    if fulfilment is Fulfilment.PICKUP:
        return texts.gettext("Pickup")
    return texts.gettext("Delivery")


def moment(instant: Instant, beside: Instant | None, shop: ShopInfo) -> str:
    """`19:35`, with the day in front when it is not the day of `beside` (None: always)."""
    from babel.dates import format_skeleton

    at = local(instant, shop.zone)
    clock = f"{at:%H:%M}"
    if beside is not None and local(beside, shop.zone).date() == at.date():
        return clock
    day = format_skeleton("MMMd", at, locale=shop.language)
    return f"{day}, {clock}"


def together(words: str) -> str:
    """`words` as one piece that is not broken over two lines unless it is wider than the paper."""
    return words.replace(" ", NO_BREAK)


def quoted(note: str, texts: Texts) -> str:
    """Somebody's own words, in the quotation marks of the language; nothing for nothing."""
    return texts.gettext("“{note}”").format(note=note) if note else ""


def not_fiscal(number: str, texts: Texts) -> str:
    """What every guest slip says: this is no receipt for the tax office."""
    sentence = texts.gettext("ORDER · not a VAT receipt").format(number=number)
    return " · ".join(together(part) for part in sentence.split(" · "))


def occasion(order: Order, shop: ShopInfo, texts: Texts) -> str:
    """`Pickup · for 19:35`."""
    time = moment(order.promised_at, order.placed_at, shop)
    promise = texts.gettext("for {time}").format(time=time)
    return f"{together(fulfilment_word(order.fulfilment, texts))} · {together(promise)}"


def amount(minor_units: int, order: Order, shop: ShopInfo) -> str:
    """`585 ₴` that never breaks over two lines."""
    return together(money.show(minor_units, order.currency, shop.language))


def adjustment_name(adjustment: Adjustment, name: str, texts: Texts) -> str:
    """The shop's own `name` for a discount, fee or tip, else the plain word."""
    if name:
        return name
    if adjustment.kind == "discount":
        return texts.gettext("Discount")
    return texts.gettext("Tip") if adjustment.kind == "tip" else texts.gettext("Fee")


def payment(order: Order, shop: ShopInfo, texts: Texts) -> str:
    """`TO PAY 585 ₴ · change from 1000`, `PAID`, `REFUNDED 585 ₴`, or `CANCELLED`."""
    return " · ".join(payment_parts(order, shop, texts))


def payment_parts(order: Order, shop: ShopInfo, texts: Texts) -> tuple[str, ...]:
    """What `payment` joins: what is to pay or was paid first, then what one must know of it."""
    back = _refunded(order, shop, texts)
    if order.kind is Kind.CANCELLED:
        return (texts.gettext("CANCELLED"), *back)
    if not order.due:
        return back if back and order.refunded >= order.paid else (texts.gettext("PAID"), *back)
    due = together(texts.gettext("TO PAY {amount}").format(amount=amount(order.due, order, shop)))
    if order.change_from is None:
        return (due,)
    note = _bare(order.change_from, order.currency)
    change = texts.gettext("change from {amount}").format(amount=note)
    return due, together(change)


def _refunded(order: Order, shop: ShopInfo, texts: Texts) -> tuple[str, ...]:
    if not order.refunded:
        return ()
    given = amount(order.refunded, order, shop)
    return (together(texts.gettext("REFUNDED {amount}").format(amount=given)),)


def _bare(minor_units: int, currency: str) -> str:
    """A banknote's own figure: `1000`, ungrouped and without a sign for the currency."""
    places = money.decimals(currency)
    whole, rest = divmod(minor_units, 10**places)
    return f"{whole}.{rest:0{places}d}" if rest else str(whole)


def where(order: Order, texts: Texts) -> tuple[str, str]:
    """Table and name, each empty when there is none; neither is cleaned for paper yet."""
    table = texts.gettext("table {table}").format(table=order.table) if order.table else ""
    return table, order.customer.name
