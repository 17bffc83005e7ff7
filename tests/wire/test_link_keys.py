"""A key follows a key: links of both prove themselves, and neither proves the other's."""

from __future__ import annotations

import pytest

from pos_app.errors import BadInput
from pos_app.wire import tokens
from pos_app.wire.envelopes import decode
from pos_app.wire.link_keys import LinkKeyRequest
from pos_app.wire.pairing import key_text
from tests.wire.test_tokens import KEY, KID, ORIGIN, ROOT, WEEK, at_week

NEXT_KEY = bytes.fromhex("492c2200b1271c2c58117e68686b13d57411226147b4d9f16a9e91f7f530e24d")
NEXT_KID = KID + 1


def test_the_key_of_each_generation_is_its_own() -> None:
    keys = [tokens.link_key(ROOT, ORIGIN, gen) for gen in (1, 2, 3, 2**32 - 1)]
    assert keys[0] == KEY
    assert keys[1] == NEXT_KEY
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("label", [tokens.TRACK, tokens.DROP])
def test_a_link_proves_itself_under_the_key_it_was_made_with_only(label: bytes) -> None:
    keys = {KID: tokens.link_key(ROOT, ORIGIN, 1), NEXT_KID: tokens.link_key(ROOT, ORIGIN, 2)}
    for kid, key in keys.items():
        token = tokens.parse(tokens.mint(key, kid, at_week(WEEK), label=label))
        assert [other for other in keys if tokens.is_genuine(token, keys[other], label)] == [kid]


def test_a_handle_of_one_key_beside_another_key_is_false() -> None:
    token = tokens.parse(tokens.mint(tokens.link_key(ROOT, ORIGIN, 1), NEXT_KID, at_week(WEEK)))
    assert not tokens.is_genuine(token, tokens.link_key(ROOT, ORIGIN, 2))


@pytest.mark.parametrize(
    ("field", "value"),
    [("gen", "0"), ("gen", "4294967296"), ("kid", "-1"), ("kid", str(1 << 20)), ("gen", '"2"'),
     ("link_key", '"short"'), ("link_key", "null")],
)  # fmt: skip
def test_what_is_no_request_for_a_key_is_refused_by_its_field(field: str, value: str) -> None:
    fields = {"gen": "2", "link_key": f'"{key_text(KEY)}"', field: value}
    body = "{" + ",".join(f'"{name}":{text}' for name, text in fields.items()) + "}"
    with pytest.raises(BadInput) as refused:
        decode(body.encode(), LinkKeyRequest)
    assert refused.value.field == field
