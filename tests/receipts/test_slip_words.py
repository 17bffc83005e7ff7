"""What the guest's slip says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_app.domain.order import Adjustment, Order, total_of
from pos_app.domain.workflow import Fulfilment, Kind
from pos_app.errors import BadInput
from pos_app.receipts import slip_layout
from pos_app.receipts.elements import Inverse, Number, Qr
from tests.receipts.orders import (
    CHAT_URL,
    HOSTED_URL,
    LOCAL_URL,
    MARGHERITA,
    TIRAMISU,
    TOKEN,
    at,
    delivery,
    line,
    order,
    shop,
)

NOT_FISCAL = {
    "en": "ORDER · not a VAT receipt",
    "uk": "ЗАМОВЛЕННЯ A43 · не є фіскальним чеком",
}


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("width_mm", [58, 80])
@pytest.mark.parametrize("url", [None, HOSTED_URL])
@pytest.mark.parametrize("copy", [False, True])
@pytest.mark.parametrize("taken", [order(), delivery(paid=585_00), order(kind=Kind.CANCELLED)])
def test_every_slip_says_that_it_is_no_fiscal_receipt(
    language: str, width_mm: int, url: str | None, copy: bool, taken: Order
) -> None:
    layout = slip_layout(taken, shop(language, width_mm), url, copy)
    assert layout.texts.count(NOT_FISCAL[language]) == 1


def test_an_english_slip_reads_from_name_to_phone() -> None:
    layout = slip_layout(order(), shop("en"), HOSTED_URL)
    assert layout.texts == (
        "Trattoria Bella Napoli",
        "A43",
        "ORDER · not a VAT receipt",
        "Pickup · for 19:35",
        "Iryna K.",
        "Placed Nov 23, 19:05",
        "2 × Margherita, large 440 ₴",
        "extra basil",
        "1 × Tiramisu 145 ₴",
        "Total 585 ₴",
        "TO PAY 585 ₴ · change from 1000",
        "Where is my order? Scan",
        "t.example.ua/",
        TOKEN,
        "Call us: +380 44 123 45 67",
    )


def test_a_ukrainian_slip_uses_the_words_of_the_shop() -> None:
    texts = slip_layout(order(), shop("uk"), HOSTED_URL).texts
    assert "Траторія «Белла Наполі»" in texts
    assert "Самовивіз · на 19:35" in texts
    assert "2 × Маргарита, велика 440 ₴" in texts
    assert "ДО СПЛАТИ 585 ₴ · решта з 1000" in texts
    assert "Де моє замовлення? Скануйте" in texts


def test_the_number_stands_huge_on_the_slip() -> None:
    elements = slip_layout(order(), shop()).elements
    assert [e.text for e in elements if isinstance(e, Number)] == ["A43"]


def test_without_a_page_there_is_no_code_but_number_and_phone() -> None:
    layout = slip_layout(order(), shop("en"), None)
    assert not any(isinstance(element, Qr) for element in layout.elements)
    assert layout.texts[-2:] == ("Your number: A43", "Call us: +380 44 123 45 67")
    assert "Where is my order? Scan" not in layout.texts


@pytest.mark.parametrize("url", [HOSTED_URL, LOCAL_URL])
def test_the_code_holds_the_address_letter_for_letter(url: str) -> None:
    codes = [e for e in slip_layout(order(), shop(), url).elements if isinstance(e, Qr)]
    assert [code.content for code in codes] == [url]


def test_an_address_too_long_for_a_readable_code_is_still_printed_in_letters() -> None:
    url = "HTTPS://T.EXAMPLE.UA/" + "A" * 3000
    layout = slip_layout(order(), shop("en", 58), url)
    assert not any(isinstance(element, Qr) for element in layout.elements)
    assert "t.example.ua/" in layout.texts


def test_without_a_page_the_code_may_open_a_chat_and_says_so() -> None:
    layout = slip_layout(order(), shop("en"), CHAT_URL)
    assert "Follow your order in Telegram: scan" in layout.texts
    assert "Where is my order? Scan" not in layout.texts
    assert not any("start=" in text for text in layout.texts), "nobody types that"
    assert [e.content for e in layout.elements if isinstance(e, Qr)] == [CHAT_URL]


def test_a_paid_order_says_paid_and_nothing_to_pay() -> None:
    texts = slip_layout(order(paid=585_00), shop("en")).texts
    assert "PAID" in texts
    assert not any("TO PAY" in text for text in texts)


def test_a_part_payment_leaves_the_rest_to_pay() -> None:
    texts = slip_layout(order(paid=200_00, change_from=None), shop("en")).texts
    assert "Paid already 200 ₴" in texts
    assert "TO PAY 385 ₴" in texts


def test_a_cancelled_order_asks_for_no_money() -> None:
    texts = slip_layout(order(kind=Kind.CANCELLED), shop("en")).texts
    assert "CANCELLED" in texts
    assert not any("TO PAY" in text for text in texts)


def test_a_discount_and_a_named_fee_stand_above_the_total() -> None:
    adjustments = (
        Adjustment("discount", {}, -50_00),
        Adjustment("fee", {"en": "Delivery to the island"}, 70_00),
    )
    taken = order(MARGHERITA, adjustments=adjustments)
    texts = slip_layout(taken, shop("en")).texts
    start = texts.index("Discount −50 ₴")
    assert texts[start + 1 : start + 3] == ("Delivery to the island 70 ₴", "Total 460 ₴")


def test_a_voided_dish_is_not_on_the_slip() -> None:
    gone = replace(TIRAMISU, voided_at=at(19, 6))
    taken = order(MARGHERITA, gone, total=total_of((MARGHERITA, gone)))
    texts = slip_layout(taken, shop("en")).texts
    assert not any("Tiramisu" in text for text in texts)
    assert "Total 440 ₴" in texts


def test_notes_of_dish_and_order_are_quoted() -> None:
    taken = order(line(1, {"en": "Soup"}, 100_00, note="no salt"), note="by the window")
    texts = slip_layout(taken, shop("en")).texts
    assert "“no salt”" in texts
    assert "“by the window”" in texts
    assert "«no salt»" in slip_layout(taken, shop("uk")).texts


def test_an_allergy_stands_white_on_black() -> None:
    elements = slip_layout(order(allergy="nuts"), shop("en")).elements
    assert [e.text for e in elements if isinstance(e, Inverse)] == ["ALLERGY: nuts"]


def test_a_reprint_begins_with_copy() -> None:
    assert slip_layout(order(), shop("en"), copy=True).texts[0] == "COPY"
    assert slip_layout(order(), shop("uk"), copy=True).texts[0] == "КОПІЯ"
    assert "COPY" not in slip_layout(order(), shop("en")).texts


def test_a_delivery_shows_the_way_to_the_door() -> None:
    texts = slip_layout(delivery(), shop("en")).texts
    assert "Delivery · for 19:35" in texts
    start = texts.index("вул. Велика Васильківська 72")
    assert texts[start + 1 : start + 4] == (
        "entrance 3 · floor 14 · code 72К2580",
        "“дзвонити двічі”",
        "+380671234567",
    )


def test_a_pickup_slip_carries_neither_address_nor_guest_phone() -> None:
    taken = replace(delivery(), fulfilment=Fulfilment.PICKUP)
    texts = " ".join(slip_layout(taken, shop("en")).texts)
    assert "Васильківська" not in texts
    assert "+380671234567" not in texts


def test_a_dine_in_slip_names_the_table() -> None:
    texts = slip_layout(order(fulfilment=Fulfilment.DINE_IN, table="4"), shop("uk")).texts
    assert "У залі · на 19:35" in texts
    assert "стіл 4 · Iryna K." in texts


def test_a_promise_for_another_day_names_the_day() -> None:
    texts = slip_layout(order(promised_at=at(12, 0, day=24)), shop("en")).texts
    assert "Pickup · for Nov 24, 12:00" in texts


def test_times_are_those_of_the_shops_zone() -> None:
    texts = slip_layout(order(), shop("en", zone="UTC")).texts
    assert "Pickup · for 17:35" in texts


def test_an_unknown_paper_is_refused_by_name() -> None:
    with pytest.raises(BadInput) as refused:
        shop(width_mm=76)
    assert refused.value.field == "paper_width_mm"
