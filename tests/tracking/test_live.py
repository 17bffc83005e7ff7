"""The page follows the order, and the till hears of the guest."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import msgspec

from pos_app.clock import MINUTE_MS, VirtualClock
from pos_app.wire.envelopes import ACTION, decode, open_envelope
from pos_app.wire.snapshots import Action, ActionsAnswer, Link, OrderSnapshot, ShopProfile
from pos_app.wire.tokens import token_hash
from tests.support.waiting import until
from tests.tracking.conftest import EVENING
from tests.tracking.live import TRATTORIA, UID, LiveSite, Till, live_site, order


class Events:
    """The events of one open stream."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines

    def next(self, kind: str) -> dict[str, object]:
        """The data of the next event `kind`."""
        name = ""
        for line in self._lines:
            if line.startswith("event: "):
                name = line[7:]
            elif line.startswith("data: ") and name == kind:
                found: dict[str, object] = msgspec.json.decode(line[6:])
                return found
        raise AssertionError(f"the stream ended without {kind}")


@contextmanager
def stream(site: LiveSite, token: str, query: str = "?lang=en", **headers: str) -> Iterator[Events]:
    with (
        site.client() as client,
        client.stream("GET", f"/{token}/events{query}", headers=headers) as answer,
    ):
        assert answer.status_code == 200
        yield Events(answer.iter_lines())


def ready(now: int, token: str, revision: int = 2) -> OrderSnapshot:
    return order(EVENING, token, kind="ready", phase="ready", revision=revision)


def test_a_stream_tells_the_version_now_and_every_change(site: LiveSite, till: Till) -> None:
    token = till.token(EVENING)
    till.push(site, order(EVENING, token), profile=TRATTORIA)
    with stream(site, token) as events:
        assert "Being prepared" in str(events.next("page")["html"])
        assert events.next("heard") == {"now": EVENING, "heard": EVENING}
        till.push(site, ready(EVENING, token))
        changed = events.next("page")
        assert "Ready, come to the counter" in str(changed["html"])
        assert changed["title"] == "Ready, come to the counter · Order A43"


def test_a_stream_speaks_the_pages_language(site: LiveSite, till: Till) -> None:
    token = till.token(EVENING)
    till.push(site, order(EVENING, token), profile=TRATTORIA)
    with stream(site, token, "?lang=uk") as events:
        assert "Картопля фрі" in str(events.next("page")["html"])


def test_a_page_that_is_right_already_is_not_sent_again(site: LiveSite, till: Till) -> None:
    token = till.token(EVENING)
    till.push(site, order(EVENING, token), profile=TRATTORIA)
    with stream(site, token) as events:
        version = str(events.next("page")["version"])
    with stream(site, token, f"?lang=en&v={version}") as events:
        assert events.next("version") == {}
    with stream(site, token, "?lang=en&v=old", **{"last-event-id": version}) as events:
        assert events.next("version") == {}


def test_a_waiting_page_fills_in_with_the_first_report(site: LiveSite, till: Till) -> None:
    token = till.token(EVENING)
    with stream(site, token) as events:
        assert "has not reported" in str(events.next("page")["html"])
        till.push(site, order(EVENING, token))
        assert "Being prepared" in str(events.next("page")["html"])


def test_a_new_profile_reaches_open_pages(site: LiveSite, till: Till) -> None:
    token = till.token(EVENING)
    till.push(site, order(EVENING, token), profile=TRATTORIA)
    own: ShopProfile = msgspec.structs.replace(
        TRATTORIA, version=2, labels={"preparing": {"en": "In the oven"}}
    )
    with stream(site, token) as events:
        events.next("page")
        till.push(site, profile=own)
        assert "In the oven" in str(events.next("page")["html"])


def test_a_revoked_link_ends_its_open_page(site: LiveSite, till: Till) -> None:
    token = till.token(EVENING)
    till.push(site, order(EVENING, token), profile=TRATTORIA)
    with stream(site, token) as events:
        events.next("page")
        revoked = order(EVENING, revision=2, links=[Link(token_hash(token), revoked=True)])
        till.push(site, revoked)
        assert events.next("gone") == {}


def test_an_older_revision_never_moves_a_page_back(site: LiveSite, till: Till) -> None:
    token = till.token(EVENING)
    till.push(site, ready(EVENING, token), profile=TRATTORIA)
    till.push(site, order(EVENING, token))
    with site.client() as client:
        assert "<h1>Ready, come" in client.get(f"/{token}?lang=en").text


def test_one_link_has_at_most_six_streams(site: LiveSite, till: Till) -> None:
    token = till.token(EVENING)
    with site.client() as client:
        streams = [client.stream("GET", f"/{token}/events") for _ in range(6)]
        opened = [one.__enter__() for one in streams]
        assert {one.status_code for one in opened} == {200}
        full = client.get(f"/{token}/events")
        assert full.status_code == 429
        assert full.headers["retry-after"] == "30"
        for one in streams:
            one.__exit__(None, None, None)
        deadline = time.monotonic() + 5
        while True:
            with client.stream("GET", f"/{token}/events") as again:
                if again.status_code == 200:
                    break
            assert time.monotonic() < deadline, "closed streams are still counted"


def press(site: LiveSite, token: str, **headers: str) -> httpx.Response:
    with site.client() as client:
        return client.post(f"/{token}/arrived?lang=en", headers=headers)


def acts(answer: httpx.Response) -> list[Action]:
    found = decode(answer.content, ActionsAnswer)
    return [open_envelope(envelope, ACTION, Action) for envelope in found.actions]


def test_a_guest_who_is_here_is_told_to_the_till_once(
    site: LiveSite, till: Till, clock: VirtualClock
) -> None:
    token = till.token(EVENING)
    till.push(site, order(EVENING, token), profile=TRATTORIA)
    for _ in range(2):
        answer = press(site, token, origin=site.origin)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/{token}?lang=en")
    with site.client() as client:
        page = client.get(f"/{token}?lang=en").text
    assert "The shop knows that you are here." in page
    assert "/arrived" not in page
    answered = till.actions(site)
    (act,) = acts(answered)
    assert (act.kind, act.order_uid, act.received_at) == ("arrived", UID, EVENING)
    cursor = answered.json()["cursor"]
    assert cursor == act.seq
    assert acts(till.actions(site, after=cursor)) == []


def test_being_here_survives_a_newer_snapshot(site: LiveSite, till: Till) -> None:
    token = till.token(EVENING)
    till.push(site, order(EVENING, token), profile=TRATTORIA)
    press(site, token)
    till.push(site, ready(EVENING, token))
    with site.client() as client:
        assert "The shop knows that you are here." in client.get(f"/{token}?lang=en").text


def test_the_button_works_only_on_its_own_page(site: LiveSite, till: Till) -> None:
    token = till.token(EVENING)
    till.push(site, order(EVENING, token), profile=TRATTORIA)
    foreign = (
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
    )
    for headers in foreign:
        assert press(site, token, **headers).status_code == 403
    assert acts(till.actions(site)) == []


def test_reading_never_changes_anything(site: LiveSite, till: Till) -> None:
    token = till.token(EVENING)
    till.push(site, order(EVENING, token), profile=TRATTORIA)
    with site.client() as client:
        for method in ("GET", "HEAD"):
            answer = client.request(method, f"/{token}/arrived")
            assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
        head = client.head(f"/{token}")
        assert (head.status_code, head.content) == (200, b"")
        assert int(head.headers["content-length"]) > 1000
        assert client.delete(f"/{token}").status_code == 405
    assert acts(till.actions(site)) == []


def test_no_one_arrives_for_a_delivery_or_an_ended_order(site: LiveSite, till: Till) -> None:
    token = till.token(EVENING)
    till.push(site, order(EVENING, token, fulfilment="delivery"), profile=TRATTORIA)
    press(site, token)
    till.push(site, order(EVENING, token, revision=2, kind="cancelled", phase="cancelled"))
    press(site, token)
    assert acts(till.actions(site)) == []


def test_a_waiting_till_hears_of_the_guest_at_once(site: LiveSite, till: Till) -> None:
    token = till.token(EVENING)
    till.push(site, order(EVENING, token), profile=TRATTORIA)
    answers: list[tuple[float, httpx.Response]] = []

    def wait() -> None:
        answer = till.actions(site, wait=20)
        answers.append((time.monotonic(), answer))

    waiting = threading.Thread(target=wait, name="till")
    waiting.start()
    deadline = time.monotonic() + 5
    while not site.app.hub._tills:
        assert time.monotonic() < deadline, "the till never waited"
    pressed = time.monotonic()
    press(site, token)
    waiting.join(10)
    assert len(acts(answers[0][1])) == 1
    assert answers[0][0] - pressed < 5


def test_an_hour_of_waiting_counts_as_hearing_from_the_shop(
    site: LiveSite, till: Till, clock: VirtualClock
) -> None:
    token = till.token(EVENING)
    till.push(site, order(EVENING, token), profile=TRATTORIA)
    clock.advance(60 * MINUTE_MS)
    till.actions(site)
    with site.client() as client:
        assert "Last heard from the shop 20:32" in client.get(f"/{token}?lang=en").text


def test_the_site_stops_at_once_with_streams_and_waiting_tills(
    tmp_path: Path, clock: VirtualClock
) -> None:
    till = Till()
    with live_site(tmp_path / "site.sqlite", clock) as site:
        till.enrolled(site)
        till.push(site, profile=TRATTORIA)
        token = till.token(EVENING)
        waiting = threading.Thread(target=till.actions, args=(site, 0, 25), name="till")
        waiting.start()
        until(lambda: site.app.hub.waiting_tills, "the till to wait")
        client = site.client()
        opened = client.stream("GET", f"/{token}/events")
        opened.__enter__()
        started = time.monotonic()
    assert time.monotonic() - started < 2
    waiting.join(5)
    opened.__exit__(None, None, None)
    client.close()
