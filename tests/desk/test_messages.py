"""All texts at once: found by what became of them, taken back, said again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import Shop
from pos_app.clock import DAY_MS, HOUR_MS, VirtualClock
from pos_app.config import CHANNELS, Channels, WayOut
from pos_app.desk import owning
from pos_app.desk.setup import touch
from pos_app.domain.order import Customer, Order
from pos_app.errors import BadInput, NotFound, Refused
from pos_app.store import message_list
from tests.desk.kitchen import journal_words, let_texts_leave
from tests.support.shift import ready, texts
from tests.support.shops import open_test_shop, pickup


def states(shop: Shop, *wanted: str) -> list[tuple[str, str]]:
    """`(number, state)` of the texts in one of these states, the newest first."""
    return [(one.number, one.state) for one in shop.desk.messages.page(wanted).messages]


def expired(shop: Shop, clock: VirtualClock) -> Order:
    """An order that is ready and whose guest was never told."""
    order = ready(shop, pickup(shop))
    clock.advance(2 * HOUR_MS)
    let_texts_leave(shop, clock)
    assert texts(shop, order) == [("ready", "expired")]
    return order


def test_texts_are_found_by_what_became_of_them(shop: Shop, clock: VirtualClock) -> None:
    expired(shop, clock)
    ready(shop, pickup(shop))
    let_texts_leave(shop, clock)
    ready(shop, pickup(shop))
    assert states(shop) == [("A3", "waiting"), ("A2", "sent"), ("A1", "expired")]
    assert states(shop, "failed", "expired") == [("A1", "expired")]
    assert states(shop, "held") == []
    assert shop.desk.messages.counts() == {"waiting": 1, "sent": 1, "expired": 1}


def test_the_counts_are_of_the_last_day(shop: Shop, clock: VirtualClock) -> None:
    expired(shop, clock)
    clock.advance(DAY_MS)
    assert shop.desk.messages.counts() == {}


def test_pages_follow_each_other_without_a_gap(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(message_list, "LOOKED_AT", 3)
    numbers = [ready(shop, pickup(shop)).number for _ in range(8)]
    shop.desk.messages.take_back(1)
    found, before = [], None
    for _ in range(9):
        page = shop.desk.messages.page(("waiting",), before, limit=2)
        found += [one.number for one in page.messages]
        before = page.older
        if before is None:
            break
    assert found == numbers[:0:-1], "newest first, without the one that was taken back"
    assert before is None


def test_a_text_that_waits_is_taken_back_and_never_leaves(shop: Shop, clock: VirtualClock) -> None:
    order = ready(shop, pickup(shop))
    (waiting,) = shop.desk.messages.page().messages
    shop.desk.messages.take_back(waiting.id)
    let_texts_leave(shop, clock)
    assert texts(shop, order) == [("ready", "cancelled")]
    told = shop.desk.messages.one(waiting.id)
    assert told is not None
    assert told.reason == "by_person"
    assert "message_taken_back" in [entry.kind for entry in shop.desk.timeline(order.id)]


def test_a_text_that_has_left_cannot_be_taken_back(shop: Shop, clock: VirtualClock) -> None:
    order = ready(shop, pickup(shop))
    let_texts_leave(shop, clock)
    with pytest.raises(Refused, match="Too late"):
        shop.desk.messages.take_back(1)
    assert texts(shop, order) == [("ready", "sent")]


def test_a_text_that_came_too_late_is_said_again_at_once(shop: Shop, clock: VirtualClock) -> None:
    order = expired(shop, clock)
    assert shop.desk.messages.say_again(1) == "waiting"
    let_texts_leave(shop, clock, 0)
    assert texts(shop, order) == [("ready", "expired"), ("ready", "sent")]
    newest = shop.desk.messages.page().messages[0]
    assert newest.is_by_hand


def test_two_people_say_it_again_once(shop: Shop, clock: VirtualClock) -> None:
    order = expired(shop, clock)
    shop.desk.messages.say_again(1)
    with pytest.raises(Refused, match="already"):
        shop.desk.messages.say_again(1)
    assert len(texts(shop, order)) == 2


def test_what_is_not_true_any_more_is_not_said_again(shop: Shop, clock: VirtualClock) -> None:
    order = expired(shop, clock)
    shop.desk.bump(order.id)
    with pytest.raises(Refused, match="not true"):
        shop.desk.messages.say_again(1)


def test_what_has_arrived_is_not_said_again(shop: Shop, clock: VirtualClock) -> None:
    ready(shop, pickup(shop))
    let_texts_leave(shop, clock)
    with pytest.raises(Refused, match="need not"):
        shop.desk.messages.say_again(1)


def test_a_guest_who_wants_no_texts_hears_nothing_again(shop: Shop, clock: VirtualClock) -> None:
    order = expired(shop, clock)
    shop.desk.wishes.opt_out(order.customer.phone)
    assert shop.desk.messages.say_again(1) == "dropped"
    assert shop.desk.messages.page().messages[0].reason == "opted_out"


def test_a_text_that_is_not_there_is_named_so(shop: Shop) -> None:
    for act in (shop.desk.messages.take_back, shop.desk.messages.say_again):
        with pytest.raises(NotFound):
            act(99)
    assert shop.desk.messages.one(99) is None


WORDS = "Trattoria: your umbrella is at the counter {name} 100% sure"


def test_a_person_writes_to_a_guest_in_his_own_words(shop: Shop, clock: VirtualClock) -> None:
    order = ready(shop, pickup(shop))
    assert shop.desk.messages.write(order.id, f"  {WORDS}\n") == "waiting"
    let_texts_leave(shop, clock)
    assert texts(shop, order) == [("ready", "sent"), ("written", "sent")], "beside the other text"
    newest = shop.desk.messages.page().messages[0]
    assert (newest.words, newest.is_by_hand) == (WORDS, True), "as it was written, no template"
    assert WORDS not in journal_words(shop)


def test_a_newer_text_does_not_take_the_place_of_what_a_person_wrote(
    shop: Shop, clock: VirtualClock
) -> None:
    order = shop.desk.place(pickup(shop)).order
    shop.desk.messages.write(order.id, WORDS)
    for _ in range(2):
        shop.desk.bump(order.id)
    let_texts_leave(shop, clock)
    assert texts(shop, order) == [("written", "sent"), ("ready", "sent")]


def test_what_a_person_wrote_goes_with_the_guest_who_is_forgotten(
    shop: Shop, clock: VirtualClock
) -> None:
    order = shop.desk.place(pickup(shop)).order
    shop.desk.messages.write(order.id, WORDS)
    let_texts_leave(shop, clock)
    shop.desk.cancel(order.id, "test")
    shop.desk.privacy.erase(order.customer.phone)
    assert [one.words for one in shop.desk.messages.page().messages] == [""]


@pytest.mark.parametrize(
    ("words", "said"), [(" \n ", "Nothing"), ("a" * 481, "480"), ("a\x07b", "signs")]
)
def test_what_cannot_be_sent_is_refused_by_its_field(shop: Shop, words: str, said: str) -> None:
    order = shop.desk.place(pickup(shop)).order
    with pytest.raises(BadInput, match=said) as refused:
        shop.desk.messages.write(order.id, words)
    assert refused.value.field == "words"
    assert shop.desk.messages.page().messages == ()


def test_nobody_is_written_to_whom_nobody_knows(shop: Shop) -> None:
    order = shop.desk.place(replace(pickup(shop), customer=Customer())).order
    with pytest.raises(Refused, match="Nobody knows"):
        shop.desk.messages.write(order.id, WORDS)


def test_who_wants_no_texts_gets_none_by_hand_either(shop: Shop) -> None:
    order = shop.desk.place(pickup(shop)).order
    shop.desk.wishes.opt_out(order.customer.phone)
    assert shop.desk.messages.write(order.id, WORDS) == "dropped"


def test_words_of_a_persons_own_take_the_way_that_the_shop_has(
    tmp_path: Path, clock: VirtualClock
) -> None:
    with open_test_shop(tmp_path / "real", clock=clock, practice=False) as shop:
        with shop.desk.act() as act:
            ways = Channels((WayOut("ours", "whatsapp", "twilio"),))
            owning.write_setting(act, CHANNELS, ways)
            touch(act.connection)
        order = shop.desk.place(pickup(shop)).order
        assert shop.desk.messages.write(order.id, WORDS) == "waiting"
        assert shop.desk.messages.page().messages[0].channel == "whatsapp"
