"""The doctor's round over a real shop: what is well, what is not, and what to do about it."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app import paths, support
from pos_app.bootstrap import Shop
from pos_app.clock import DAY_MS, HOUR_MS, VirtualClock
from pos_app.config import ShopSettings, TextLimits, WayOut
from pos_app.desk.printers import Prints
from pos_app.doctor import examining, sounds, stores
from pos_app.doctor.finding import OFF, OK, TROUBLE, Finding
from pos_app.errors import Phrase, Refused
from pos_app.lanes.lease import Lease
from pos_app.lanes.state import LaneStates
from pos_app.lanes.timers import TimersWorker
from pos_app.language import Texts
from pos_app.store import soundness, spend
from pos_app.store.sites import Site
from tests.crashes.test_reports import MARKERS
from tests.lanes.rounds import Evening, evening
from tests.support.shops import EVENING, open_test_shop, pickup

EXPECTED = [
    "disk", "store", "clock", "keys", "page", "texts", "printers", "backup", "lease", "fonts",
    "sound", "updates", "bugs", "versions",
]  # fmt: skip


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(EVENING)


@pytest.fixture
def shop(tmp_path: Path, clock: VirtualClock) -> Iterator[Shop]:
    with open_test_shop(tmp_path / "data", clock=clock, practice=False) as opened:
        yield opened


def looked(shop: Shop) -> dict[str, Finding]:
    return {finding.subject: finding for finding in support.examine(shop)}


def test_a_new_shop_is_well_and_every_subject_is_told(shop: Shop) -> None:
    found = support.examine(shop)
    assert [one.subject for one in found] == EXPECTED
    assert [one.subject for one in found if one.state == TROUBLE] == []


def test_every_trouble_says_what_to_do(shop: Shop) -> None:
    site = Site("s", "hosted", "http://127.0.0.1:9", "shop", "till", 17, 1, 1, 0, 0, 0, None)
    shop.desk.use_site(site, bytes(32))
    found = [one for one in support.examine(shop) if one.state == TROUBLE]
    assert {"reach"} <= {one.subject for one in found}
    assert [one.subject for one in found if not one.advice()] == []


def test_findings_speak_the_shop_s_language(shop: Shop) -> None:
    gettext = Texts("uk").gettext
    said = {one.subject: one.said(gettext) for one in support.examine(shop)}
    assert said["lease"] == "Ніхто не надсилає: жодного вікна не відкрито."
    assert said["store"].startswith("заклад "), "its values are translated, too"


def test_a_look_that_fails_is_trouble_of_its_subject_and_the_round_goes_on(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> list[Finding]:
        raise ZeroDivisionError

    looks = [(name, broken if name == "clock" else look) for name, look in examining.LOOKS]
    monkeypatch.setattr(examining, "LOOKS", tuple(looks))
    found = looked(shop)
    assert found["clock"].state == TROUBLE
    assert "ZeroDivisionError" in found["clock"].said()
    assert found["versions"].state == OK


def test_a_look_that_hangs_does_not_hold_up_the_doctor(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = threading.Event()

    def hangs(*_: object) -> list[Finding]:
        released.wait(20)
        return []

    monkeypatch.setitem(examining.LONG, "reach", hangs)
    monkeypatch.setattr(examining, "ROUND_S", 0.3)
    try:
        found = looked(shop)
    finally:
        released.set()
    assert found["reach"].state == TROUBLE
    assert "left alone" in found["reach"].said()
    assert found["versions"].state == OK


def test_a_store_too_large_to_search_in_a_hurry_is_no_trouble(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundness, "_STEPS", 1)
    (found,) = stores.store(shop, shop.desk.setup(), -1.0)
    assert found.state == OK
    assert "too large" in found.said()
    assert soundness.integrity(shop.database) == [], "the connection can be used again"


def test_without_a_shop_the_reason_is_told(tmp_path: Path) -> None:
    found = list(support.without_shop(tmp_path / "none", Refused("There is no shop here")))
    assert [one.subject for one in found] == ["disk", "store", "versions"]
    assert found[1].said() == "There is no shop here"


# Who sends


def test_who_sends_is_named_with_since_when_and_its_last_sign_of_life(
    shop: Shop, clock: VirtualClock
) -> None:
    lease = Lease(shop)
    assert lease.take()
    try:
        TimersWorker(shop, lease.fence, lambda: None).work()
        found = looked(shop)["lease"]
        assert found.state == OK
        assert "sends since 20" in found.said()
        assert "last heard 2026-11-23 21:00" in found.said()
        clock.advance(5 * 60_000)
        assert looked(shop)["lease"].state == TROUBLE, "it holds the lease and does not move"
    finally:
        lease.release()
    found = looked(shop)["lease"]
    assert found.state == OFF
    assert "2026-11-23 21:00" in found.said()


@pytest.mark.parametrize(
    ("lane", "code", "english", "ukrainian"),
    [
        (
            "sms",
            "credentials",
            "The SMS phone refuses our password since 2026-11-23 21:00",
            "SMS-телефон не приймає наш пароль з 2026-11-23 21:00",
        ),
        (
            "channel:mail",
            "timeout",
            "The mail server does not answer since 2026-11-23 21:00",
            "Поштовий сервер: немає відповіді з 2026-11-23 21:00",
        ),
        (
            "push",
            "unreachable",
            "The page has not heard from us since 2026-11-23 21:00",
            "Сторінка не отримує від нас новин з 2026-11-23 21:00",
        ),
        (
            "leap",
            "95",
            "The clock of this computer leapt by 1 h 35. Texts wait until it is right.",
            (
                "Годинник цього комп’ютера стрибнув на 1 год 35. "
                "Повідомлення чекають, доки він не стане правильним."
            ),
        ),
        ("webhooks", "busy", "busy since 2026-11-23 21:00", "busy з 2026-11-23 21:00"),
    ],
)
def test_a_lane_in_trouble_is_told_in_the_words_of_the_line_above_every_screen(
    shop: Shop, lane: str, code: str, english: str, ukrainian: str
) -> None:
    shop.desk.channels.add(WayOut("post", "mail", "mail"), "")
    LaneStates(shop).note(lane, code)
    found = looked(shop)[f"lane {lane}"]
    assert found.state == TROUBLE
    assert (found.said(), found.said(Texts("uk").gettext)) == (english, ukrainian)
    assert found.advice()
    assert found.in_public()["code"] == code, "a report keeps what the program calls it"


# Backups


def test_the_age_of_the_last_backup_and_whether_it_opens(shop: Shop, clock: VirtualClock) -> None:
    copy = shop.desk.backups.make().copy.path
    clock.advance(5 * HOUR_MS)
    found = looked(shop)["backup"]
    assert (found.state, "5 hours old" in found.said()) == (OK, True)
    whole = copy.read_bytes()
    copy.write_bytes(whole[:4096] + b"\xff" * 8192 + whole[12288:])
    found = looked(shop)["backup"]
    assert (found.state, "damaged" in found.said()) == (TROUBLE, True)
    copy.write_bytes(whole)
    clock.advance(2 * DAY_MS)
    found = looked(shop)["backup"]
    assert (found.state, "53 hours old" in found.said()) == (TROUBLE, True)
    assert "orderbell backup" in found.advice()
    assert sorted(file.name for file in copy.parent.iterdir()) == [copy.name], "no trace beside it"


# Texts


def test_what_the_phone_may_still_send_is_counted(tmp_path: Path) -> None:
    with evening(tmp_path / "shop") as tonight:
        assert "0 of 30 parts" in _sms(tonight).said()
        order = tonight.place()
        tonight.make_ready(order)
        tonight.pass_time(31)
        tonight.send()
        assert [state for _, state, _ in tonight.states(order)] == ["sent"]
        found = _sms(tonight)
        assert (found.state, "1 of 30 parts" in found.said()) == (OK, True)
        tonight.pass_time(1_801)
        assert "0 of 30 parts" in _sms(tonight).said()


def _sms(tonight: Evening) -> Finding:
    return looked(tonight.shop)["sms"]


def test_what_is_left_of_the_month_s_budget(shop: Shop) -> None:
    assert "budget" not in looked(shop)
    shop.desk.channels.set_limits(TextLimits(month_budget=50_000))
    assert looked(shop)["budget"].said().startswith("5 UAH of 5 UAH")
    with shop.database.write() as connection:
        spend.add(connection, "2026-11", "sms", "ready", 1, 50_000)
    assert looked(shop)["budget"].state == TROUBLE


# Paper, fonts, sound


def test_each_printer_is_told_by_its_name(shop: Shop, tmp_path: Path) -> None:
    desk = shop.desk
    desk.add_printer(name="Till", kind="file", address=str(tmp_path / "paper"), prints=Prints())
    desk.place(pickup(shop))
    found = looked(shop)
    assert "1 slips wait" in found["printers"].said()
    assert found["printer"].said() == "Till: no slip yet, 1 wait"
    from pos_app.lanes.paper import PrinterWorker

    PrinterWorker(shop, desk.setup().printers[0]).work()
    assert looked(shop)["printer"].said() == "Till: last slip 2026-11-23 21:00, 0 wait"


def test_where_qt_is_absent_nothing_is_painted_and_that_is_fine(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pos_app.fonts", None)
    found = looked(shop)
    assert found["fonts"].state == OFF
    assert "Qt –" in found["versions"].said()


def test_letters_that_the_font_lacks_are_named(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    assert looked(shop)["fonts"].state == OK
    monkeypatch.setattr("pos_app.doctor.fonts.SIGNS", "Aґ\U00012000")
    found = looked(shop)["fonts"]
    assert (found.state, found.said().endswith("\U00012000")) == (TROUBLE, True)


def test_a_sound_that_cannot_be_decoded_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shop: Shop
) -> None:
    (tmp_path / "sounds").mkdir()
    for name in sounds.NAMES:
        whole = (paths.resources() / "sounds" / f"{name}.wav").read_bytes()
        (tmp_path / "sounds" / f"{name}.wav").write_bytes(whole)
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    assert [one.state for one in sounds.sound(shop, shop.desk.setup())] != [TROUBLE]
    (tmp_path / "sounds" / "late.wav").write_bytes(b"RIFF no sound")
    (found,) = sounds.sound(shop, shop.desk.setup())
    assert found.said() == "These sounds cannot be played: late"


def test_an_output_is_a_card_or_a_server_that_plays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sounds, "_CARDS", tmp_path / "cards")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert not sounds.has_output()
    (tmp_path / "cards").write_text("--- no soundcards ---\n")
    assert not sounds.has_output()
    (tmp_path / "cards").write_text(" 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n")
    assert sounds.has_output()
    (tmp_path / "cards").unlink()
    (tmp_path / "pipewire-0").touch()
    assert sounds.has_output()


# What is sent on


def test_a_report_holds_nothing_that_somebody_typed(
    tmp_path: Path, clock: VirtualClock, shop: Shop
) -> None:
    desk = shop.desk
    desk.change_shop(ShopSettings(name=MARKERS[0], phone=MARKERS[1]))
    desk.add_printer(name=MARKERS[2], kind="file", address=str(tmp_path), prints=Prints())
    desk.place(pickup(shop, phone="+380671234567"))
    site = Site("s", "hosted", f"http://{MARKERS[3]}.invalid", "x", "t", 17, 1, 1, 0, 0, 0, None)
    desk.use_site(site, bytes(32))
    told = support.report(shop.data, support.examine(shop))
    assert [marker for marker in MARKERS if marker in told] == []
    assert str(tmp_path) not in told
    assert "Iryna" not in told
    document = json.loads(told)
    assert document["format"] == "orderbell-report-1"
    assert {one["subject"] for one in document["findings"]} >= {"printer", "reach", "versions"}


def test_only_numbers_and_the_program_s_own_words_are_public() -> None:
    words = Phrase("{name}: {count} wait")
    finding = Finding("printer", OK, words, values={"name": MARKERS[0], "count": 3})
    assert finding.in_public()["said"] == "…: 3 wait"
