"""A till's links get a new key; what was printed before goes on opening until its end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.clock import DAY_MS, HOUR_MS, VirtualClock
from pos_app.tracking import link_keys
from pos_app.tracking.link_keys import KEPT_MS, OLD_AFTER_MS, forget_ended
from pos_app.tracking.repository import backup
from pos_app.tracking.revoking import list_audit, revoke
from pos_app.wire import tokens
from tests.support.waiting import until
from tests.tracking.conftest import EVENING
from tests.tracking.live import TRATTORIA, LiveSite, Till, live_site, order
from tests.tracking.renewing import Keyed, keyed, status

RIVAL = {"terminal_id": "018f3a5e-0000-7e2a-9b3c-000000000002", "store_id": "rival", "kid": 1}


@pytest.fixture
def site(tmp_path: Path, clock: VirtualClock) -> Iterator[LiveSite]:
    with live_site(tmp_path / "site" / "site.sqlite", clock, mode="hosted") as running:
        yield running


@pytest.fixture
def of_till(site: LiveSite) -> Keyed:
    return keyed(site)


def test_links_of_both_keys_open_and_the_handle_of_one_beside_the_key_of_the_other_does_not(
    site: LiveSite, of_till: Keyed
) -> None:
    kid = of_till.got(2)
    assert kid >= tokens.LOCAL_KIDS
    first, second = of_till.token(1, of_till.till.kid, EVENING), of_till.token(2, kid, EVENING)
    of_till.till.push(site, order(EVENING, first, second), profile=TRATTORIA)
    with site.client() as client:
        assert "A43" in client.get(f"/{first}?lang=en").text
        assert "A43" in client.get(f"/{second}?lang=en").text
        for false in (of_till.token(1, kid, EVENING), of_till.token(2, of_till.till.kid, EVENING)):
            answer = client.get(f"/{false}")
            assert (answer.status_code, b"A43" in answer.content) == (404, False)


def test_an_answer_that_got_lost_is_asked_for_again(site: LiveSite, of_till: Keyed) -> None:
    assert of_till.got(2) == of_till.got(2)
    with site.repository.read() as session:
        assert len(session.kids()) == 2


def test_a_recorded_request_works_once(site: LiveSite, of_till: Keyed) -> None:
    body = of_till.request(2)
    headers = of_till.till.headers(site, "POST", "/v1/link-keys", "", body)
    assert of_till.till.post(site, "/v1/link-keys", body, headers).status_code == 200
    assert of_till.till.post(site, "/v1/link-keys", body, headers).status_code == 401


def test_nobody_but_the_till_itself_gives_its_links_a_key(site: LiveSite, of_till: Keyed) -> None:
    forged = Keyed(site, Till(terminal_id=of_till.till.terminal_id))
    assert forged.ask(2).status_code == 401
    rival = keyed(site, **RIVAL)
    until(lambda: rival.till.actions(site).status_code == 200, "the site to know the rival")
    rival.got(2)
    with site.repository.read() as session:
        assert session.key_of(of_till.till.terminal_id, 2) is None


def test_a_till_that_was_cut_off_gets_no_key(site: LiveSite, of_till: Keyed) -> None:
    revoke(site.settings.database, of_till.till.terminal_id, "os:host", links=False)
    answer = of_till.ask(2)
    assert (answer.status_code, answer.json()) == (403, {"error": "revoked"})
    with site.repository.read() as session:
        assert session.kids() == {of_till.till.kid}


def test_a_generation_keeps_the_key_that_it_had_first(of_till: Keyed) -> None:
    kid = of_till.got(2)
    answer = of_till.ask(2, key=b"x" * 32)
    assert (answer.status_code, answer.json()) == (409, {"error": "other_key"})
    assert of_till.got(2) == kid


def test_what_is_no_request_names_its_field(of_till: Keyed) -> None:
    answer = of_till.till.post(of_till.site, "/v1/link-keys", b'{"gen": 0, "link_key": "x"}')
    assert (answer.status_code, answer.json()) == (400, {"error": "bad_input", "field": "gen"})


def test_a_till_gets_three_keys_a_day(of_till: Keyed, clock: VirtualClock) -> None:
    kid = of_till.got(2)
    clock.advance(HOUR_MS)
    of_till.got(3)
    answer = of_till.ask(4)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) == 23 * 3600
    assert of_till.got(2) == kid
    clock.advance(23 * HOUR_MS)
    of_till.got(4)


def test_a_key_is_forgotten_when_its_last_link_has_ended_and_not_before(
    site: LiveSite, of_till: Keyed, clock: VirtualClock
) -> None:
    kid = of_till.got(2)
    of_till.push(1)
    clock.advance(DAY_MS)
    last = of_till.token(1, of_till.till.kid, clock.now())
    of_till.push(2)
    clock.advance(tokens.HORIZON_WEEKS * tokens.WEEK_MS)
    assert not forget_ended(site.repository, clock.now())
    assert status(site, last) == 200
    clock.advance(tokens.WEEK_MS)
    assert status(site, last) == 410
    clock.advance(KEPT_MS)
    assert forget_ended(site.repository, clock.now())
    with site.repository.read() as session:
        assert session.kids() == {kid}


def test_a_till_that_never_heard_of_its_new_key_keeps_the_old_one(
    site: LiveSite, of_till: Keyed, clock: VirtualClock
) -> None:
    of_till.got(2)
    of_till.push(2)
    # A backup of before was put back at the till: it makes links with its first key again.
    of_till.push(1)
    clock.advance(2 * KEPT_MS)
    of_till.push(1)
    assert forget_ended(site.repository, clock.now())
    with site.repository.read() as session:
        assert session.kids() == {of_till.till.kid}
    assert status(site, of_till.token(1, of_till.till.kid, clock.now())) == 200


def test_a_till_hears_that_its_key_is_old_or_unknown(of_till: Keyed, clock: VirtualClock) -> None:
    assert of_till.push(1).link_key == ""
    assert of_till.push(2).link_key == "unknown"
    clock.advance(OLD_AFTER_MS)
    assert of_till.push(1).link_key == "old"
    of_till.got(2)
    assert of_till.push(2).link_key == ""


def test_a_site_that_was_put_back_gives_the_handle_that_is_printed(
    site: LiveSite, of_till: Keyed, tmp_path: Path, clock: VirtualClock
) -> None:
    kept = tmp_path / "kept.sqlite"
    backup.copy(site.settings.database, kept)
    kid = of_till.got(2)
    printed = of_till.token(2, kid, EVENING)
    assert status(site, printed) == 200
    backup.restore(kept, site.settings.database, clock.now())
    until(lambda: status(site, printed) == 404, "the site to read the copy")
    assert of_till.push(2).link_key == "unknown"
    assert of_till.got(2, kid=kid) == kid
    assert status(site, printed) == 200


def test_a_handle_that_another_key_has_is_not_given_again(site: LiveSite, of_till: Keyed) -> None:
    taken = of_till.got(2)
    rival = keyed(site, **RIVAL)
    until(lambda: rival.till.actions(site).status_code == 200, "the site to know the rival")
    assert rival.got(2, kid=taken) != taken
    assert rival.got(3, kid=5) >= tokens.LOCAL_KIDS


def test_a_shops_own_site_gives_its_sixteen_handles(
    tmp_path: Path, clock: VirtualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link_keys, "MOST_A_DAY", 99)
    with live_site(tmp_path / "own" / "site.sqlite", clock) as own:
        till = keyed(own)
        kids = [till.got(gen) for gen in range(2, 17)]
        assert {till.till.kid, *kids} == set(range(tokens.LOCAL_KIDS))
        answer = till.ask(17)
        assert (answer.status_code, answer.json()) == (409, {"error": "no_kid"})
        assert status(own, till.token(16, kids[-1], EVENING)) == 200


def test_who_renewed_a_key_is_kept(site: LiveSite, of_till: Keyed) -> None:
    of_till.got(2)
    of_till.got(2)
    (row,) = list_audit(site.settings.database)
    assert (row.who, row.act, row.detail) == (
        f"till:{of_till.till.terminal_id}", "key_renewed", "generation 2",
    )  # fmt: skip
