"""Settings say how many guests are known, and take after how many days they are forgotten."""

from __future__ import annotations

from tests.support.pictures_automations import reach
from tests.support.shops import pickup
from tests.support.window import Till


def test_the_days_are_set_and_the_sentence_follows(till: Till) -> None:
    till.shop.desk.place(pickup(till.shop))
    till.tap("rail:settings")
    reach(till, "section:privacy")
    till.tap("section:privacy")
    till.enter_into("keep_days", "30")
    till.tap("keep_days_save")
    till.wait(lambda: till.shop.desk.setup().settings.privacy.people_days == 30, "saved")
    till.wait(lambda: till.text("guests_kept").startswith("Guests known: 1. The next"), "told")
    till.settle()
    till.enter_into("keep_days", "0")
    till.tap("keep_days_save")
    till.wait(lambda: "only when they ask" in till.text("guests_kept"), "never")


def test_days_that_are_none_are_refused_at_their_field(till: Till) -> None:
    till.tap("rail:settings")
    reach(till, "section:privacy")
    till.tap("section:privacy")
    till.enter_into("keep_days", "soon")
    till.tap("keep_days_save")
    till.wait(lambda: till.sees("keep_days_error"), "error")
