"""A stolen till is cut off while the site serves; guests keep what they have in their hands."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from pos_app.clock import VirtualClock
from pos_app.errors import NotFound, Refused
from pos_app.tracking.enrolment import add_shop
from pos_app.tracking.repository import backup
from pos_app.tracking.revoking import choose, list_audit, list_tills, revoke
from pos_app.wire import tokens
from pos_app.wire.drops import PATH as SLIP
from tests.support.waiting import until
from tests.tracking.conftest import EVENING
from tests.tracking.live import TRATTORIA, LiveSite, Till, live_site, order
from tests.tracking.test_command import run
from tests.tracking.test_pairing import ORIGIN, new_code, pair, paired, request_of

REVOKED = (403, {"error": "revoked"})


@pytest.fixture
def hosted(tmp_path: Path, clock: VirtualClock) -> Iterator[LiveSite]:
    with live_site(tmp_path / "site.sqlite", clock, origin=ORIGIN, mode="hosted") as running:
        yield running


@pytest.fixture
def stolen(hosted: LiveSite) -> Till:
    till = Till()
    paired(hosted, till, new_code(hosted))
    return till


def cut_off(site: LiveSite, till: Till, *, links: bool = False) -> None:
    revoke(site.settings.database, till.terminal_id, "os:host", links=links, clock=site.clock)


def answered(answer: httpx.Response) -> tuple[int, object]:
    return answer.status_code, answer.json()


def printed(site: LiveSite, till: Till) -> str:
    """A link of an order that the site knows."""
    token = till.token(EVENING)
    till.push(site, order(EVENING, token), profile=TRATTORIA)
    return token


def test_from_its_next_request_on_nothing_is_taken(hosted: LiveSite, stolen: Till) -> None:
    stolen.push(hosted, profile=TRATTORIA)
    cut_off(hosted, stolen)
    # At once: not when the running site next looks who is cut off.
    assert answered(stolen.actions(hosted)) == REVOKED
    body = stolen.body(hosted, [], None)
    assert answered(stolen.post(hosted, "/v1/snapshots", body)) == REVOKED


def test_a_till_that_waits_for_guests_hears_it_at_once(hosted: LiveSite, stolen: Till) -> None:
    with ThreadPoolExecutor(1) as waiting:
        asked = waiting.submit(stolen.actions, hosted, wait=25)
        until(lambda: hosted.app.hub.waiting_tills == 1, "the till to wait")
        started = time.monotonic()
        cut_off(hosted, stolen)
        assert answered(asked.result(15)) == REVOKED
        assert time.monotonic() - started < 10


def test_another_process_of_the_site_refuses_it_too(
    hosted: LiveSite, stolen: Till, clock: VirtualClock
) -> None:
    with live_site(hosted.settings.database, clock, origin=ORIGIN, mode="hosted") as second:
        assert stolen.actions(second).status_code == 200
        cut_off(hosted, stolen)
        assert answered(stolen.actions(second)) == REVOKED


def test_other_tills_of_the_shop_go_on(hosted: LiveSite, stolen: Till) -> None:
    other = Till(store_id="store-2")
    paired(hosted, other, new_code(hosted))
    cut_off(hosted, stolen)
    other.push(hosted, profile=TRATTORIA)


def test_links_that_it_printed_go_on_opening(hosted: LiveSite, stolen: Till) -> None:
    token = printed(hosted, stolen)
    cut_off(hosted, stolen)
    with hosted.client() as client:
        assert "A43" in client.get(f"/{token}?lang=en").text
        assert client.post(f"/{token}/arrived").status_code in (200, 303)


def test_links_can_be_ended_with_it_and_guests_are_told_whom_to_call(
    hosted: LiveSite, stolen: Till
) -> None:
    token, unreported = printed(hosted, stolen), stolen.token(EVENING)
    slip = tokens.mint(stolen.link_key, stolen.kid, EVENING, label=tokens.DROP)
    with hosted.client() as client, client.stream("GET", f"/{token}/events") as stream:
        lines = stream.iter_lines()
        next(lines)
        cut_off(hosted, stolen, links=True)
        assert "event: gone" in lines
        for genuine in (token, unreported):
            answer = client.get(f"/{genuine}?lang=en")
            assert answer.status_code == 410
            assert "This page has ended" in answer.text
            assert TRATTORIA.phone in answer.text
            assert "A43" not in answer.text
        assert client.get(f"{SLIP}{slip}").status_code == 410
        client.post(f"/{token}/arrived")
        assert client.get(f"/{token[:-1]}{'0' if token[-1] != '0' else '1'}").status_code == 404
    with hosted.repository.read() as session:
        assert session.newest_action() == 0


def test_a_till_that_was_paired_twice_is_cut_off_under_both_names(
    hosted: LiveSite, stolen: Till
) -> None:
    first = stolen.terminal_id
    paired(hosted, stolen, new_code(hosted))
    assert stolen.terminal_id != first
    cut_off(hosted, stolen)
    stolen.terminal_id = first
    assert answered(stolen.actions(hosted)) == REVOKED


def test_its_key_pairs_no_more_and_the_code_is_still_good(hosted: LiveSite, stolen: Till) -> None:
    cut_off(hosted, stolen)
    code = new_code(hosted)
    assert answered(pair(hosted, stolen, request_of(stolen, code))) == REVOKED
    replacement = Till()
    paired(hosted, replacement, code)
    replacement.push(hosted, profile=TRATTORIA)


def test_the_replacement_goes_on_with_the_pages_of_open_orders(
    hosted: LiveSite, stolen: Till
) -> None:
    token = printed(hosted, stolen)
    cut_off(hosted, stolen)
    replacement = Till(epoch=2)
    paired(hosted, replacement, new_code(hosted))
    later = order(EVENING, token, epoch=2, number="A43", phase="ready", kind="ready")
    assert replacement.push(hosted, later).results[0].outcome == "stored"
    with hosted.client() as client:
        assert "Ready" in client.get(f"/{token}?lang=en").text


def test_a_copy_that_is_put_back_lets_no_stolen_till_in(
    hosted: LiveSite, stolen: Till, tmp_path: Path, clock: VirtualClock
) -> None:
    token, kept = printed(hosted, stolen), tmp_path / "kept.sqlite"
    backup.copy(hosted.settings.database, kept)
    cut_off(hosted, stolen, links=True)
    restored = backup.restore(kept, hosted.settings.database, clock.now())
    assert restored.knows_revoked
    assert answered(stolen.actions(hosted)) == REVOKED
    with hosted.client() as client:
        # As soon as the running site has looked what another process wrote.
        until(lambda: client.get(f"/{token}").status_code == 410, "the page to have ended", 5)
    assert [row.act for row in list_audit(hosted.settings.database)][:2] == [
        "links_ended", "revoked",
    ]  # fmt: skip


def test_a_host_is_told_when_nobody_knows_who_was_cut_off(
    hosted: LiveSite, tmp_path: Path, capsys: pytest.CaptureFixture[str], clock: VirtualClock
) -> None:
    kept, elsewhere = tmp_path / "kept.sqlite", tmp_path / "elsewhere"
    backup.copy(hosted.settings.database, kept)
    elsewhere.mkdir(mode=0o700)
    assert run("restore", str(kept), "--data", str(elsewhere)) == 0
    assert "let in again: see `site tills`" in capsys.readouterr().out


def test_the_host_sees_his_tills_and_cuts_one_off_by_its_word(
    hosted: LiveSite, stolen: Till, capsys: pytest.CaptureFixture[str]
) -> None:
    stolen.push(hosted, profile=TRATTORIA)
    data = ("--data", str(hosted.settings.database.parent))
    assert run("tills", *data) == 0
    listed = capsys.readouterr().out
    assert "Trattoria\n" in listed
    assert stolen.terminal_id in listed
    assert "paired 2026-11-23T" in listed
    assert "key 1" in listed
    assert "never" not in listed
    word = list_tills(hosted.settings.database)[0].tills[0].terminal.check_word
    assert run("tills", "revoke", word, "--yes", *data) == 0
    told = capsys.readouterr().out
    assert "comes back only with a new pairing code" in told
    assert "go on opening" in told
    assert "Done." in told
    assert answered(stolen.actions(hosted)) == REVOKED
    assert run("tills", "revoke", word, "--yes", *data) == 0
    assert "so before" in capsys.readouterr().out
    run("tills", "--shop", "Trattoria", *data)
    assert "\trevoked 20" in capsys.readouterr().out
    run("tills", "log", *data)
    acts = [line.split("\t")[2] for line in capsys.readouterr().out.splitlines()]
    assert acts == ["revoked", "paired", "code_made"]


def test_without_anybody_to_ask_nothing_is_cut_off(hosted: LiveSite, stolen: Till) -> None:
    data = ("--data", str(hosted.settings.database.parent))
    with pytest.raises(Refused, match="--yes"):
        run("tills", "revoke", stolen.terminal_id, *data)
    assert stolen.actions(hosted).status_code == 200


class Terminal(io.StringIO):
    """Somebody sits there and types."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "code", "status"), [("yes\n", 0, 403), ("y\n", 1, 200)])
def test_the_host_is_asked_before_a_till_is_cut_off(
    hosted: LiveSite,
    stolen: Till,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    code: int,
    status: int,
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    data = ("--data", str(hosted.settings.database.parent))
    assert run("tills", "revoke", stolen.terminal_id, "--links", *data) == code
    assert stolen.actions(hosted).status_code == status


def test_a_word_that_nobody_has_is_refused(hosted: LiveSite, stolen: Till) -> None:
    for wanted in ("", "nobo-dyha", "018f"):
        with pytest.raises(NotFound):
            choose(hosted.settings.database, wanted)
    with pytest.raises(NotFound, match="no shop"):
        list_tills(hosted.settings.database, "Roma")
    with pytest.raises(Refused, match="no site"):
        list_tills(hosted.settings.database.with_name("none.sqlite"))


def test_who_made_a_code_is_kept(hosted: LiveSite) -> None:
    add_shop(hosted.settings.database, "Roma", "t.example.ua", hosted.clock, "os:host")
    row = list_audit(hosted.settings.database)[0]
    assert (row.who, row.act, row.shop) == ("os:host", "code_made", "Roma")
