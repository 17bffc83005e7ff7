"""The doors close: what is still open is answered, the day is closed, and all numbers agree."""

from __future__ import annotations

import json

from tests.journeys.evening import report
from tests.journeys.evening.crew import Crew
from tests.journeys.evening.phones import guests_codes, nothing_twice


def play(crew: Crew) -> None:
    """Then `check`, the report on the command line and on the screen, texts and paper."""
    crew.do(_answer_and_close)
    crew.do(_on_paper)
    crew.stage.cli("check")
    crew.do(_all_agree)
    crew.do(_on_the_screen)
    assert crew.heard() == crew.tally.texts
    crew.do(_everybody_goes)


def _everybody_goes(crew: Crew) -> None:
    with crew.aside():
        for window in crew.stage.windows.values():
            assert window.till.stop(30) == 0, f"the {window.name} did not end well"


def _answer_and_close(crew: Crew) -> None:
    role, counter = crew.by_role, crew.stage.counter
    crew.cashier.open("orders")
    counter.tap("close_day_open")
    for who, answer, kind, reason in (
        ("collected", "collected", "picked_up", ""),
        ("not collected", "not_collected", "not_collected", ""),
        ("closed", "cancelled", "cancelled", "Cancelled at the end of the day"),
    ):
        counter.tap(f"answer:{role[who]}:{answer}")
        counter.sees_no(f"answer:{role[who]}:{answer}")
        crew.tally.settled(role[who], kind, reason)
    counter.tap("close_day_now")
    counter.says("notice", "The day is closed.")


def _all_agree(crew: Crew) -> None:
    """`orderbell yesterday` and the script's own count, number by number."""
    day = crew.stage.desk.show(crew.by_role["held"])["business_date"]
    told = json.loads(crew.stage.cli("yesterday", "--date", day, "--json"))
    ours, theirs = report.expected(crew.tally), report.seen(told)
    wrong = [
        f"{name}: the script counts {ours[name]!r}, the report says {theirs[name]!r}"
        for name in ours
        if ours[name] != theirs[name]
    ]
    assert not wrong, "\n".join(wrong)
    assert ours.keys() == theirs.keys()
    report.check_times(crew.tally, told)


def _on_the_screen(crew: Crew) -> None:
    """The Reports screen says the same."""
    counter = crew.stage.counter
    crew.cashier.open("reports")
    counter.says("value:orders", "·")
    counter.tap("report_day_after")
    for key, value in report.on_screen(crew.tally).items():
        counter.says(f"value:{key}", value)
    for key, numbers in report.behind(crew.tally).items():
        counter.tap(f"figure:{key}")
        for number in numbers:
            counter.says(f"behind:{number}", number)


def _on_paper(crew: Crew) -> None:
    """Of each order one slip came out, or a second one that says COPY; none of what was dropped."""
    # Each look is a process.
    crew.until(
        lambda: not json.loads(crew.stage.cli("printer", "queue", "--json")),
        "all on paper",
        pause_s=1.0,
    )
    plain, marked = guests_codes(crew.stage.printer)
    assert set(plain.values()) == {1}, [code for code, count in plain.items() if count > 1]
    for number, told in crew.tally.orders.items():
        code = crew.stage.desk.show(number)["tracking_url"].upper()
        out = plain[code] + marked[code]
        assert out or told.kind == "cancelled" or told.undone, f"no slip of {number}"
    nothing_twice(crew.stage.printer)
