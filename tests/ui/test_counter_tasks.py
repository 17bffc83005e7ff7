"""What the counter is asked while it sells: questions, wishes to cancel, what is taken now."""

from __future__ import annotations

from pos_app.clock import MINUTE_MS
from pos_app.config import Stop
from pos_app.domain.workflow import Kind
from pos_app.store import orders
from tests.support.shift import now
from tests.support.shops import pickup
from tests.support.window import Till


def test_the_kitchens_question_comes_with_the_phone_and_goes_with_its_answer(till: Till) -> None:
    desk = till.shop.desk
    order = desk.place(pickup(till.shop)).order
    desk.kitchen.ask_counter(order.id, "No onions at all?")
    till.wait(lambda: till.sees("task:A1"), "the task")
    assert "No onions at all?" in till.text("question:A1")
    till.enter_into("reply:A1", "Not at all")
    till.tap("answered:A1")
    till.wait(lambda: not till.sees("task:A1"), "the task to go")
    answered = now(till.shop, order)
    assert answered.asked_at is None
    assert [change.text for change in answered.unseen_changes] == ["No onions at all? – Not at all"]


def test_a_question_that_stood_before_the_window_is_there(till: Till) -> None:
    order = till.shop.desk.place(pickup(till.shop)).order
    till.shop.desk.kitchen.ask_counter(order.id, "Which sauce?")
    till.window.show_screen("orders")
    till.window.show_screen("counter")
    till.wait(lambda: till.sees("task:A1"), "the task")


def test_stopping_deliveries_is_shown_and_ends_with_one_touch(till: Till) -> None:
    till.tap("tell_guests")
    till.tap("stop:deliveries:30")
    till.wait(lambda: till.sees("stopped"), "the stop on the counter")
    assert till.text("stopped").startswith("Deliveries are stopped until ")
    till.tap("stop:none")
    till.wait(lambda: not till.sees("stopped"), "everything is taken again")


def test_a_stop_ends_by_itself(till: Till) -> None:
    clock = till.shop.clock
    until = clock.now() + 2 * MINUTE_MS
    till.shop.desk.evening.stop(Stop(everything_until=until))  # type: ignore[arg-type]
    till.wait(lambda: till.sees("stopped"), "the stop")
    assert till.text("stopped").startswith("Nothing is taken until ")


def test_the_minutes_and_the_closing_time_move_by_touch(till: Till) -> None:
    till.tap("tell_guests")
    till.tap("tell:more")
    till.wait(lambda: "Pickup 25 · Delivery 55" in till.text("taking_minutes"), "25 minutes")
    till.tap("closing:more")
    till.wait(lambda: till.text("taking_closing") == "22:00", "a closing time")
    till.tap("closing:less")
    till.wait(lambda: till.text("taking_closing") == "21:30", "half an hour earlier")
    till.tap("closing:none")
    till.wait(lambda: till.text("taking_closing") == "no time set", "none")


def test_a_guests_wish_to_cancel_is_answered_by_a_person(till: Till) -> None:
    desk = till.shop.desk
    first, second = (desk.place(pickup(till.shop)).order for _ in range(2))
    for order in (first, second):
        with desk.act() as act:
            orders.change(act.connection, order.id, cancel_asked_at=act.now)
            act.record("cancel_asked", order.id, {})
    till.wait(lambda: till.sees("cancel_asked:A1") and till.sees("cooking_on:A2"), "both wishes")
    till.tap("cancel_asked:A1")
    till.wait(lambda: now(till.shop, first).kind is Kind.CANCELLED, "cancelled")
    till.tap("cooking_on:A2")
    till.wait(lambda: not till.sees("task:A2"), "declined")
    assert now(till.shop, second).kind is Kind.ACCEPTED
