"""The shop's own texts on their way out: what waits is said as it stands when it leaves."""

from __future__ import annotations

from pos_app.automation.wording.choice import OwnText
from pos_app.clock import MINUTE_MS
from pos_app.desk import rule_trial
from pos_app.desk.wording import saying as said
from pos_app.lanes import choice, wording
from pos_app.store import status_texts
from pos_app.store.status_texts import StatusText
from tests.lanes.rounds import Evening
from tests.support.leaks import LogWatch
from tests.support.shops import EVENING

OWN = OwnText("ready", "", "uk", "{{ name }}, ваше {{ number }} готове!")


def test_what_waits_already_is_said_in_the_new_words(tonight: Evening) -> None:
    order = tonight.make_ready(tonight.place())
    tonight.shop.desk.texts.save(OWN)
    tonight.pass_time(31)
    tonight.send()
    assert tonight.gateway.texts() == [f"Iryna, ваше {order.number} готове!"]


def test_back_to_the_standard_words_concerns_what_waits_too(tonight: Evening) -> None:
    tonight.shop.desk.texts.save(OWN)
    tonight.make_ready(tonight.place())
    tonight.shop.desk.texts.reset("ready", "", "uk")
    tonight.pass_time(31)
    tonight.send()
    assert "Підійдіть до видачі" in tonight.gateway.texts()[0]


def test_the_words_of_a_channel_go_before_those_for_all(tonight: Evening) -> None:
    tonight.shop.desk.texts.save(OWN)
    tonight.shop.desk.texts.save(OwnText("ready", "sms", "uk", "Готово: {{ number }}"))
    order = tonight.make_ready(tonight.place())
    tonight.pass_time(31)
    tonight.send()
    assert tonight.gateway.texts() == [f"Готово: {order.number}"]


def test_a_text_changed_between_look_and_claim_is_made_anew(tonight: Evening) -> None:
    order = tonight.make_ready(tonight.place())
    tonight.pass_time(31)
    with tonight.shop.desk.act() as act:
        [message] = tonight.texts(order)
        before = wording.saying(act, message)
    tonight.shop.desk.texts.save(OWN)
    with tonight.shop.desk.act() as act:
        assert wording.saying(act, message) != before
    tonight.send()
    assert tonight.gateway.texts() == [f"Iryna, ваше {order.number} готове!"]


def test_sms_leave_in_latin_letters_where_the_shop_wants_it(tonight: Evening) -> None:
    tonight.shop.desk.texts.set_latin(True)
    order = tonight.make_ready(tonight.place())
    tonight.pass_time(31)
    tonight.send()
    [said] = tonight.gateway.texts()
    assert said.isascii()
    assert order.number in said
    [message] = tonight.texts(order)
    assert (message.parts, message.text_hash) == (1, choice.hashed(said))


def test_a_text_of_a_newer_program_gives_way_to_the_standard_one(
    tonight: Evening, expected_log: LogWatch
) -> None:
    expected_log.expect("the text about ready cannot be read by this program")
    with tonight.shop.desk.act() as act:
        newer = StatusText("ready", "", "uk", "", "{{ table_of_the_moon }}", EVENING, "")
        status_texts.write(act.connection, newer)
    tonight.shop.desk.texts.set_latin(False)
    tonight.make_ready(tonight.place())
    tonight.pass_time(31)
    tonight.send()
    assert "Підійдіть до видачі" in tonight.gateway.texts()[0]


def test_own_words_that_have_nothing_left_to_say_end_as_such(tonight: Evening) -> None:
    tonight.shop.desk.texts.save(OwnText("ready", "", "uk", "{% if courier %}Їде{% endif %}"))
    order = tonight.make_ready(tonight.place())
    tonight.pass_time(31)
    tonight.send()
    assert tonight.states(order) == [("ready", "failed", "no_words")]


def test_a_rule_that_is_tried_says_the_own_words(tonight: Evening) -> None:
    tonight.shop.desk.texts.save(OWN)
    order = tonight.place()
    rule = next(
        one.rule for one in tonight.shop.desk.rules.everything() if one.rule.pack == "ready"
    )
    trial = rule_trial.try_on(tonight.shop.desk, rule, order.id)
    assert [planned.text for planned in trial.planned] == [f"Iryna, ваше {order.number} готове!"]


def test_who_is_told_sorry_hears_when_it_comes_and_not_when_it_was_promised(
    tonight: Evening,
) -> None:
    order = tonight.place()
    tonight.shop.desk.bump(order.id)
    tonight.clock.advance(order.promised_at - tonight.clock.now() + 15 * MINUTE_MS)
    with tonight.shop.desk.act() as act:
        times = {
            about: said(act, act.order(order.id), about, "sms", "uk").fields.time
            for about in ("ready", "late", "not_ready_yet")
        }
    # Promised for 21:20; at 21:35 there are at least five minutes to go.
    assert times == {"ready": "21:20", "late": "21:40", "not_ready_yet": "21:40"}
