"""What a guest reads when he opens the link."""

from __future__ import annotations

import re

import httpx
import msgspec
import pytest

from pos_app.clock import DAY_MS, MINUTE_MS, Instant, VirtualClock
from pos_app.wire import tokens
from pos_app.wire.snapshots import Item, Link, OrderSnapshot, StageTimes
from tests.tracking.conftest import EVENING
from tests.tracking.live import TRATTORIA, LiveSite, Till, order

HORIZON = 27 * 7 * DAY_MS


def open_page(
    site: LiveSite, token: str, query: str = "?lang=en", **headers: str
) -> httpx.Response:
    with site.client() as client:
        return client.get(f"/{token}{query}", headers=headers)


def text_of(answer: httpx.Response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


@pytest.fixture
def token(till: Till) -> str:
    return till.token(EVENING)


def shown(site: LiveSite, till: Till, snapshot: OrderSnapshot, token: str) -> str:
    till.push(site, snapshot, profile=TRATTORIA)
    answer = open_page(site, token)
    assert answer.status_code == 200
    return text_of(answer)


def test_an_order_in_the_kitchen_shows_stage_time_steps_and_items(
    site: LiveSite, till: Till, token: str
) -> None:
    text = shown(site, till, order(EVENING, token), token)
    assert "Being prepared Ready at about 19:47 Order A43 Pickup" in text
    assert "Received 19:32 Being prepared 19:32 Ready, come to the counter" in text
    assert "3× Burger medium 3× Fries" in text
    assert "This page updates by itself. No app, no account." in text
    assert "Last heard from the shop 19:32 · Updated 19:32" in text


def test_the_page_speaks_ukrainian_when_the_browser_does(
    site: LiveSite, till: Till, token: str
) -> None:
    till.push(site, order(EVENING, token), profile=TRATTORIA)
    answer = open_page(site, token, "", **{"accept-language": "de,uk-UA;q=0.9,en;q=0.5"})
    assert '<html lang="uk">' in answer.text
    assert "Бургер" in answer.text
    assert "Тратторія Львів" in answer.text


def test_a_language_that_the_shop_does_not_speak_becomes_the_shops_own(
    site: LiveSite, till: Till, token: str
) -> None:
    till.push(site, order(EVENING, token), profile=TRATTORIA)
    assert '<html lang="en">' in open_page(site, token, "?lang=fr").text


def test_a_delivery_is_promised_at_the_door(site: LiveSite, till: Till, token: str) -> None:
    text = shown(site, till, order(EVENING, token, fulfilment="delivery"), token)
    assert "At your door at about 19:47" in text
    assert "I'm here" not in text


def test_a_corrected_time_after_a_recall_says_not_ready_yet(
    site: LiveSite, till: Till, token: str
) -> None:
    moved = order(EVENING, token, promise_moved=True, promised_at=EVENING + 23 * MINUTE_MS)
    assert "Not ready yet, about 19:55" in shown(site, till, moved, token)


def test_an_order_that_was_called_too_early_is_owned_up_to(
    site: LiveSite, till: Till, token: str
) -> None:
    early = {"called_early": True, "promise_moved": True, "promised_at": EVENING + 23 * MINUTE_MS}
    text = shown(site, till, order(EVENING, token, **early), token)
    assert "Being prepared It was called ready too early. About 19:55 ." in text
    delivered = order(EVENING, token, fulfilment="delivery", revision=2, **early)
    till.push(site, delivered)
    assert "It was called ready too early. At your door at about 19:55 ." in text_of(
        open_page(site, token)
    )


def test_only_guests_who_come_themselves_are_rung_and_shown_the_number(
    site: LiveSite, till: Till, token: str
) -> None:
    shown(site, till, order(EVENING, token), token)
    assert 'id="ring"' in open_page(site, token).text
    till.push(site, order(EVENING, token, kind="ready", phase="ready", revision=2))
    ready = open_page(site, token).text
    assert 'id="ring"' not in ready
    assert 'href="#big"' in ready
    assert ">A43</text>" in ready
    ways = {"fulfilment": "delivery", "revision": 3}
    till.push(site, order(EVENING, token, kind="ready", phase="ready", **ways))
    assert "#big" not in open_page(site, token).text
    gone = {"kind": "picked_up", "phase": "done", "revision": 4}
    till.push(site, order(EVENING, token, **gone))
    assert "#big" not in open_page(site, token).text


def test_a_promise_for_another_day_says_the_date(site: LiveSite, till: Till, token: str) -> None:
    tomorrow = order(EVENING, token, promised_at=EVENING + DAY_MS)
    assert "Ready at about Nov 24, 19:32" in shown(site, till, tomorrow, token).replace(
        "24 Nov", "Nov 24"
    )


@pytest.mark.parametrize(
    ("kind", "phase", "words"),
    [
        ("picked_up", "done", "Picked up"),
        ("not_collected", "done", "Not collected Nobody has collected this order."),
        ("cancelled", "cancelled", "Cancelled The shop has cancelled this order."),
        ("served", "done", "Served"),
    ],
)
def test_an_end_is_said_plainly(
    site: LiveSite, till: Till, token: str, kind: str, phase: str, words: str
) -> None:
    ended = StageTimes(EVENING, EVENING, None, None, EVENING)
    text = shown(site, till, order(EVENING, token, kind=kind, phase=phase, stages=ended), token)
    assert words in text
    assert "about 19:47" not in text
    assert "I'm here" not in text


def test_a_kind_from_a_newer_till_is_shown_by_its_phase(
    site: LiveSite, till: Till, token: str
) -> None:
    assert "Being prepared" in shown(site, till, order(EVENING, token, kind="resting"), token)


def test_a_shops_own_word_for_a_status_is_the_heading(
    site: LiveSite, till: Till, token: str
) -> None:
    own = msgspec.structs.replace(TRATTORIA, labels={"preparing": {"en": "In the oven"}})
    till.push(site, order(EVENING, token), profile=own)
    assert "<h1>In the oven</h1>" in open_page(site, token).text


def test_a_genuine_code_before_the_first_report_is_no_error(
    site: LiveSite, till: Till, clock: VirtualClock, token: str
) -> None:
    till.push(site, profile=TRATTORIA)
    clock.advance(10 * MINUTE_MS)
    answer = open_page(site, token)
    assert answer.status_code == 200
    assert "The shop has not reported this order yet" in answer.text
    assert "Last heard from the shop 19:32" in answer.text


def test_last_heard_moves_with_every_push_without_a_new_version(
    site: LiveSite, till: Till, clock: VirtualClock, token: str
) -> None:
    shown(site, till, order(EVENING, token), token)
    clock.advance(5 * MINUTE_MS)
    till.push(site)
    assert "Last heard from the shop 19:37 · Updated 19:32" in text_of(open_page(site, token))
    clock.advance(DAY_MS)
    assert "Last heard from the shop Nov 23, 19:37" in text_of(open_page(site, token)).replace(
        "23 Nov", "Nov 23"
    )


def test_names_from_the_till_are_shown_literally(site: LiveSite, till: Till, token: str) -> None:
    hostile = '<script>alert(1)</script>"{{ 7*7 }}'
    bad = order(EVENING, token, number="<b>", items=[])
    own = msgspec.structs.replace(TRATTORIA, names={"en": hostile})
    till.push(site, bad, profile=own)
    page = open_page(site, token).text
    assert "<script>alert" not in page
    assert "{{ 7*7 }}" in page
    assert "Order &lt;b&gt;" in page


def test_fourteen_days_after_the_end_only_the_contact_is_left(
    site: LiveSite, till: Till, clock: VirtualClock, token: str
) -> None:
    ended = order(
        EVENING, token, kind="picked_up", phase="done", stages=StageTimes(ended_at=EVENING)
    )
    shown(site, till, ended, token)
    clock.advance(14 * DAY_MS)
    answer = open_page(site, token)
    assert answer.status_code == 410
    assert "A43" not in answer.text
    assert "Burger" not in answer.text
    assert 'href="tel:+380671234567"' in answer.text


def test_a_genuine_code_past_the_horizon_is_gone(
    site: LiveSite, till: Till, clock: VirtualClock, token: str
) -> None:
    shown(site, till, order(EVENING, token), token)
    clock.advance(HORIZON)
    assert open_page(site, token).status_code == 410
    assert open_page(site, till.token(Instant(EVENING))).status_code == 410


def test_a_link_can_be_revoked_alone(site: LiveSite, till: Till, token: str) -> None:
    other = till.token(EVENING)
    links = [Link(tokens.token_hash(token), revoked=True), Link(tokens.token_hash(other))]
    till.push(site, order(EVENING, links=links), profile=TRATTORIA)
    assert open_page(site, token).status_code == 410
    assert open_page(site, other).status_code == 200


def test_lower_case_opens_the_same_order(site: LiveSite, till: Till, token: str) -> None:
    shown(site, till, order(EVENING, token), token)
    assert "A43" in open_page(site, token.lower()).text


def test_the_first_view_is_small_and_from_one_origin(
    site: LiveSite, till: Till, token: str
) -> None:
    shown(site, till, order(EVENING, token), token)
    with site.client() as client:
        page = client.get(f"/{token}")
        assets = re.findall(r'(?:href|src)="(/assets/[^"]+)"', page.text)
        plain = {"accept-encoding": "identity"}
        answers = [client.get(address, headers=plain) for address in assets]
    assert len(assets) == 2
    assert all(answer.status_code == 200 for answer in answers)
    assert all("immutable" in answer.headers["cache-control"] for answer in answers)
    assert len(page.content) + sum(len(answer.content) for answer in answers) <= 14_000
    assert "http://" not in page.text.replace(site.origin, "")
    assert "https://" not in page.text


@pytest.mark.parametrize("language", ["en", "uk"])
def test_the_fullest_page_still_comes_in_one_first_flight(
    site: LiveSite, till: Till, language: str
) -> None:
    personal = till.token(EVENING)
    name = {"en": "Four cheese with truffle cream", "uk": "Чотири сири з трюфельним кремом"}
    full = order(
        EVENING, kind="accepted", phase="new", acts=["cancel_asked", "texts_stopped"],
        links=[Link(tokens.token_hash(personal), "personal")],
        items=[Item(2, name, [{"en": "no onion", "uk": "без цибулі"}])] * 14,
    )  # fmt: skip
    till.push(site, full, profile=TRATTORIA)
    with site.client() as client:
        page = client.get(f"/{personal}?lang={language}")
        assets = re.findall(r'(?:href|src)="(/assets/[^"]+)"', page.text)
        answers = [page, *(client.get(address) for address in assets)]
    assert sum(answer.num_bytes_downloaded for answer in answers) <= 14_000
    assert [answer.headers.get("content-encoding") for answer in answers] == [None, "gzip", "gzip"]


def test_without_javascript_the_page_refreshes_itself(
    site: LiveSite, till: Till, token: str
) -> None:
    shown(site, till, order(EVENING, token), token)
    head = open_page(site, token).text.partition("</head>")[0]
    assert '<noscript><meta http-equiv="refresh" content="15"></noscript>' in head


CHAT = "https://t.me/trattoria_bot?start=3p9Zk_0aQ-7xYvB1cD2e"


@pytest.mark.parametrize(("language", "words"), [("en", "Follow in"), ("uk", "Стежити в")])
def test_a_shop_with_a_bot_offers_to_follow_in_telegram(
    site: LiveSite, till: Till, token: str, language: str, words: str
) -> None:
    till.push(site, order(EVENING, token, chat=CHAT), profile=TRATTORIA)
    answer = open_page(site, token, f"?lang={language}")
    assert f'href="{CHAT}"' in answer.text
    assert f"{words} Telegram" in text_of(answer)
    assert token not in CHAT
    assert answer.headers["referrer-policy"] == "same-origin", "t.me does not learn the page"


def test_who_has_no_bot_or_whose_order_has_ended_offers_none(
    site: LiveSite, till: Till, token: str
) -> None:
    assert "Telegram" not in shown(site, till, order(EVENING, token), token)
    gone = order(EVENING, token, chat=CHAT, kind="picked_up", phase="done", revision=2)
    assert "Telegram" not in shown(site, till, gone, token)


@pytest.mark.parametrize(
    "link",
    [
        "https://t.me.evil.example/bot12?start=3p9Zk_0aQ-7xYvB1cD2e",
        "http://t.me/trattoria_bot?start=3p9Zk_0aQ-7xYvB1cD2e",
        "javascript:alert(1)",
        f"{CHAT}&text=hello",
        f"{CHAT}\n",
    ],
)
def test_a_link_that_leads_elsewhere_is_no_snapshot(
    site: LiveSite, till: Till, token: str, link: str
) -> None:
    [result] = till.push(site, order(EVENING, token, chat=link)).results
    assert result.outcome == "invalid"
