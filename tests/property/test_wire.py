"""What holds for every token, every message and every order of arrival."""

from __future__ import annotations

import secrets

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.clock import Instant
from pos_app.errors import BadInput
from pos_app.wire import pairing, tokens
from pos_app.wire.envelopes import ORDER, Envelope, decode, open_envelope, seal
from pos_app.wire.signing import HEADERS, read_headers
from pos_app.wire.snapshots import (
    Item,
    Link,
    OrderSnapshot,
    PushRequest,
    ShopProfile,
    StageTimes,
    newest,
)

KEY = bytes(range(32))
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
instants = st.integers(1_767_571_200_000, 4_000_000_000_000).map(Instant)
minted = st.builds(
    lambda kid, now, rand: tokens.mint(KEY, kid, now, rand=rand),
    st.integers(0, 2**20 - 1),
    instants,
    st.integers(0, 2**88 - 1),
)
names = st.dictionaries(
    st.sampled_from(["en", "uk", "pl", "pt-BR"]), st.text(max_size=40), max_size=3
)
times = st.none() | st.integers(0, 2**53)
snapshots = st.builds(
    OrderSnapshot,
    uid=st.uuids().map(str),
    epoch=st.integers(0, 5),
    revision=st.integers(0, 50),
    number=st.text(min_size=1, max_size=16),
    fulfilment=st.sampled_from(["dine_in", "pickup", "delivery"]),
    kind=st.from_regex(r"\A[a-z_]{1,32}\Z"),
    phase=st.sampled_from(["new", "in_kitchen", "ready", "on_the_way", "done", "cancelled"]),
    placed_at=st.integers(0, 2**53),
    stages=st.builds(StageTimes, times, times, times, times, times),
    promised_at=times,
    promise_moved=st.booleans(),
    items=st.lists(
        st.builds(Item, st.integers(1, 10_000), names, st.lists(names, max_size=2)), max_size=3
    ),
    links=st.lists(
        st.builds(
            Link,
            st.binary(min_size=32, max_size=32).map(bytes.hex),
            st.sampled_from(["paper", "personal"]),
            st.booleans(),
        ),
        max_size=2,
    ),
    cancel_allowed=st.booleans(),
    called_early=st.booleans(),
    acts=st.lists(st.from_regex(r"\A[a-z_]{1,32}\Z"), max_size=3),
    cancel_asked=st.booleans(),
    cancel_declined=st.booleans(),
    texts_stopped=st.booleans(),
    stars=st.integers(0, 5),
)


@settings(deadline=None)
@given(minted, st.booleans())
def test_a_token_comes_back_and_is_genuine(text: str, lower: bool) -> None:
    token = tokens.parse(text.lower() if lower else text)
    assert token.text() == text
    assert len(text) == tokens.LENGTH
    assert tokens.is_genuine(token, KEY)


@settings(deadline=None)
@given(minted, st.integers(0, 29), st.sampled_from(DIGITS))
def test_a_token_with_one_other_character_is_refused(text: str, place: int, digit: str) -> None:
    altered = text[:place] + digit + text[place + 1 :]
    if altered == text:
        return
    try:
        token = tokens.parse(altered)
    except tokens.BadToken:
        return
    assert not tokens.is_genuine(token, KEY)


@settings(deadline=None)
@given(minted)
def test_a_token_of_another_shop_is_refused(text: str) -> None:
    assert not tokens.is_genuine(tokens.parse(text), secrets.token_bytes(32))


@settings(deadline=None)
@given(st.text() | st.text(DIGITS, min_size=29, max_size=31))
def test_reading_a_token_raises_only_bad_token(text: str) -> None:
    try:
        tokens.parse(text)
    except tokens.BadToken:
        return


@settings(deadline=None)
@given(st.text() | st.text("OB1.abc0", max_size=60))
def test_reading_a_pairing_code_raises_only_bad_code(text: str) -> None:
    try:
        pairing.parse_code(text)
    except pairing.BadCode:
        return


@settings(deadline=None)
@given(
    st.binary() | snapshots.map(msgspec.json.encode) | st.text().map(lambda text: text.encode()),
    st.sampled_from([OrderSnapshot, ShopProfile, PushRequest, Envelope, pairing.PairRequest]),
)
def test_decoding_raises_only_bad_input(raw: bytes, shape: type[msgspec.Struct]) -> None:
    try:
        decode(raw, shape)
    except BadInput:
        return


@settings(deadline=None)
@given(snapshots, st.data())
def test_a_damaged_message_raises_only_bad_input(
    snapshot: OrderSnapshot, data: st.DataObject
) -> None:
    raw = bytearray(msgspec.json.encode(snapshot))
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        decode(bytes(raw), OrderSnapshot)
    except BadInput:
        return


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(HEADERS), st.binary(max_size=100)), max_size=8))
def test_reading_headers_raises_only_bad_input(found: list[tuple[str, bytes]]) -> None:
    try:
        read_headers([(name.encode(), value) for name, value in found])
    except BadInput:
        return


@settings(deadline=None)
@given(snapshots)
def test_a_snapshot_survives_its_envelope(snapshot: OrderSnapshot) -> None:
    envelope = decode(msgspec.json.encode(seal("x", ORDER, snapshot)), Envelope)
    assert open_envelope(envelope, ORDER, OrderSnapshot) == snapshot


@settings(deadline=None)
@given(st.lists(snapshots, min_size=1, max_size=8, unique_by=lambda one: one.version), st.data())
def test_any_order_and_repetition_of_snapshots_ends_the_same(
    pushed: list[OrderSnapshot], data: st.DataObject
) -> None:
    arrived = data.draw(st.lists(st.sampled_from(pushed), max_size=12))
    arrived += data.draw(st.permutations(pushed))
    kept: OrderSnapshot | None = None
    for snapshot in arrived:
        kept = newest(kept, snapshot)
    assert kept == max(pushed, key=lambda one: one.version)


@given(
    st.lists(st.tuples(st.integers(0, 2**20 - 1), st.integers(1, 2**32 - 1)), min_size=2,
             max_size=4, unique_by=(lambda one: one[0], lambda one: one[1])),
    instants,
    st.sampled_from([tokens.TRACK, tokens.DROP]),
)  # fmt: skip
@settings(deadline=None)
def test_a_link_opens_with_the_key_and_under_the_handle_of_its_own_generation_only(
    generations: list[tuple[int, int]], now: Instant, label: bytes
) -> None:
    keys = {kid: tokens.link_key(KEY, "https://t.example.ua", gen) for kid, gen in generations}
    for made_with in keys.values():
        for kid, key in keys.items():
            token = tokens.parse(tokens.mint(made_with, kid, now, label=label))
            assert tokens.is_genuine(token, key, label) == (made_with == key)
