"""The owner's own settings: the hours of the shop, and where he is told of the day."""

from __future__ import annotations

from pos_app.config import Owner
from pos_app.domain.opening import OpeningHours
from tests.support.pictures_automations import reach
from tests.support.window import Till


def test_the_hours_are_typed_as_people_write_them(till: Till) -> None:
    till.tap("rail:settings")
    till.tap("section:hours")
    till.enter_into("hours_tue", "10-15, 18-2")
    till.enter_into("hours_closed", "2026-12-25")
    till.enter_into("hours_quiet", "21:30-9")
    till.tap("hours_save")
    evening = (("10:00", "15:00"), ("18:00", "02:00"))
    wanted = OpeningHours(((), evening, (), (), (), (), ()), ("2026-12-25",), ("21:30", "09:00"))
    till.wait(lambda: till.shop.desk.setup().settings.hours == wanted, "the hours are saved")
    till.wait(lambda: till.text("hours_tue") == "10:00-15:00, 18:00-02:00", "shown as stored")


def test_what_is_no_hours_is_said_at_its_day(till: Till) -> None:
    till.tap("rail:settings")
    till.tap("section:hours")
    till.enter_into("hours_wed", "late")
    till.tap("hours_save")
    till.wait(lambda: "“late” are no hours" in till.text("hours_wed_error"), "refused at the day")
    assert till.shop.desk.setup().settings.hours.is_always_open


def test_the_owner_says_where_he_is_told_of_the_day(till: Till) -> None:
    till.tap("rail:settings")
    reach(till, "section:owner")
    till.tap("section:owner")
    till.enter_into("owner_mail", "owner")
    till.tap("owner_save")
    till.wait(lambda: till.sees("owner_mail_error"), "refused at the field")
    till.enter_into("owner_mail", "owner@trattoria.example")
    till.enter_into("owner_phone", "067 111 22 33")
    till.tap("owner_save")
    wanted = Owner("owner@trattoria.example", "+380671112233")
    till.wait(lambda: till.shop.desk.setup().settings.owner == wanted, "saved")
