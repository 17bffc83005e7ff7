"""Who looks at the ways out is told which of them works, and which does not, since when and why."""

from __future__ import annotations

from pathlib import Path

from pos_app.clock import SECOND_MS
from pos_app.domain.way_forms import WayStanding
from pos_app.lanes.way_standings import standings
from pos_app.store import webhooks
from tests.lanes.ways import BLIND, PHONE, crossroads
from tests.support.shops import open_test_shop


def test_a_way_that_has_taken_a_text_says_when(tmp_path: Path) -> None:
    with crossroads(tmp_path / "shop", (PHONE, "sms"), (BLIND, "mail")) as roads:
        assert standings(roads.shop) == (WayStanding("phone"), WayStanding("http-mail"))
        roads.ready()
        roads.turn()
        phone, other = standings(roads.shop)
        assert (phone.code, phone.taken_at) == ("", roads.clock.now())
        assert other == WayStanding("http-mail")


def test_a_way_that_is_down_says_since_when_and_why(tmp_path: Path) -> None:
    with crossroads(tmp_path / "shop", (PHONE, "sms")) as roads:
        roads.ready()
        roads.places["sms"].plan.append("refuse:401")
        roads.turn()
        since = roads.clock.now()
        roads.pass_time(5)
        assert standings(roads.shop) == (WayStanding("phone", "credentials", since),)
        roads.pass_time(600)
        roads.ready()
        roads.turn()
        [phone] = standings(roads.shop)
        assert phone.code == ""
        assert phone.taken_at == roads.clock.now()


def test_a_program_that_rules_call_is_told_of_beside_them(tmp_path: Path) -> None:
    with open_test_shop(tmp_path / "shop", practice=False) as shop:
        url = "https://crm.example.com/orders"
        one = shop.desk.webhooks.add(url, "whsec_x", personal=False, lan=False)
        assert standings(shop) == (WayStanding(one.id),)
        now = shop.clock.now()
        with shop.database.write() as connection:
            webhooks.add(connection, one.id, 1, "event-1", now)
            [call] = webhooks.due(connection, now, 5)
            webhooks.postpone(connection, call, "timeout", now)
        assert standings(shop) == (WayStanding(one.id, "timeout", now),)
        later = type(now)(now + SECOND_MS)
        with shop.database.write() as connection:
            [call] = webhooks.due(connection, later, 5)
            webhooks.settle(connection, call, webhooks.TAKEN, "", later)
        assert standings(shop) == (WayStanding(one.id, taken_at=later),)
