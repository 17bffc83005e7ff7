"""What only the shop can open: the box that the site seals guests' words into."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from pos_app.wire import box

KEY = bytes(range(32))
PUBLIC = "j0DFrbaPJWJK5bIU6nZ6bslNgp09e14a0bpvPiE4KF8"
UID = "018f3a5e-7c1d-7e2a-9b3c-4d5e6f708192"


def test_the_public_half_is_the_one_of_x25519() -> None:
    assert box.public_text(KEY) == PUBLIC


@given(st.binary(max_size=4096))
def test_the_shop_reads_what_was_sealed_and_its_length_says_little(content: bytes) -> None:
    sealed = box.close(content, PUBLIC, UID)
    assert box.opened(sealed, KEY, UID).rstrip(b" ") == content.rstrip(b" ")
    assert len(sealed) == -(-(48 + -(-len(content) // 512) * 512) * 4 // 3)


def test_the_same_words_are_never_sealed_the_same() -> None:
    assert box.close(b"{}", PUBLIC, UID) != box.close(b"{}", PUBLIC, UID)


def test_another_key_another_order_or_a_changed_letter_opens_nothing() -> None:
    sealed = box.close(b'{"kind":"push_on"}', PUBLIC, UID)
    other = X25519PrivateKey.generate().private_bytes_raw()
    changed = sealed[:80] + ("A" if sealed[80] != "A" else "B") + sealed[81:]
    for text, key, uid in (
        (sealed, other, UID),
        (sealed, KEY, UID.replace("8192", "8193")),
        (changed, KEY, UID),
        (sealed[:-8], KEY, UID),
    ):
        with pytest.raises(ValueError, match="sealed to another key"):
            box.opened(text, key, uid)


@given(st.text(max_size=200))
def test_whatever_stands_there_it_opens_or_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"sealed|base64"):
        box.opened(text, KEY, UID)


@pytest.mark.parametrize("key", ["", "AAAA", "é" * 43])
def test_nothing_is_sealed_to_what_is_no_key(key: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        box.close(b"{}", key, UID)
