"""The evening rush: orders from paper, a courier's wrong tap, a refund, Oleh and his cash."""

from __future__ import annotations

import time
from collections.abc import Sequence

from tests.journeys.evening.crew import Crew
from tests.journeys.evening.dark import called_guests_come
from tests.journeys.evening.rush import Item
from tests.journeys.evening.tally import CARD, CASH, UNPAID, Wish

Items = tuple[Item, ...]
COURIER = "Oleh"


def play(crew: Crew, orders: Sequence[Items]) -> None:
    """Twelve orders have their part, the others come in between and go."""
    plain = crew.do(_from_paper, orders)
    crew.do(_deliveries, orders)
    plain += crew.do(_telephones, orders)
    for number in plain:
        crew.give_out(number)
    crew.give_out(crew.by_role["pays at last"], CASH)
    crew.do(_oleh_leaves)
    crew.do(_refunded, orders[5])
    crew.do(_undone, orders[9])
    crew.do(called_guests_come)
    crew.do(_wrong_delivered)
    crew.do(_oleh_is_back)
    crew.until_gone(*plain, crew.by_role["pays at last"])


def _from_paper(crew: Crew, orders: Sequence[Items]) -> list[str]:
    """Taken by hand while it was dark, entered with their own time: late before they begin."""
    return [
        crew.enter("paper 45", Wish(orders[0], name="Yurii", pay=CASH, taken=45)),
        crew.enter("paper 60", Wish(orders[1], "dine_in", table="2", pay=CARD, taken=60)),
    ]


def _deliveries(crew: Crew, orders: Sequence[Items]) -> None:
    """One for the courier's own phone, two for his round."""
    phone = Wish(
        orders[2], "delivery", "Dmytro", "0631112233", texts=True, street="Franka 10", pay=UNPAID
    )
    crew.enter("by phone", phone)
    first = Wish(
        orders[3], "delivery", "Olena", "0993334455", texts=True, street="Shevchenka 5", pay=UNPAID
    )
    crew.enter("round one", first)
    crew.telephone("round two", Wish(orders[4], "delivery", "Ihor", street="Zelena 1", pay=CARD))


def _telephones(crew: Crew, orders: Sequence[Items]) -> list[str]:
    """Three of them nobody will fetch before the doors close."""
    crew.telephone("collected", Wish(orders[6], name="Vasyl", pay=CARD), cook=False)
    crew.telephone("not collected", Wish(orders[7], name="Oksana", pay=UNPAID), cook=False)
    crew.telephone("closed", Wish(orders[8], "dine_in", table="9", pay=CASH), cook=False)
    crew.enter("pays at last", Wish(orders[10], name="Stepan", pay=UNPAID))
    plain = [crew.telephone("table 11", Wish(orders[11], "dine_in", table="11", pay=CARD))]
    return plain + crew.others("evening", orders[12:])


def _refunded(crew: Crew, items: Items) -> None:
    """A guest changes his mind and gets his money back: both stand in the report."""
    with crew.aside():
        number = crew.enter("refunded", Wish(items, name="Petro", pay=CARD))
        crew.cook.leave.add(number)
    crew.cashier.refund(number)
    crew.tally[number].refunds.append((CARD, crew.tally[number].wish.total))
    crew.cashier.cancel(number, "Guest changed his mind")
    crew.tally.cancelled(number, "Guest changed his mind")


def _undone(crew: Crew, items: Items) -> None:
    crew.cashier.enter_and_undo(Wish(items, name="Nobody", pay=CASH))


def _oleh_leaves(crew: Crew) -> None:
    """*Oleh leaves with 2*; the third delivery is for him too, when he comes for it."""
    one, two, three = (crew.by_role[who] for who in ("round one", "round two", "by phone"))
    counter = crew.stage.counter
    crew.until_ready(one, two, three)
    crew.cashier.open("dispatch")
    counter.tap(f"delivery:{one}")
    counter.tap(f"delivery:{two}")
    counter.says(f"act:{COURIER}", "Oleh leaves with 2")
    counter.tap(f"act:{COURIER}")
    counter.says(f"act:{COURIER}", "Oleh is back: 2 delivered")
    counter.tap(f"delivery:{three}")
    counter.says(f"act:{COURIER}", "For Oleh: 1")
    counter.tap(f"act:{COURIER}")
    counter.says(f"act:{COURIER}", "Oleh is back: 2 delivered")


def _wrong_delivered(crew: Crew) -> None:
    """At the wrong door: *delivered* on the phone, taken back at once, then truly delivered."""
    number, phone, board = crew.by_role["by phone"], crew.courier, crew.stage.board
    phone.scan(number)
    phone.tap("#take")
    phone.says("#street", "Franka 10")
    phone.tap("#picked-up")
    crew.until(lambda: crew.status(number) == "out_for_delivery", f"{number} on its way")
    crew.until_heard(number, "on_the_way")
    for is_true in (False, True):
        board.ticket_says(number, "TO PAY")
        phone.tap("#delivered")
        phone.tap("#took")
        phone.says("#done-at", "Delivered")
        crew.until(lambda: crew.status(number) == "delivered", f"{number} delivered, as he says")
        at = time.time()
        if not is_true:
            phone.tap("#done .back-one")
            crew.until(lambda: crew.status(number) == "out_for_delivery", f"{number} on its way")
    crew.tally.brought_back.append((number, "delivered", "out_for_delivery"))
    crew.tally.delivered(number, at, COURIER, took=True)
    board.sees_no(f"card:{number}:head")


def _oleh_is_back(crew: Crew) -> None:
    """*Oleh is back: 2 delivered*: he hands in what he took at two doors; nothing came by card."""
    one, two, three = (crew.by_role[who] for who in ("round one", "round two", "by phone"))
    counter, tally = crew.stage.counter, crew.tally
    crew.until_heard(one, "on_the_way")
    crew.cashier.open("dispatch")
    counter.says(f"act:{COURIER}", "Oleh is back: 2 delivered")
    counter.tap(f"act:{COURIER}")
    crew.until(lambda: crew.status(one) == crew.status(two) == "delivered", "both delivered")
    at = time.time()
    tally.delivered(one, at, COURIER, took=True)
    tally.delivered(two, at, COURIER, took=True)
    counter.tap(f"hand_in:{COURIER}")
    counter.says("hand_in_sheet", amount(tally[one].took_cash + tally[three].took_cash))
    counter.tap("hand_in_amount")
    counter.screen.key("ctrl+a")
    counter.screen.type(plain_amount(tally[one].took_cash))
    counter.tap("hand_in_done")
    counter.says(f"hand_in:{COURIER}", amount(tally[three].took_cash))
    tally.handed_in[COURIER] += tally[one].took_cash


def plain_amount(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02}"


def amount(minor: int) -> str:
    """As the screens say it."""
    return plain_amount(minor).removesuffix(".00")
