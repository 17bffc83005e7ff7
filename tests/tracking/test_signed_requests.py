"""Only a paired till may push, once, in its own name, at the right time."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import httpx
import msgspec
import pytest

from pos_app.clock import MINUTE_MS, VirtualClock
from pos_app.wire import signing
from pos_app.wire.envelopes import ORDER, Envelope, encode, seal
from tests.tracking.conftest import EVENING
from tests.tracking.live import TRATTORIA, UID, LiveSite, Till, live_site, order

PUSH = "/v1/snapshots"
UNAUTHORIZED = b'{"error":"unauthorized"}'


def signed_push(site: LiveSite, till: Till, **changed: object) -> httpx.Response:
    body = till.body(site, [], None)
    return till.post(site, PUSH, body, till.headers(site, "POST", PUSH, "", body, changed))


@pytest.mark.parametrize(
    "changed",
    [
        {"origin": "https://t.example.ua"},
        {"path": "/v1/pair"},
        {"query": "a=1"},
        {"method": "PUT"},
        {"body": b"{}"},
        {"key_id": "018f3a5e-0000-7e2a-9b3c-00000000dead"},
        {"content_type": "text/plain"},
    ],
)
def test_a_signature_over_anything_else_is_refused(
    site: LiveSite, till: Till, changed: dict[str, object]
) -> None:
    answer = signed_push(site, till, **changed)
    assert (answer.status_code, answer.content) == (401, UNAUTHORIZED)


def test_the_untouched_request_is_taken(site: LiveSite, till: Till) -> None:
    assert signed_push(site, till).status_code == 200


@pytest.mark.parametrize("name", signing.HEADERS)
def test_a_missing_or_damaged_header_gets_the_same_answer(
    site: LiveSite, till: Till, name: str
) -> None:
    body = till.body(site, [], None)
    headers = till.headers(site, "POST", PUSH, "", body)
    without = {key: value for key, value in headers.items() if key != name}
    for wrong in (without, {**headers, name: "x"}, {**headers, name: ""}):
        answer = till.post(site, PUSH, body, wrong)
        assert (answer.status_code, answer.content) == (401, UNAUTHORIZED)


def test_a_header_that_comes_twice_is_refused(site: LiveSite, till: Till) -> None:
    body = till.body(site, [], None)
    headers = list(till.headers(site, "POST", PUSH, "", body).items())
    with site.client() as client:
        twice = [*headers, (signing.KEY_HEADER, till.terminal_id)]
        answer = client.post(PUSH, content=body, headers=twice)
    assert (answer.status_code, answer.content) == (401, UNAUTHORIZED)


def test_a_recorded_request_works_once(site: LiveSite, till: Till) -> None:
    body = till.body(site, [], None)
    headers = till.headers(site, "POST", PUSH, "", body)
    assert till.post(site, PUSH, body, headers).status_code == 200
    again = till.post(site, PUSH, body, headers)
    assert (again.status_code, again.content) == (401, UNAUTHORIZED)


def test_a_wrong_clock_is_told_with_the_sites_time(
    site: LiveSite, till: Till, clock: VirtualClock
) -> None:
    late = signed_push(site, till, time_s=EVENING // 1000 - 301)
    assert late.status_code == 401
    assert late.json() == {"error": "clock", "now": EVENING}
    assert signed_push(site, till, time_s=EVENING // 1000 + 301).json()["error"] == "clock"
    assert signed_push(site, till, time_s=EVENING // 1000 - 300).status_code == 200


def test_a_revoked_terminal_hears_so_only_with_its_own_key(site: LiveSite, till: Till) -> None:
    with site.repository.write() as session:
        session.revoke_terminal(till.terminal_id, EVENING)
    stranger = Till()
    assert signed_push(site, stranger).content == UNAUTHORIZED
    answer = signed_push(site, till)
    assert (answer.status_code, answer.json()) == (403, {"error": "revoked"})


def test_a_till_is_not_locked_out_by_strangers_at_its_address(
    site: LiveSite, till: Till, clock: VirtualClock
) -> None:
    stranger = Till(terminal_id="018f3a5e-0000-7e2a-9b3c-00000000dead")
    statuses = [signed_push(site, stranger).status_code for _ in range(21)]
    assert statuses == [401] * 20 + [429]
    assert signed_push(site, till).status_code == 200
    clock.advance(MINUTE_MS)
    assert signed_push(site, stranger).status_code == 401


def test_the_same_push_again_gets_the_same_answer(site: LiveSite, till: Till) -> None:
    body = till.body(site, [seal(UID, ORDER, order(EVENING))], TRATTORIA)
    first = till.post(site, PUSH, body)
    again = till.post(site, PUSH, body)
    assert first.status_code == again.status_code == 200
    assert first.content == again.content


def test_a_copied_store_is_noticed(site: LiveSite, till: Till) -> None:
    till.push(site, profile=TRATTORIA)
    till.push(site)
    till.push_seq = 1
    other_body = till.post(site, PUSH, till.body(site, [seal("x", ORDER, order(EVENING))], None))
    assert (other_body.status_code, other_body.json()) == (409, {"error": "fork"})
    till.push_seq = 0
    assert till.post(site, PUSH, till.body(site, [], None)).status_code == 409
    till.epoch, till.push_seq = 2, 0
    till.push(site)
    till.epoch, till.push_seq = 1, 99
    assert till.post(site, PUSH, till.body(site, [], None)).status_code == 409


def test_another_store_than_the_paired_one_is_refused(site: LiveSite, till: Till) -> None:
    till.store_id = "store-2"
    assert signed_push(site, till).json() == {"error": "other_store"}


def test_one_bad_item_leaves_the_others_alone(site: LiveSite, till: Till) -> None:
    good = order(EVENING)
    items = [
        Envelope("new", "hologram", 1, msgspec.Raw(b"{}")),
        Envelope("later", ORDER, 9, msgspec.Raw(b"{}")),
        Envelope("damaged", ORDER, 1, msgspec.Raw(b'{"uid":7}')),
        seal("good", ORDER, good),
        seal("old", ORDER, msgspec.structs.replace(good, revision=0)),
    ]
    answer = till.post(site, PUSH, till.body(site, items, None)).json()
    outcomes = {result["id"]: result["outcome"] for result in answer["results"]}
    assert outcomes == {
        "new": "unsupported",
        "later": "unsupported",
        "damaged": "invalid",
        "good": "stored",
        "old": "older",
    }


def test_a_body_that_is_no_push_names_the_field(site: LiveSite, till: Till) -> None:
    answer = till.post(site, PUSH, b'{"store_id": 7}')
    assert (answer.status_code, answer.json()) == (400, {"error": "bad_input", "field": "store_id"})


def test_a_body_over_the_limit_is_refused_before_anything_else(site: LiveSite, till: Till) -> None:
    answer = till.post(site, PUSH, b" " * (site.settings.limits.body_bytes + 1), {"x": "y"})
    assert answer.status_code == 413


def test_shops_on_one_site_never_meet(site: LiveSite, till: Till, clock: VirtualClock) -> None:
    rival = Till(terminal_id="018f3a5e-0000-7e2a-9b3c-000000000002", store_id="rival", kid=1)
    rival.enrolled(site, "Rival")
    site_app_learns(site, rival)
    token = till.token(EVENING)
    till.push(site, order(EVENING, token), profile=TRATTORIA)
    stolen = order(EVENING, token, number="X1", revision=99)
    assert rival.push(site, stolen).results[0].outcome == "stored"
    with site.client() as client:
        page = client.get(f"/{token}?lang=en").text
        assert "A43" in page
        assert "X1" not in page
        client.post(f"/{token}/arrived")
    assert len(till.actions(site).json()["actions"]) == 1
    assert rival.actions(site).json()["actions"] == []


def site_app_learns(site: LiveSite, till: Till) -> None:
    """A till enrolled by another process is known within a second."""
    import time

    deadline = time.monotonic() + 5
    while till.actions(site).status_code != 200:
        assert time.monotonic() < deadline, "the site never learned of the till"


def test_nothing_of_a_person_can_be_stored(site: LiveSite, till: Till) -> None:
    marker = "MARKER-Iryna-380671234567"
    body = json.loads(encode(order(EVENING, till.token(EVENING))))
    body |= {"customer": {"name": marker, "phone": marker}, "note": marker, "address": marker}
    body["items"][0] |= {"note": marker, "price": marker}
    body["stages"]["note"] = marker
    body["links"][0]["token"] = marker
    profile = json.loads(encode(TRATTORIA)) | {"owner": marker}
    push = json.loads(till.body(site, [], None)) | {
        "shop": marker,
        "profile": {"id": "p", "type": "profile", "v": 1, "raw": profile, "note": marker},
        "orders": [{"id": "o", "type": "order", "v": 1, "raw": body, "note": marker}],
    }
    answer = till.post(site, PUSH, json.dumps(push).encode())
    assert [result["outcome"] for result in answer.json()["results"]] == ["stored", "stored"]
    for file in site.settings.database.parent.rglob("*"):
        if file.is_file():
            assert marker.encode() not in file.read_bytes(), file.name
    assert b"Burger" in b"".join(
        file.read_bytes() for file in site.settings.database.parent.glob("site.sqlite*")
    )


def test_the_database_holds_no_token_and_no_link_key(site: LiveSite, till: Till) -> None:
    token = till.token(EVENING)
    till.push(site, order(EVENING, token), profile=TRATTORIA)
    with site.client() as client:
        client.get(f"/{token}")
    content = b"".join(
        file.read_bytes() for file in site.settings.database.parent.iterdir() if file.is_file()
    )
    assert token.encode() not in content
    assert till.link_key not in content


def test_pages_survive_a_restart_of_the_site(tmp_path: Path, clock: VirtualClock) -> None:
    till, database = Till(), tmp_path / "site.sqlite"
    token = till.token(EVENING)
    with live_site(database, clock) as site:
        till.enrolled(site)
        till.push(site, order(EVENING, token), profile=TRATTORIA)
        port = site.settings.port
    with live_site(database, clock, port=port, origin=site.origin) as site, site.client() as client:
        assert "A43" in client.get(f"/{token}?lang=en").text
        till.push(site)


def test_the_sites_database_is_durable(site: LiveSite) -> None:
    with site.repository.write() as session:
        connection = session._connection
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert isinstance(connection, sqlite3.Connection)
