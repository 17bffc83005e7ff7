"""The site keeps what `newest` says, whatever order the pushes of an order arrive in."""

from __future__ import annotations

import tempfile
from pathlib import Path

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.clock import Instant
from pos_app.tracking.repository import Repository
from pos_app.wire.envelopes import decode, encode
from pos_app.wire.snapshots import OrderSnapshot, newest
from tests.tracking.live import order

NOW = Instant(1_795_455_120_000)
versions = st.tuples(st.integers(0, 3), st.integers(0, 6))


def snapshot(place: int, version: tuple[int, int]) -> OrderSnapshot:
    epoch, revision = version
    return msgspec.structs.replace(order(NOW), epoch=epoch, revision=revision, number=f"A{place}")


@settings(max_examples=50, deadline=None)
@given(st.lists(versions, min_size=1, max_size=12))
def test_the_database_keeps_the_newest(arriving: list[tuple[int, int]]) -> None:
    expected: OrderSnapshot | None = None
    with tempfile.TemporaryDirectory() as folder:
        repository = Repository(Path(folder) / "site.sqlite")
        try:
            with repository.write() as session:
                shop_id = session.add_shop("Trattoria", NOW)
            for place, version in enumerate(arriving):
                arrived = snapshot(place, version)
                kept, expected = expected, newest(expected, arrived)
                with repository.write() as session:
                    is_new = session.put_order(shop_id, arrived, encode(arrived), NOW)
                    session.put_links(shop_id, arrived.uid, arrived.links)
                assert is_new is (expected is not kept)
            with repository.read() as session:
                (body,) = session._connection.execute("SELECT body FROM orders").fetchone()
        finally:
            repository.close()
    assert decode(body, OrderSnapshot) == expected
