"""The noon rush: a wrong bump, two Irynas, an allergy, no paper, who pays and who does not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tests.journeys.evening.crew import Crew
from tests.journeys.evening.phones import GuestPhone
from tests.journeys.evening.rush import Item
from tests.journeys.evening.tally import CARD, CASH, UNPAID, Wish
from tests.journeys.evening.windows import Window

Items = tuple[Item, ...]
NEVER_WAITS_S = 8.0
"""A till that waited for its printer would stand for the fifteen seconds of a delivery."""


def play(crew: Crew, orders: Sequence[Items]) -> None:
    """Thirteen orders have their part, the others come in between and go."""
    crew.do(_first_guests, orders)
    plain = crew.do(_telephones, orders)
    crew.do(_two_irynas, orders)
    allergy = crew.do(_allergy, orders[5])
    crew.do(_without_paper, orders)
    crew.do(_made_again)
    crew.do(_wrong_bump_found)
    crew.do(_allergy_edited, allergy)
    plain += crew.others("noon", orders[13:])
    crew.do(_everybody_leaves, plain)
    crew.do(_left_open, orders)


def _first_guests(crew: Crew, orders: Sequence[Items]) -> None:
    """Taras scans the code on the screen; somebody without a phone looks at the display."""
    crew.enter(
        "wrong bump", Wish(orders[0], name="Taras", phone="0671110000", texts=True, pay=UNPAID)
    )
    crew.cashier.window.tap("placed_slip")
    crew.cashier.window.sees("slip_picture")
    crew.guest = GuestPhone(crew.stage.browser, crew.cashier.window.screen)
    crew.cashier.window.tap("slip_sheet:close")
    number = crew.enter("no phone", Wish(orders[6]))
    crew.stage.guests.says("guest_cooking", number)


def _telephones(crew: Crew, orders: Sequence[Items]) -> list[str]:
    """What comes by telephone; one is begun and not finished."""
    crew.telephone("made again", Wish(orders[8], "dine_in", table="3", pay=CASH))
    crew.cook.only_start.add(crew.by_role["made again"])
    return [crew.telephone("table 4", Wish(orders[2], "dine_in", table="4", pay=CARD))]


def _two_irynas(crew: Crew, orders: Sequence[Items]) -> None:
    """One name twice: the last digits of the telephones tell them apart."""
    first = Wish(orders[1], name="Iryna", phone="0671234567", texts=True, pay=UNPAID)
    one = crew.enter("first Iryna", first)
    other = crew.enter("other Iryna", Wish(orders[3], name="Iryna", phone="0507654321", pay=CASH))
    crew.stage.board.ticket_says(one, "Iryna ·567")
    crew.stage.board.ticket_says(other, "Iryna ·321")


def _allergy(crew: Crew, items: Items) -> str:
    """Nobody starts before it was read: at the station, and at the pass."""
    wish = Wish(items, "dine_in", table="7", pay=UNPAID, allergy="nuts")
    with crew.aside():
        number = crew.enter("allergy", wish)
        crew.cook.leave.add(number)
    _seen_everywhere(crew, number, "nuts")
    return number


def _seen_everywhere(crew: Crew, number: str, allergy: str) -> None:
    """The station reads it and may begin then; the pass still has to, and does."""
    kitchen, board = crew.stage.kitchen, crew.stage.board
    for window in (kitchen, board):
        window.ticket_says(number, f"ALLERGY: {allergy}")
        window.ticket_says(number, "next: Seen")
    _tap_seen(kitchen, number)
    board.ticket_says(number, "next: Seen")
    _tap_seen(board, number)


def _tap_seen(window: Window, number: str) -> None:
    window.press(
        f"card:{number}:button",
        lambda: "next: Start" in window.words(f"card:{number}"),
        f"{number} to be begun",
    )


def _without_paper(crew: Crew, orders: Sequence[Items]) -> None:
    """The till goes on as fast as before and says how many slips wait; none is lost or doubled."""
    printer, counter = crew.stage.printer, crew.stage.counter
    printer.paper_rows = 40
    for place, way in ((9, CARD), (10, CASH)):
        crew.enter(f"no paper {place}", Wish(orders[place], name=f"Guest {place}", pay=way))
    assert max(crew.cashier.placed_in[-2:]) < NEVER_WAITS_S
    said = counter.says("notice", "No paper (Counter)")
    waiting = re.search(r"(\d+) slips? waits?", said)
    assert waiting is not None, said
    before = len(printer.slips)
    printer.put_in_paper()
    crew.until(
        lambda: "No paper" not in counter.words("notice"), "the screen to say no more of paper"
    )
    crew.until(lambda: len(printer.slips) >= before + int(waiting[1]), "what waited to be on paper")


def _made_again(crew: Crew) -> None:
    """A pizza is dropped: its line stands in front again, with the reason."""
    number, kitchen = crew.by_role["made again"], crew.stage.kitchen
    crew.until(lambda: kitchen.find(f"card:{number}:ready"), f"{number} begun")
    with crew.aside():
        kitchen.press(f"card:{number}:more", lambda: kitchen.find("panel_again"), "its panel")
        for name in ("panel_again", "again:1", "reason:dropped"):
            kitchen.tap(name)
        kitchen.ticket_says(number, "AGAIN: ")
    dish = crew.tally[number].wish.items[0].dish
    crew.tally.remade.append((number, dish, "dropped"))
    crew.cook.only_start.discard(number)


def _wrong_bump_found(crew: Crew) -> None:
    """Taras was called and nothing is ready: he is told so, on his page and by a text."""
    number, board = crew.by_role["wrong bump"], crew.stage.board
    crew.until_heard(number, "ready")
    assert crew.guest is not None
    crew.guest.says("Ready, come to the counter")
    crew.cook.leave.add(number)
    with crew.aside():
        board.tap("bring_back")
        board.press(f"bring_back:{number}", lambda: board.find("tell_bar:send"), "the question")
        board.says("tell_bar", "Tell the guest: not ready yet")
        board.press("tell_bar:send", lambda: board.find("tell_bar:send") is None, "the answer")
        board.tap("bring_back")
    crew.tally[number].moved, crew.tally[number].ready = True, None
    crew.tally.brought_back.append((number, "ready", "preparing"))
    crew.until_heard(number, "not_ready_yet")
    crew.guest.says("It was called ready too early")


def _allergy_edited(crew: Crew, number: str) -> None:
    """It is milk too: kitchen and pass are alarmed again until each has tapped *Seen*."""
    board = crew.stage.board
    with crew.aside():
        board.press(f"card:{number}:head", lambda: board.find("more"), "the details")
        board.press("more", lambda: board.find("allergy"), "more of them")
        board.press("allergy", lambda: board.find("allergy_text"), "the words of the allergy")
        board.tap("allergy_text")
        board.screen.key("ctrl+a")
        board.screen.type("nuts and milk")
        board.press("allergy_keep", lambda: board.find("allergy_keep") is None, "the new words")
        board.tap("drawer_close")
    _seen_everywhere(crew, number, "nuts and milk")
    crew.cook.leave.discard(number)


def _everybody_leaves(crew: Crew, plain: list[str]) -> None:
    """Given out by the pass; who has not paid says how he does, or that he will another time."""
    role = crew.by_role
    crew.until_heard(role["first Iryna"], "ready")
    paid = ["other Iryna", "made again", "no phone", "no paper 9", "no paper 10"]
    everybody = [*plain, *(role[who] for who in paid)]
    display = crew.stage.guests
    crew.until(lambda: role["no phone"] in display.words("guest_ready").split(), "his number")
    for number in everybody:
        crew.give_out(number)
    unpaid = {"allergy": CARD, "first Iryna": UNPAID}
    for who, way in unpaid.items():
        crew.give_out(role[who], way)
    crew.until_gone(*everybody, *(role[who] for who in unpaid))
    crew.until(lambda: role["no phone"] not in display.words("guest_ready").split(), "it to leave")


def _left_open(crew: Crew, orders: Sequence[Items]) -> None:
    """What stands on the board when the light goes out."""
    crew.telephone("gone", Wish(orders[4], name="Bohdan", pay=CARD), cook=False)
    crew.telephone("cancelled", Wish(orders[7], name="Lesia", pay=UNPAID), cook=False)
    crew.telephone("still here", Wish(orders[12], name="Nadiia", pay=CARD), cook=False)
    held = Wish(orders[11], name="Marta", phone="0672220000", texts=True, pay=CASH)
    crew.telephone("held", held, cook=False)
