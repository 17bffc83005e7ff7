"""Past days before a rule is switched; rules from a file and into one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pos_app.clock import DAY_MS, MINUTE_MS
from pos_app.store import past_days
from tests.support.shift import ready
from tests.support.shops import pickup
from tests.support.window import Till
from tests.ui.automations.hand import named, open_all, open_plain, tap, till_at


def test_the_question_shows_who_would_have_got_what_yesterday(
    open_till: Callable[..., Till],
) -> None:
    till, clock = till_at(open_till)
    ready(till.shop, pickup(till.shop, "Margherita"))
    clock.advance(20 * MINUTE_MS)
    clock.advance(DAY_MS)
    open_plain(till)
    till.tap("switch:not_collected")
    till.wait(lambda: till.sees("switch_line:1"), "played")
    assert till.text("switch_sum").startswith("Yesterday, 1 order: 1 text")
    line = till.text("switch_line:1")
    assert line.endswith("A1 · Iryna · +380 … 567 · “still waiting for you” by SMS (uk)")
    assert "+1 text" in till.text("switch_sum")


def test_a_shop_without_orders_yesterday_is_told_so(till: Till) -> None:
    open_plain(till)
    till.tap("switch:late")
    till.wait(lambda: "no orders" in till.text("switch_sum"), "played")


def test_the_editor_plays_a_week_or_a_month(open_till: Callable[..., Till]) -> None:
    till, clock = till_at(open_till)
    for _ in range(3):
        ready(till.shop, pickup(till.shop, "Margherita"))
        clock.advance(DAY_MS)
    open_all(till)
    tap(till, "rule_edit:ready")
    till.tap("side:yesterday")
    till.wait(lambda: till.sees("past_sum"), "played")
    assert till.text("past_sum").startswith("Yesterday, 1 order: 1 text")
    till.tap("past:7")
    till.wait(lambda: "3 orders: 3 texts" in till.text("past_sum"), "a week")
    assert till.text("past_other") == "The rules that are on now: 3 texts"


def test_a_shop_without_a_past_plays_a_made_up_day_page_by_page(till: Till) -> None:
    open_all(till)
    tap(till, "rule_edit:ready")
    till.tap("side:yesterday")
    till.wait(lambda: till.sees("past_hint"), "yesterday has nothing")
    till.tap("past:made_up")
    till.wait(lambda: till.sees("past_said:1"), "the made-up day")
    assert till.text("past_sum").startswith("A made-up day, 60 orders: ")
    assert till.text("past_change") == "Beside what is on now: ±0 texts"
    assert till.text("past_which").startswith("1–10 of ")
    tap(till, "past_text:1")
    till.wait(lambda: till.sees("past_words:1"), "the words")
    assert "order A1 is ready" in till.text("past_words:1")
    tap(till, "past_on")
    till.wait(lambda: till.sees("past_said:11"), "the second page")
    assert till.text("past_which").startswith("11–")
    assert not till.sees("past_said:1")


def test_a_question_on_the_first_day_answers_with_a_made_up_one(till: Till) -> None:
    open_plain(till)
    till.tap("switch:late")
    till.wait(lambda: till.sees("switch_line:1"), "played")
    assert "no orders" in till.text("switch_sum")
    assert "A made-up day, 60 orders: " in till.text("switch_sum")


def test_long_days_show_how_far_they_are_and_can_be_stopped(
    open_till: Callable[..., Till], monkeypatch: pytest.MonkeyPatch
) -> None:
    till, clock = till_at(open_till)
    for _ in range(3):
        ready(till.shop, pickup(till.shop, "Margherita"))
    clock.advance(DAY_MS)
    monkeypatch.setattr(past_days, "CHUNK", 1)
    gate = threading.Semaphore(1)
    ranges = past_days.ranges

    def slowly(first: int, last: int) -> Iterator[tuple[int, int]]:
        for piece in ranges(first, last):
            assert gate.acquire(timeout=20)
            yield piece

    monkeypatch.setattr(past_days, "ranges", slowly)
    open_all(till)
    tap(till, "rule_edit:ready")
    till.tap("side:yesterday")
    till.wait(lambda: till.sees("past_stop"), "one of three is played")
    till.tap("past_stop")
    assert till.text("past_words").startswith("Stopped.")
    gate.release(9)
    till.wait(lambda: not till.background.busy, "it has ended")
    assert till.text("past_words").startswith("Stopped.")
    till.tap("past:7")
    till.wait(lambda: till.sees("past_sum"), "played after all")


def test_rules_go_into_a_file_and_come_back_off_after_each_way_out_was_agreed_to(
    till: Till, tmp_path: Path
) -> None:
    open_all(till)
    till.tap("rules_export")
    file = tmp_path / "rules.toml"
    till.enter_into("exchange_file", str(file))
    till.tap("exchange_act")
    till.wait(lambda: file.exists() and not till.sees("exchange"), "written")
    rule = named(till, "Ready for pickup")
    assert rule is not None
    till.tap("rules_import")
    till.enter_into("exchange_file", str(file))
    till.tap("exchange_act")
    till.wait(lambda: till.sees("exchange_count"), "read")
    assert till.text("exchange_count") == "3 rules; all will be off"
    assert not till.find("exchange_act").isEnabled(), "nobody has agreed to SMS yet"
    tap(till, "exchange_outward:channel:sms")
    tap(till, "exchange_as_new")
    till.tap("exchange_act")
    till.wait(lambda: len(till.shop.desk.rules.everything()) == 6, "brought in")
    came = [one for one in till.shop.desk.rules.everything() if one.origin == "import"]
    assert len(came) == 3
    assert not any(one.on for one in came)


def test_a_file_that_is_there_already_is_not_written_over(till: Till, tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text("mine")
    open_all(till)
    till.tap("rules_export")
    till.enter_into("exchange_file", str(file))
    till.tap("exchange_act")
    till.wait(lambda: till.sees("exchange_file_error"), "refused")
    assert file.read_text() == "mine"


def test_a_file_that_holds_no_rules_is_refused_at_its_field(till: Till, tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text('format = 1\n[[rules]]\nname = "x"\nrun = "rm"\n')
    open_all(till)
    till.tap("rules_import")
    till.enter_into("exchange_file", str(file))
    till.tap("exchange_act")
    till.wait(lambda: till.sees("exchange_file_error"), "refused")
    till.tap("exchange_cancel")
    assert not till.sees("exchange")
