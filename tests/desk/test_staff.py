"""Names and PINs: what is kept of them, and how long a wrong one has to wait."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import argon2
import pytest
from argon2.low_level import Type
from sqlalchemy import select

from pos_app.bootstrap import Shop
from pos_app.changes import Change, SettingsChanged
from pos_app.clock import MINUTE_MS, SECOND_MS, VirtualClock
from pos_app.desk import pins
from pos_app.domain.staff import NOBODY, Role, wait_after_s
from pos_app.errors import BadInput, NotFound, PinRefused, Refused
from pos_app.store import journal, tables
from tests.support import quick_pins
from tests.support.shops import EVENING, open_test_shop, pickup

PIN = "4711"
WRONG = "0000"


def events(shop: Shop) -> list[journal.Entry]:
    with shop.database.read() as connection:
        return journal.after(connection, 0)


def refused_seconds(shop: Shop, staff_id: str, pin: str) -> int:
    with pytest.raises(PinRefused) as refused:
        shop.desk.staff.prove(staff_id, pin)
    return refused.value.seconds


def test_a_name_is_added_changed_and_gone(shop: Shop) -> None:
    heard: list[Change] = []
    shop.feed.subscribe(heard.append)
    staff = shop.desk.staff
    olha = staff.add(" Olha ", Role.CASHIER, phone="067 123 45 67")
    assert (olha.name, olha.phone, olha.has_pin) == ("Olha", "+380671234567", False)
    changed = staff.change(olha.id, name="Olha K.", role=Role.KITCHEN, phone="")
    assert staff.everyone() == [changed]
    staff.remove(olha.id)
    assert staff.everyone() == []
    assert [one.name for one in shop.desk.setup().staff] == ["Olha K."], "his events keep a name"
    assert heard == [SettingsChanged(("staff",))] * 3
    kinds = [event.kind for event in events(shop)]
    assert kinds == ["staff_added", "staff_changed", "staff_removed"]


@pytest.mark.parametrize(
    ("name", "pin", "phone", "field"),
    [
        ("", "", "", "name"),
        ("olha", "", "", "name"),
        ("x" * 41, "", "", "name"),
        ("Ivan", "123", "", "pin"),
        ("Ivan", "123456789", "", "pin"),
        ("Ivan", "12a4", "", "pin"),
        ("Ivan", "١٢٣٤", "", "pin"),
        ("Ivan", "", "12", "phone"),
    ],
)
def test_what_cannot_be_kept_names_its_field(
    shop: Shop, name: str, pin: str, phone: str, field: str
) -> None:
    shop.desk.staff.add("Olha", Role.CASHIER)
    with pytest.raises(BadInput) as refused:
        shop.desk.staff.add(name, Role.COURIER, pin, phone)
    assert refused.value.field == field
    assert len(shop.desk.staff.everyone()) == 1


def test_a_pin_is_kept_as_argon2id_no_weaker_than_owasp_asks(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pins, "_HASHER", quick_pins.TRUE)
    shop.desk.staff.add("Marta", Role.MANAGER, PIN)
    with shop.database.read() as connection:
        kept = connection.execute(select(tables.staff.c.pin_hash)).scalar_one()
    parameters = argon2.extract_parameters(kept)
    assert parameters.type is Type.ID
    assert parameters.memory_cost >= 19 * 1024
    assert parameters.time_cost >= 2
    assert parameters.parallelism >= 1
    assert (parameters.salt_len, parameters.hash_len) >= (16, 16)
    shop.desk.staff.add("Nadia", Role.MANAGER, "83640275")
    files = [file for file in shop.data.rglob("*") if file.is_file()]
    assert not [file for file in files if b"83640275" in file.read_bytes()]


def test_the_same_pin_is_kept_differently_for_each(shop: Shop) -> None:
    for name in ("Marta", "Olha"):
        shop.desk.staff.add(name, Role.MANAGER, PIN)
    with shop.database.read() as connection:
        kept = connection.execute(select(tables.staff.c.pin_hash)).scalars().all()
    assert len(set(kept)) == 2


def test_no_transaction_waits_for_a_pin(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a PIN is being compared, another act commits."""
    marta = shop.desk.staff.add("Marta", Role.MANAGER, PIN)
    from pos_app.desk import pins

    placed: list[int] = []
    slow: dict[str, Callable[..., object]] = {"hashed": pins.hashed, "fits": pins.fits}

    def meanwhile(name: str) -> Callable[..., object]:
        def act(*words: str) -> object:
            with ThreadPoolExecutor(1) as other:
                order = other.submit(lambda: shop.desk.place(pickup(shop))).result(5).order
            placed.append(order.id)
            return slow[name](*words)

        return act

    for name in slow:
        monkeypatch.setattr(pins, name, meanwhile(name))
    shop.desk.staff.prove(marta.id, PIN)
    shop.desk.staff.set_pin(marta.id, "2222")
    assert len(placed) == 2


def test_wrong_pins_wait_from_five_seconds_to_five_minutes(shop: Shop, clock: VirtualClock) -> None:
    marta = shop.desk.staff.add("Marta", Role.MANAGER, PIN)
    waits = []
    for _ in range(9):
        waits.append(refused_seconds(shop, marta.id, WRONG))
        clock.advance(waits[-1] * SECOND_MS - 1)
        assert refused_seconds(shop, marta.id, PIN) == 1, "the right one has to wait too"
        clock.advance(1)
    assert waits == [5, 10, 20, 40, 80, 160, 300, 300, 300]
    assert shop.desk.staff.prove(marta.id, PIN) == marta
    assert refused_seconds(shop, marta.id, WRONG) == 5, "after a right one it begins anew"
    refused = [event for event in events(shop) if event.kind == "pin_refused"]
    assert [event.payload for event in refused] == [{"staff_id": marta.id}] * 10


def test_guessing_for_a_day_reaches_few_pins(shop: Shop, clock: VirtualClock) -> None:
    marta = shop.desk.staff.add("Marta", Role.MANAGER, PIN)
    day_s, tries, spent_s = 24 * 60 * 60, 0, 0
    while spent_s < day_s:
        tries += 1
        spent_s += wait_after_s(tries)
    assert tries < 300, "of ten thousand"
    assert refused_seconds(shop, marta.id, WRONG) == wait_after_s(1)


def test_a_wrong_pin_makes_only_its_owner_wait(shop: Shop) -> None:
    staff = shop.desk.staff
    marta, olha = staff.add("Marta", Role.MANAGER, PIN), staff.add("Olha", Role.CASHIER, "2222")
    ivan = staff.add("Ivan", Role.KITCHEN)
    refused_seconds(shop, marta.id, WRONG)
    assert staff.switch(olha.id, "2222") == olha
    assert staff.switch(ivan.id) == ivan


def test_tries_at_once_are_counted_one_by_one(shop: Shop) -> None:
    marta = shop.desk.staff.add("Marta", Role.MANAGER, PIN)

    def guess(pin: str) -> str:
        try:
            shop.desk.staff.prove(marta.id, pin)
        except PinRefused as refused:
            return refused.title
        return "right"

    with ThreadPoolExecutor(8) as many:
        said = list(many.map(guess, [f"{number:04}" for number in range(8)]))
    assert sorted(set(said)) == ["A wrong PIN was typed before", "This PIN is wrong"]
    assert said.count("This PIN is wrong") == 1, "one try was looked at, the others had to wait"


def test_what_can_be_no_pin_is_not_counted(shop: Shop) -> None:
    marta = shop.desk.staff.add("Marta", Role.MANAGER, PIN)
    for typed in ("", "12", "x" * 4):
        with pytest.raises(BadInput):
            shop.desk.staff.prove(marta.id, typed)
    assert shop.desk.staff.prove(marta.id, PIN) == marta


def test_a_new_pin_ends_the_waiting(shop: Shop) -> None:
    marta = shop.desk.staff.add("Marta", Role.MANAGER, PIN)
    refused_seconds(shop, marta.id, WRONG)
    shop.desk.staff.set_pin(marta.id, "99999999")
    assert shop.desk.staff.prove(marta.id, "99999999").id == marta.id


def test_the_waiting_outlives_the_process_that_counted(tmp_path: Path) -> None:
    clock = VirtualClock(EVENING)
    with open_test_shop(tmp_path, clock=clock) as shop:
        marta = shop.desk.staff.add("Marta", Role.MANAGER, PIN)
        refused_seconds(shop, marta.id, WRONG)
    with open_test_shop(tmp_path, clock=clock) as shop:
        assert refused_seconds(shop, marta.id, PIN) == 5
        clock.advance(MINUTE_MS)
        assert shop.desk.staff.prove(marta.id, PIN).id == marta.id


GUESSER = """
import sys
from pathlib import Path
from pos_app.bootstrap import open_shop
from pos_app.errors import PinRefused
shop = open_shop(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
try:
    shop.desk.staff.prove(sys.argv[2], sys.argv[3])
    print("right", flush=True)
except PinRefused as refused:
    print(refused.title, flush=True)
shop.close()
"""


def test_two_processes_share_one_count(tmp_path: Path) -> None:
    with open_test_shop(tmp_path) as shop:
        marta = shop.desk.staff.add("Marta", Role.MANAGER, PIN)
    guessers = [
        subprocess.Popen(
            [sys.executable, "-c", GUESSER, str(tmp_path), marta.id, pin],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for pin in ("1111", "2222")
    ]
    for guesser in guessers:
        assert guesser.stdout is not None
        assert guesser.stdout.readline() == "ready\n"
        assert guesser.stdin is not None
        guesser.stdin.write("go\n")
        guesser.stdin.flush()
    said = sorted(guesser.communicate(timeout=60)[0].strip() for guesser in guessers)
    assert said == ["A wrong PIN was typed before", "This PIN is wrong"]


def test_every_event_carries_who_stands_at_the_screen(shop: Shop) -> None:
    staff = shop.desk.staff
    olha, ivan = staff.add("Olha", Role.CASHIER), staff.add("Ivan", Role.KITCHEN, PIN)
    staff.switch(olha.id)
    order = shop.desk.place(pickup(shop)).order
    staff.switch(ivan.id, PIN)
    shop.desk.bump(order.id)
    staff.leave()
    shop.desk.bump(order.id)
    assert [entry.staff_id for entry in shop.desk.timeline(order.id)] == [olha.id, ivan.id, NOBODY]
    switched = [event for event in events(shop) if event.kind == "staff_switched"]
    assert [(e.payload["staff_id"], e.staff_id) for e in switched] == [
        (olha.id, olha.id),
        (ivan.id, ivan.id),
        (NOBODY, ivan.id),
    ]


def test_the_journal_says_when_who_and_where(shop: Shop, clock: VirtualClock) -> None:
    staff = shop.desk.staff
    olha, marta = staff.add("Olha", Role.CASHIER), staff.add("Marta", Role.MANAGER, PIN)
    staff.switch(olha.id)
    refused_seconds(shop, marta.id, WRONG)
    clock.advance(MINUTE_MS)
    staff.switch(marta.id, PIN)
    staff.prove_manager(marta.id, PIN)
    staff.change(olha.id, name="Olha", role=Role.KITCHEN, phone="")
    staff.set_pin(olha.id, "2222")
    staff.remove(olha.id)
    later = EVENING + MINUTE_MS
    assert [(e.kind, e.at, e.staff_id, e.payload["staff_id"]) for e in events(shop)] == [
        ("staff_added", EVENING, NOBODY, olha.id),
        ("staff_added", EVENING, NOBODY, marta.id),
        ("pin_set", EVENING, NOBODY, marta.id),
        ("staff_switched", EVENING, olha.id, olha.id),
        ("pin_refused", EVENING, olha.id, marta.id),
        ("staff_switched", later, marta.id, marta.id),
        ("manager_agreed", later, marta.id, marta.id),
        ("staff_changed", later, marta.id, olha.id),
        ("pin_set", later, marta.id, olha.id),
        ("staff_removed", later, marta.id, olha.id),
    ]
    assert {event.device_id for event in events(shop)} == {shop.terminal_id}


def test_a_refused_pin_leaves_who_was_there(shop: Shop) -> None:
    staff = shop.desk.staff
    olha, marta = staff.add("Olha", Role.CASHIER), staff.add("Marta", Role.MANAGER, PIN)
    staff.switch(olha.id)
    with pytest.raises(PinRefused):
        staff.switch(marta.id, WRONG)
    assert shop.desk.staff_id == olha.id


def test_lanes_act_in_nobody_s_name(shop: Shop) -> None:
    lanes = shop.desk.apart()
    shop.desk.staff.switch(shop.desk.staff.add("Olha", Role.CASHIER).id)
    order = lanes.place(pickup(shop)).order
    assert [entry.staff_id for entry in shop.desk.timeline(order.id)] == [NOBODY]


def test_the_last_manager_with_a_pin_stays(shop: Shop) -> None:
    staff = shop.desk.staff
    marta, nadia = staff.add("Marta", Role.MANAGER, PIN), staff.add("Nadia", Role.MANAGER)
    with pytest.raises(Refused, match="last manager"):
        staff.remove(marta.id)
    with pytest.raises(Refused, match="last manager"):
        staff.change(marta.id, name="Marta", role=Role.CASHIER, phone="")
    staff.set_pin(nadia.id, "2222")
    staff.remove(marta.id)
    with pytest.raises(NotFound):
        staff.prove(marta.id, PIN)
    staff.set_pin(nadia.id, "")
    assert not staff.rights().in_force, "taking the last PIN off ends the roles, on purpose"


def test_no_word_about_a_person_enters_the_journal(shop: Shop) -> None:
    olha = shop.desk.staff.add("Olha", Role.CASHIER, PIN, "+380671234567")
    shop.desk.staff.change(olha.id, name="Olha Kovalenko", role=Role.CASHIER, phone="")
    shop.desk.staff.switch(olha.id, PIN)
    shop.desk.staff.remove(olha.id)
    told = "".join(str(event.payload) for event in events(shop))
    for secret in ("Olha", "Kovalenko", "671234567", PIN, "argon2"):
        assert secret not in told
