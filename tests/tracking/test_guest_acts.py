"""What guests do with the page's forms: each once, only from the page, only where it is theirs."""

from __future__ import annotations

import re

import httpx
import pytest

from pos_app.wire.envelopes import ACTION, decode, open_envelope
from pos_app.wire.snapshots import Action, ActionsAnswer, Link, OrderSnapshot, StageTimes
from pos_app.wire.tokens import token_hash
from tests.tracking.conftest import EVENING
from tests.tracking.live import TRATTORIA, UID, LiveSite, Till, order

FORMS = ("arrived", "cancel", "rate", "stop")
ENDED = StageTimes(EVENING, EVENING, EVENING, None, EVENING)


@pytest.fixture
def paper(till: Till) -> str:
    return till.token(EVENING)


@pytest.fixture
def personal(till: Till) -> str:
    return till.token(EVENING)


def accepted(paper: str, personal: str, **changed: object) -> OrderSnapshot:
    """An order that the kitchen has not begun, of a guest who gets texts."""
    links = [Link(token_hash(paper)), Link(token_hash(personal), "personal")]
    state: dict[str, object] = {
        "kind": "accepted", "phase": "new", "stages": StageTimes(EVENING),
        "cancel_allowed": True, "acts": ["cancel_asked", "texts_stopped"], "links": links,
    }  # fmt: skip
    return order(EVENING, **{**state, **changed})


def collected(token: str, **changed: object) -> OrderSnapshot:
    state: dict[str, object] = {
        "kind": "picked_up", "phase": "done", "stages": ENDED, "acts": ["rated"]
    }  # fmt: skip
    return order(EVENING, token, **{**state, **changed})


def press(
    site: LiveSite, token: str, form: str, data: dict[str, str] | None = None, **headers: str
) -> httpx.Response:
    with site.client() as client:
        return client.post(f"/{token}/{form}?lang=en", data=data, headers=headers)


def page(site: LiveSite, token: str) -> str:
    with site.client() as client:
        return " ".join(re.sub(r"<[^>]+>", " ", client.get(f"/{token}?lang=en").text).split())


def forms(site: LiveSite, token: str) -> set[str]:
    with site.client() as client:
        text = client.get(f"/{token}?lang=en").text
    return set(re.findall(rf'action="/{token}/([a-z]+)\?lang=en"', text))


def acts(site: LiveSite, till: Till) -> list[Action]:
    answer = decode(till.actions(site).content, ActionsAnswer)
    return [open_envelope(envelope, ACTION, Action) for envelope in answer.actions]


def test_a_wish_to_cancel_is_asked_once_and_never_cancels(
    site: LiveSite, till: Till, paper: str, personal: str
) -> None:
    till.push(site, accepted(paper, personal), profile=TRATTORIA)
    for token in (paper, personal, paper):
        answer = press(site, token, "cancel", origin=site.origin)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/{token}?lang=en")
    (act,) = acts(site, till)
    assert (act.kind, act.order_uid, act.value) == ("cancel_asked", UID, None)
    for token in (paper, personal):
        assert "Order received" in page(site, token)
        assert "You asked to cancel. The shop decides." in page(site, token)
        assert "cancel" not in forms(site, token)


def test_the_shops_answer_to_a_wish_to_cancel_is_said(
    site: LiveSite, till: Till, paper: str, personal: str
) -> None:
    till.push(site, accepted(paper, personal), profile=TRATTORIA)
    press(site, paper, "cancel")
    asked = accepted(paper, personal, revision=2, cancel_asked=True, acts=[])
    till.push(site, asked)
    assert "The shop decides." in page(site, paper)
    till.push(site, accepted(paper, personal, revision=3, cancel_declined=True, acts=[]))
    assert "It stays: the shop is already cooking it." in page(site, paper)
    gone = accepted(paper, personal, revision=4, kind="cancelled", phase="cancelled", acts=[])
    till.push(site, gone)
    assert "Cancelled The shop has cancelled this order." in page(site, paper)
    assert "already cooking" not in page(site, paper)


def test_a_wish_that_crossed_the_first_tap_is_not_left_hanging(
    site: LiveSite, till: Till, paper: str, personal: str
) -> None:
    till.push(site, accepted(paper, personal), profile=TRATTORIA)
    press(site, paper, "cancel")
    cooking = accepted(
        paper, personal, revision=2, kind="preparing", phase="in_kitchen",
        cancel_allowed=False, acts=[],
    )  # fmt: skip
    till.push(site, cooking)
    assert "It stays: the shop is already cooking it." in page(site, paper)


def test_a_rating_is_given_once_and_never_changed(site: LiveSite, till: Till, paper: str) -> None:
    till.push(site, collected(paper), profile=TRATTORIA)
    assert forms(site, paper) == {"rate"}
    for stars in ("4", "1"):
        assert press(site, paper, "rate", {"stars": stars}).status_code == 303
    (act,) = acts(site, till)
    assert (act.kind, act.value) == ("rated", 4)
    assert "Thank you for rating: 4 of 5." in page(site, paper)
    assert forms(site, paper) == set()


@pytest.mark.parametrize("stars", ["", "0", "6", "45", "-1", "４", "4.5", "five"])
def test_a_rating_is_one_to_five_stars(site: LiveSite, till: Till, paper: str, stars: str) -> None:
    till.push(site, collected(paper), profile=TRATTORIA)
    assert press(site, paper, "rate", {"stars": stars}).status_code == 400
    assert press(site, paper, "rate", {"stars": "5", "more": "x" * 300}).status_code == 400
    assert acts(site, till) == []


def test_no_one_rates_an_order_before_its_end(
    site: LiveSite, till: Till, paper: str, personal: str
) -> None:
    till.push(site, accepted(paper, personal), profile=TRATTORIA)
    press(site, paper, "rate", {"stars": "5"})
    assert acts(site, till) == []


def test_a_rating_that_the_till_knows_is_shown_by_a_site_that_lost_it(
    site: LiveSite, till: Till, paper: str
) -> None:
    till.push(site, collected(paper, acts=[], stars=3), profile=TRATTORIA)
    assert "Thank you for rating: 3 of 5." in page(site, paper)


def test_only_the_link_from_the_text_stops_texts(
    site: LiveSite, till: Till, paper: str, personal: str
) -> None:
    till.push(site, accepted(paper, personal), profile=TRATTORIA)
    assert forms(site, paper) == {"arrived", "cancel"}
    assert "Open the link in the text you got, or call the shop." in page(site, paper)
    press(site, paper, "stop")
    assert acts(site, till) == []
    assert forms(site, personal) == {"arrived", "cancel", "stop"}
    press(site, personal, "stop")
    press(site, personal, "stop")
    assert [act.kind for act in acts(site, till)] == ["texts_stopped"]
    for token in (paper, personal):
        assert "Texts about this order are stopped." in page(site, token)
        assert "Not your order?" not in page(site, token)


def test_where_no_texts_go_out_there_are_none_to_stop(
    site: LiveSite, till: Till, paper: str, personal: str
) -> None:
    till.push(site, accepted(paper, personal, acts=["cancel_asked"]), profile=TRATTORIA)
    assert "Not your order?" not in page(site, personal)
    press(site, personal, "stop")
    assert acts(site, till) == []


def test_a_till_of_before_gets_no_act_that_it_does_not_know(
    site: LiveSite, till: Till, paper: str, personal: str
) -> None:
    till.push(site, accepted(paper, personal, fulfilment="delivery", acts=[]), profile=TRATTORIA)
    assert forms(site, personal) == set()
    for form in FORMS:
        press(site, personal, form, {"stars": "5"})
    assert acts(site, till) == []


def test_what_a_guest_did_survives_a_newer_snapshot(
    site: LiveSite, till: Till, paper: str, personal: str
) -> None:
    till.push(site, accepted(paper, personal), profile=TRATTORIA)
    press(site, personal, "stop")
    press(site, personal, "cancel")
    till.push(site, accepted(paper, personal, revision=2))
    assert forms(site, personal) == {"arrived"}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_every_form_works_only_on_its_own_page(
    site: LiveSite, till: Till, paper: str, personal: str, form: str, headers: dict[str, str]
) -> None:
    everything = accepted(
        paper, personal, acts=["cancel_asked", "rated", "texts_stopped"], fulfilment="pickup"
    )
    till.push(site, everything, profile=TRATTORIA)
    assert press(site, personal, form, {"stars": "5"}, **headers).status_code == 403
    assert acts(site, till) == []
    assert press(site, personal, form, {"stars": "5"}, origin=site.origin).status_code == 303
    assert len(acts(site, till)) == 1


@pytest.mark.parametrize("form", FORMS)
def test_reading_a_forms_address_does_nothing(
    site: LiveSite, till: Till, paper: str, personal: str, form: str
) -> None:
    till.push(site, accepted(paper, personal), profile=TRATTORIA)
    with site.client() as client:
        for method in ("GET", "HEAD", "PUT"):
            answer = client.request(method, f"/{personal}/{form}")
            assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert acts(site, till) == []


def test_forms_count_for_the_links_limit(
    site: LiveSite, till: Till, paper: str, personal: str
) -> None:
    till.push(site, accepted(paper, personal), profile=TRATTORIA)
    per_minute = site.settings.limits.token_per_minute
    statuses = [press(site, paper, "arrived").status_code for _ in range(per_minute + 1)]
    assert statuses == [303] * per_minute + [429]
    assert press(site, personal, "arrived").status_code == 303
