"""The light goes out: every process dies at once, and the shop goes on from where it was."""

from __future__ import annotations

from tests.journeys.evening.crew import Crew
from tests.journeys.evening.phones import nothing_twice
from tests.journeys.evening.tally import CASH

AWAY_MINUTES = 20
CALLED = ("held", "wrong bump")


def play(crew: Crew) -> None:
    """Two guests are just being called when it happens; then a person says what has left."""
    crew.do(_called)
    with crew.aside():
        crew.do(_dark)
    crew.do(_caught_up)
    crew.do(_goes_on)


def _called(crew: Crew) -> None:
    called = [crew.by_role[who] for who in CALLED]
    for number in called:
        crew.cook.leave.discard(number)
    crew.until_ready(*called)


def _dark(crew: Crew) -> None:
    crew.stage.cut()
    for who in CALLED:
        # Taras was told *ready* once before, and it was wrong.
        times = crew.tally.texts[crew.by_role[who], "ready"]
        assert crew.heard()[crew.by_role[who], "ready"] == times, "a text left inside its grace"
    crew.stage.let_pass(AWAY_MINUTES)
    crew.stage.light()
    crew.cook.window, crew.expediter.window = crew.stage.kitchen, crew.stage.board


def _caught_up(crew: Crew) -> None:
    """*Catch up* stands there by itself; what is open is answered, then the texts may leave."""
    role, counter, tally = crew.by_role, crew.stage.counter, crew.tally
    heard = crew.heard()
    counter.says("catch_up_title", "Catch up: tap what has left")
    assert counter.find("held_send") is None, "texts may go before the orders are answered"
    answers = {"gone": "gone", "cancelled": "cancelled", "still here": "here"}
    for who, answer in (answers | dict.fromkeys(CALLED, "here")).items():
        counter.tap(f"answer:{role[who]}:{answer}")
        counter.sees_no(f"answer:{role[who]}:{answer}")
    tally.settled(role["gone"], "picked_up")
    tally.settled(role["cancelled"], "cancelled", "Cancelled after a power cut")
    for who in ("still here", *CALLED):
        tally[role[who]].times_known = False
    counter.says("held_send", f"Send {len(CALLED)} held messages")
    assert crew.heard() == heard, "a held text left by itself"
    counter.tap("held_send")
    counter.sees_no("held_send")


def _goes_on(crew: Crew) -> None:
    """What is still here is made and given out as if nothing had been."""
    number = crew.by_role["still here"]
    nothing_twice(crew.stage.printer)
    crew.cook.leave.discard(number)
    crew.give_out(number)
    crew.until_gone(number)


def called_guests_come(crew: Crew) -> None:
    """Each got the held text once; Taras pays, and says what he thinks of it."""
    role = crew.by_role
    crew.until_heard(role["held"], "ready")
    crew.until_heard(role["wrong bump"], "ready", 2)
    crew.give_out(role["held"])
    crew.give_out(role["wrong bump"], CASH)
    crew.until_gone(role["wrong bump"], role["held"])
    assert crew.guest is not None
    crew.guest.says("Picked up")
    crew.guest.rate(4)
    crew.tally.stars[role["wrong bump"]] = 4
