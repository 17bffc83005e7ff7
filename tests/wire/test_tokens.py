"""Tokens prove themselves: the recorded vectors, and what is refused."""

from __future__ import annotations

from collections import Counter

import pytest

from pos_app.clock import Instant
from pos_app.wire import tokens

ROOT = bytes(range(32))
ORIGIN = "https://t.example.ua"
KEY = bytes.fromhex("5cea9decdf4407e2be7a8414880b688ef8cd43791271195ec970668e710e7ba7")
KID, WEEK, RAND = 0x12345, 46, 0x0102030405060708090A0B
TRACK = "2E4EQ94YC77LNA2F8YW5KF17C8X8OH"
DROP = "2E4EQ94YC77LNA2F8YW5KF6CP51HZQ"


def at_week(week: int) -> Instant:
    return Instant((1_767_571_200 + week * 604_800) * 1000)


def test_the_link_key_is_the_recorded_one() -> None:
    assert tokens.link_key(ROOT, ORIGIN, 1) == KEY
    assert tokens.link_key(ROOT, ORIGIN, 2) != KEY
    assert tokens.link_key(ROOT, "https://u.example.ua", 1) != KEY


@pytest.mark.parametrize(("label", "text"), [(tokens.TRACK, TRACK), (tokens.DROP, DROP)])
def test_the_token_is_the_recorded_one(label: bytes, text: str) -> None:
    assert tokens.mint(KEY, KID, at_week(WEEK), label=label, rand=RAND) == text
    token = tokens.parse(text)
    assert (token.kid, token.week, token.rand) == (KID, WEEK, RAND)
    assert tokens.is_genuine(token, KEY, label)


def test_a_tracking_token_is_no_courier_slip() -> None:
    assert not tokens.is_genuine(tokens.parse(TRACK), KEY, tokens.DROP)
    assert not tokens.is_genuine(tokens.parse(DROP), KEY)


@pytest.mark.parametrize(
    "text",
    [
        "", TRACK[:-1], TRACK + "0", TRACK + "\n", " " + TRACK[1:], "٣" * 30, "３" * 30,
        TRACK[:-1] + "-", TRACK[:-1] + "\x00", "Z" * 30, "+" + TRACK[1:], "1_" * 15,
    ],
)  # fmt: skip
def test_what_is_no_token_is_refused(text: str) -> None:
    with pytest.raises(tokens.BadToken):
        tokens.parse(text)


def test_the_greatest_number_of_155_bits_is_the_last() -> None:
    greatest = tokens.Token((1 << 20) - 1, 127, (1 << 88) - 1, b"\xff" * 5)
    assert tokens.parse(greatest.text()) == greatest
    number = int(greatest.text(), 36) + 1
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[digit] + digits
    with pytest.raises(tokens.BadToken):
        tokens.parse(digits)


def test_weeks_wrap_around_and_the_horizon_is_half_a_year() -> None:
    token = tokens.parse(tokens.mint(KEY, KID, at_week(120)))
    assert tokens.age_weeks(token, at_week(120)) == 0
    assert tokens.age_weeks(token, at_week(146)) == 26
    assert not tokens.is_past_horizon(token, at_week(146))
    assert tokens.is_past_horizon(token, at_week(147))
    ahead = tokens.parse(tokens.mint(KEY, KID, at_week(121)))
    assert tokens.age_weeks(ahead, at_week(120)) == 0
    assert tokens.week_start(Instant(at_week(120) + 5)) == at_week(120)


def test_the_address_is_upper_case_for_https_only() -> None:
    assert tokens.token_url(ORIGIN, TRACK) == f"HTTPS://T.EXAMPLE.UA/{TRACK}"
    assert tokens.token_url("http://127.0.0.1:8123", TRACK) == f"http://127.0.0.1:8123/{TRACK}"


def test_the_stored_hash_does_not_depend_on_case() -> None:
    assert tokens.token_hash(TRACK) == tokens.token_hash(TRACK.lower())
    assert len(tokens.token_hash(TRACK)) == 64


def test_tokens_are_distinct_and_their_random_bits_even() -> None:
    minted = [tokens.mint(KEY, KID, at_week(WEEK)) for _ in range(20_000)]
    assert len(set(minted)) == len(minted)
    ones: Counter[int] = Counter()
    for text in minted:
        rand = tokens.parse(text).rand
        ones.update(bit for bit in range(88) if rand >> bit & 1)
    # Six standard deviations: a sound generator fails this once in millions of runs.
    assert all(abs(ones[bit] - 10_000) < 6 * 71 for bit in range(88))
