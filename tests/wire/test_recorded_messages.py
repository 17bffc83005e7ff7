"""One recorded message of each type of each release, read as it was written then."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from pos_app.errors import BadInput
from pos_app.wire import box
from pos_app.wire.browsers import wish
from pos_app.wire.drops import DROP_TYPE, Drop
from pos_app.wire.envelopes import ACTION, ORDER, PROFILE, Envelope, decode, encode, open_envelope
from pos_app.wire.link_keys import LinkKeyAnswer, LinkKeyRequest
from pos_app.wire.pairing import PairAnswer, PairRequest
from pos_app.wire.snapshots import (
    Action,
    ActionsAnswer,
    OrderSnapshot,
    PushAnswer,
    PushRequest,
    ShopProfile,
)

DATA = Path(__file__).parent.parent / "data" / "wire"
MESSAGES: dict[str, type[msgspec.Struct]] = {
    "push_request": PushRequest,
    "push_answer": PushAnswer,
    "actions_answer": ActionsAnswer,
    "pair_request": PairRequest,
    "pair_answer": PairAnswer,
    "push_request_with_key": PushRequest,
    "push_answer_with_key": PushAnswer,
    "link_key_request": LinkKeyRequest,
    "link_key_answer": LinkKeyAnswer,
}
BODIES: dict[str, tuple[str, type[msgspec.Struct]]] = {
    "order": (ORDER, OrderSnapshot),
    "profile": (PROFILE, ShopProfile),
    "action": (ACTION, Action),
    "order_with_acts": (ORDER, OrderSnapshot),
    "order_with_chat": (ORDER, OrderSnapshot),
    "profile_with_stops": (PROFILE, ShopProfile),
    "action_with_value": (ACTION, Action),
    "action_of_courier": (ACTION, Action),
    "profile_with_push": (PROFILE, ShopProfile),
    "action_of_browser": (ACTION, Action),
    "drop": (DROP_TYPE, Drop),
}
NEWEST = ("order_with_chat", "profile_with_push", "action_of_browser", "drop")


def recorded(name: str) -> bytes:
    return (DATA / f"{name}.v1.json").read_bytes()


@pytest.mark.parametrize("name", MESSAGES)
def test_a_recorded_message_reads_and_writes_the_same(name: str) -> None:
    assert json.loads(encode(decode(recorded(name), MESSAGES[name]))) == json.loads(recorded(name))


@pytest.mark.parametrize("name", BODIES)
def test_a_recorded_envelope_opens(name: str) -> None:
    kind, shape = BODIES[name]
    envelope = decode(recorded(name), Envelope)
    written = json.loads(encode(open_envelope(envelope, kind, shape)))
    said = json.loads(recorded(name))["raw"]
    assert {field: written[field] for field in said} == said


@pytest.mark.parametrize("name", NEWEST)
def test_the_newest_recordings_leave_no_field_out(name: str) -> None:
    raw = json.loads(recorded(name))["raw"]
    assert set(raw) == set(BODIES[name][1].__struct_fields__)


def test_an_older_till_offers_its_guests_no_new_acts() -> None:
    older = open_envelope(decode(recorded("order"), Envelope), ORDER, OrderSnapshot)
    assert (older.acts, older.stars, older.called_early) == ([], 0, False)


def test_an_older_till_makes_its_links_with_its_first_key() -> None:
    assert decode(recorded("push_request"), PushRequest).gen == 1


def test_an_older_site_says_nothing_of_keys() -> None:
    assert decode(recorded("push_answer"), PushAnswer).link_key == ""


@pytest.mark.parametrize("name", ["profile", "profile_with_stops"])
def test_an_older_till_tells_nobody_by_push(name: str) -> None:
    older = open_envelope(decode(recorded(name), Envelope), PROFILE, ShopProfile)
    assert (older.push_key, older.box_key) == ("", "")


def test_the_wish_of_a_browser_is_opened_as_it_was_sealed_then() -> None:
    act = open_envelope(decode(recorded("action_of_browser"), Envelope), ACTION, Action)
    asked = wish(box.opened(act.sealed, bytes(range(32)), act.order_uid))
    assert (asked.kind, asked.language) == (act.kind, "uk")
    assert asked.subscription.endpoint == "https://push.example/wpush/v2/guest"


@pytest.mark.parametrize("name", MESSAGES)
def test_fields_of_a_later_release_are_ignored(name: str) -> None:
    later = json.loads(recorded(name)) | {"weather": {"rain": [1, 2]}}
    read = decode(json.dumps(later).encode(), MESSAGES[name])
    assert json.loads(encode(read)) == json.loads(recorded(name))


def test_a_field_of_the_wrong_kind_is_named() -> None:
    wrong = json.loads(recorded("order"))["raw"]
    wrong["items"][0]["quantity"] = "three"
    with pytest.raises(BadInput) as refused:
        decode(json.dumps(wrong).encode(), OrderSnapshot)
    assert refused.value.field == "items[0].quantity"


def test_a_snapshot_has_no_field_for_a_person_or_a_price() -> None:
    fields = {field for shape in (OrderSnapshot, ShopProfile) for field in shape.__struct_fields__}
    assert fields == {
        "uid", "epoch", "revision", "number", "fulfilment", "kind", "phase", "placed_at", "stages",
        "promised_at", "promise_moved", "items", "links", "cancel_allowed", "called_early", "acts",
        "cancel_asked", "cancel_declined", "texts_stopped", "stars", "chat",
        "version", "names", "languages", "default_language", "zone", "phone", "labels", "colour",
        "deliveries_stopped_until", "everything_stopped_until", "push_key", "box_key",
    }  # fmt: skip
