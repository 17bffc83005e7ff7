"""One pasted code joins a till to a hosted site, once, within ten minutes."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from pos_app.clock import VirtualClock
from pos_app.errors import StoreError
from pos_app.tracking.enrolment import add_shop, list_shops
from pos_app.tracking.keys import key_file, open_seal
from pos_app.wire import pairing, signing, tokens
from pos_app.wire.envelopes import decode, encode
from tests.tracking.conftest import EVENING
from tests.tracking.live import TRATTORIA, LiveSite, Till, live_site, order

ORIGIN = "https://t.example.ua"


@pytest.fixture
def hosted(tmp_path: Path, clock: VirtualClock) -> Iterator[LiveSite]:
    with live_site(tmp_path / "site.sqlite", clock, origin=ORIGIN, mode="hosted") as running:
        yield running


def new_code(site: LiveSite, name: str = "Trattoria") -> pairing.PairingCode:
    return pairing.parse_code(add_shop(site.settings.database, name, "t.example.ua", site.clock))


def request_of(till: Till, code: pairing.PairingCode) -> bytes:
    till.link_key = tokens.link_key(b"r" * 32, code.origin, 1)
    return encode(
        pairing.PairRequest(
            code=code.secret,
            sig_pub=pairing.key_text(till.sig_pub),
            link_key=pairing.key_text(till.link_key),
            gen=1,
            store_id=till.store_id,
            epoch=till.epoch,
            terminal_name="Counter",
        )
    )


def pair(site: LiveSite, till: Till, body: bytes) -> httpx.Response:
    till.terminal_id = signing.UNPAIRED_KEY
    return till.post(site, "/v1/pair", body)


def paired(site: LiveSite, till: Till, code: pairing.PairingCode) -> pairing.PairAnswer:
    answer = pair(site, till, request_of(till, code))
    assert answer.status_code == 200, answer.text
    names = decode(answer.content, pairing.PairAnswer)
    till.terminal_id, till.kid = names.terminal_id, names.kid
    return names


def test_a_paired_till_pushes_and_its_guests_open_the_page(hosted: LiveSite) -> None:
    till = Till()
    names = paired(hosted, till, new_code(hosted))
    assert names.kid >= tokens.LOCAL_KIDS
    assert names.now == EVENING
    token = till.token(EVENING)
    till.push(hosted, order(EVENING, token), profile=TRATTORIA)
    with hosted.client() as client:
        assert "A43" in client.get(f"/{token}").text


def test_the_same_request_again_gets_the_same_answer(hosted: LiveSite) -> None:
    till = Till()
    body = request_of(till, new_code(hosted))
    assert pair(hosted, till, body).content == pair(hosted, till, body).content
    assert len(list_shops(hosted.settings.database)[0][1]) == 1


def test_a_used_code_is_worthless_to_other_keys(hosted: LiveSite) -> None:
    code = new_code(hosted)
    paired(hosted, Till(), code)
    thief = Till()
    assert pair(hosted, thief, request_of(thief, code)).status_code == 401


def test_a_code_dies_after_ten_minutes(hosted: LiveSite, clock: VirtualClock) -> None:
    code, till = new_code(hosted), Till()
    clock.advance(pairing.CODE_LIFE_MS)
    assert pair(hosted, till, request_of(till, code)).status_code == 401


def test_guessing_codes_is_limited(hosted: LiveSite) -> None:
    till, code = Till(), new_code(hosted)
    wrong = replace(code, secret="0" * 26)
    statuses = [pair(hosted, till, request_of(till, wrong)).status_code for _ in range(21)]
    assert statuses == [401] * 20 + [429]
    assert pair(hosted, till, request_of(till, code)).status_code == 429


def test_a_request_signed_by_another_key_than_it_brings_is_refused(hosted: LiveSite) -> None:
    till, code = Till(), new_code(hosted)
    body = request_of(till, code)
    assert pair(hosted, Till(), body).status_code == 401
    assert pair(hosted, till, body).status_code == 200


def test_the_host_sees_the_check_word_that_the_till_shows(hosted: LiveSite) -> None:
    till, code = Till(), new_code(hosted)
    paired(hosted, till, code)
    ((shop, terminals),) = list_shops(hosted.settings.database)
    assert shop.name == "Trattoria"
    assert terminals[0].check_word == pairing.check_word(code.secret, till.sig_pub)


def test_a_second_code_for_a_name_is_for_another_till_of_that_shop(hosted: LiveSite) -> None:
    first = paired(hosted, Till(), new_code(hosted))
    second = paired(hosted, Till(), new_code(hosted))
    assert first.shop_id == second.shop_id
    assert first.kid != second.kid


def test_a_key_file_that_others_can_read_is_refused(hosted: LiveSite) -> None:
    file = key_file(hosted.settings.database)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o640)
    with pytest.raises(StoreError, match="not safe"):
        open_seal(hosted.settings.database)
    file.unlink()
    file.symlink_to(hosted.settings.database)
    with pytest.raises(StoreError, match="not safe"):
        open_seal(hosted.settings.database)


def test_an_enrolment_repeated_changes_nothing_but_the_names(site: LiveSite, till: Till) -> None:
    first = till.enrolled(site, "Trattoria")
    assert till.enrolled(site, "Trattoria Lviv") == first
    assert [shop.name for shop, _ in list_shops(site.settings.database)] == ["Trattoria Lviv"]
