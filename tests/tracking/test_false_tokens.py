"""Nobody gets in by guessing, and guessing costs the site almost nothing."""

from __future__ import annotations

import secrets
import sqlite3

import httpx
import pytest

from pos_app.clock import MINUTE_MS, VirtualClock
from pos_app.tracking.repository import Session
from pos_app.tracking.rows import OrderRow
from pos_app.wire import tokens
from pos_app.wire.tokens import DROP
from tests.tracking.conftest import EVENING
from tests.tracking.live import TRATTORIA, LiveSite, Till, order


def false_tokens(till: Till) -> dict[str, str]:
    """One of every kind of false token."""
    genuine = till.token(EVENING)
    altered = genuine[:-1] + ("0" if genuine[-1] != "0" else "1")
    return {
        "altered": altered,
        "unknown kid": tokens.mint(secrets.token_bytes(32), 7, EVENING),
        "wrong key": tokens.mint(secrets.token_bytes(32), till.kid, EVENING),
        "courier slip": tokens.mint(till.link_key, till.kid, EVENING, label=DROP),
        "too great": "Z" * 30,
        "too short": "A" * 29,
        "too long": "A" * 31,
        "not ASCII": "%D9%A3" * 30,
        "other path": "admin",
        "unknown tail": f"{genuine}/other",
    }


def visible(answer: httpx.Response) -> tuple[object, ...]:
    headers = {name: value for name, value in answer.headers.items() if name != "date"}
    return (answer.status_code, headers, answer.content)


def test_every_false_token_gets_the_same_bytes(site: LiveSite, till: Till) -> None:
    with site.client() as client:
        answers = {
            name: visible(client.get(f"/{text}")) for name, text in false_tokens(till).items()
        }
    assert {answer[0] for answer in answers.values()} == {404}
    assert len({repr(answer) for answer in answers.values()}) == 1


def test_false_tokens_are_answered_while_the_database_is_locked(site: LiveSite, till: Till) -> None:
    till.push(site, profile=TRATTORIA)
    lock = sqlite3.connect(site.settings.database, isolation_level=None)
    repository = site.repository
    try:
        lock.execute("BEGIN EXCLUSIVE")
        # In WAL mode SQLite still lets readers through: shut the site's own doors as well.
        with repository._read_lock, repository._write_lock, site.client() as client:
            for text in false_tokens(till).values():
                answer = client.get(f"/{text}")
                assert answer.status_code == 404
                assert answer.elapsed.total_seconds() < 1
    finally:
        lock.close()


def test_a_false_token_never_reads_an_order(
    site: LiveSite, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    with site.client() as client:
        reads: list[str] = []
        read = Session.order_of_link

        def watched(session: Session, shop_id: str, token_hash: str) -> OrderRow | None:
            reads.append(token_hash)
            return read(session, shop_id, token_hash)

        monkeypatch.setattr(Session, "order_of_link", watched)
        for text in false_tokens(till).values():
            assert client.get(f"/{text}").status_code == 404
        assert reads == []
        assert client.get(f"/{till.token(EVENING)}").status_code == 200
        assert len(reads) == 1


def test_failures_of_one_address_are_limited_but_genuine_links_still_open(
    site: LiveSite, till: Till, clock: VirtualClock
) -> None:
    token = till.token(EVENING)
    till.push(site, order(EVENING, token), profile=TRATTORIA)
    with site.client() as client:
        statuses = [client.get(f"/{'A' * 30}").status_code for _ in range(21)]
        assert statuses == [404] * 20 + [429]
        refused = client.get(f"/{'A' * 30}")
        assert int(refused.headers["retry-after"]) <= 60
        assert "content-security-policy" in refused.headers
        assert client.get(f"/{token}").status_code == 200
        clock.advance(MINUTE_MS)
        assert client.get(f"/{'A' * 30}").status_code == 404


def test_a_genuine_link_opens_sixty_times_a_minute(
    site: LiveSite, till: Till, clock: VirtualClock
) -> None:
    token, other = till.token(EVENING), till.token(EVENING)
    with site.client() as client:
        statuses = [client.get(f"/{token}").status_code for _ in range(61)]
        assert statuses == [200] * 60 + [429]
        assert client.get(f"/{token}").headers["retry-after"] == "60"
        assert client.get(f"/{other}").status_code == 200
        clock.advance(MINUTE_MS)
        assert client.get(f"/{token}").status_code == 200
