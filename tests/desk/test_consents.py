"""Two consents, asked apart: who agreed to what, in which words, when, and who asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_app.bootstrap import Shop
from pos_app.clock import MINUTE_MS, VirtualClock
from pos_app.desk.consenting import wording
from pos_app.desk.placing import content_hash
from pos_app.domain.consent import Consent, ConsentKind
from pos_app.domain.order import Customer, Draft, LineDraft, Order
from pos_app.domain.staff import Role
from pos_app.domain.workflow import Fulfilment, Source
from tests.support.shops import pickup

PHONE = "+380671234567"


@pytest.fixture
def shop(shop: Shop) -> Shop:
    """It speaks Ukrainian."""
    shop.desk.change_shop(replace(shop.desk.setup().settings.shop, language="uk"))
    return shop


def place(
    shop: Shop,
    *,
    texts: bool = False,
    offers: bool | None = None,
    phone: str = PHONE,
    source: Source = Source.COUNTER,
) -> Order:
    guest = Customer("Ірина", phone, "uk", order_texts=texts, offers=offers)
    return shop.desk.place(replace(pickup(shop), customer=guest, source=source)).order


def answers(shop: Shop, order: Order) -> list[Consent]:
    assert order.people_id is not None
    return shop.desk.consents(order.people_id)


def test_what_was_asked_is_kept_word_for_word_with_time_and_who(
    shop: Shop, clock: VirtualClock
) -> None:
    olha = shop.desk.staff.add("Ольга", Role.CASHIER)
    shop.desk.staff.switch(olha.id)
    clock.advance(MINUTE_MS)
    order = place(shop, texts=True, offers=True)
    texts, offers = answers(shop, order)
    assert texts == Consent(
        kind=ConsentKind.ORDER_TEXTS,
        given=True,
        wording=wording(ConsentKind.ORDER_TEXTS, "uk"),
        at=clock.now(),
        source="counter",
        staff_id=olha.id,
        order_id=order.id,
    )
    assert texts.wording == "SMS, коли готово?"
    assert (offers.kind, offers.given) == (ConsentKind.OFFERS, True)
    assert offers.wording == wording(ConsentKind.OFFERS, "uk") != texts.wording


def test_the_two_are_apart(shop: Shop) -> None:
    order = place(shop, texts=True)
    assert [answer.kind for answer in answers(shop, order)] == [ConsentKind.ORDER_TEXTS]
    other = place(shop, offers=True, phone="+380501112233")
    assert [answer.kind for answer in answers(shop, other)] == [ConsentKind.OFFERS]


def test_only_a_changed_answer_is_written_down(shop: Shop) -> None:
    place(shop)
    place(shop, offers=False)
    order = place(shop, texts=True, offers=True)
    place(shop, texts=True, offers=True)
    place(shop, texts=True)
    place(shop, texts=False, offers=False)
    assert [(answer.kind.value, answer.given) for answer in answers(shop, order)] == [
        ("order_texts", True),
        ("offers", True),
        ("order_texts", False),
        ("offers", False),
    ]


def test_without_a_number_nothing_is_asked(shop: Shop) -> None:
    order = place(shop, texts=True, offers=True, phone="")
    assert answers(shop, order) == []


def test_a_web_shop_asks_in_words_that_we_do_not_know(shop: Shop) -> None:
    web = place(shop, texts=True, offers=True, source=Source.WEB)
    assert [(a.source, a.wording) for a in answers(shop, web)] == [("web", "")] * 2
    phone = place(shop, texts=True, phone="+380501112233", source=Source.PHONE)
    assert [a.source for a in answers(shop, phone)] == ["phone"]


def test_a_replay_of_the_past_asks_nobody(shop: Shop) -> None:
    draft = replace(pickup(shop), customer=Customer("Iryna", PHONE, order_texts=True, offers=True))
    order = shop.desk.place(draft, pushed=False).order
    assert answers(shop, order) == []


def test_an_unasked_question_changes_no_reference() -> None:
    """What came before there was a question about offers is still known by its content."""
    guest = Customer("Iryna", PHONE, "uk", order_texts=True)
    draft = Draft(Fulfilment.PICKUP, (LineDraft(1, 1),), ref="7", customer=guest)
    assert content_hash(draft) == (
        "deab3f6a2a84b8ccf60aeb0eb8f3005676c26f16942e36dc3520e28251c6c6f2"
    )
    assert content_hash(replace(draft, customer=replace(guest, offers=False))) != content_hash(
        draft
    )
