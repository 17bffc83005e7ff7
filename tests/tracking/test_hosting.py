"""What a host needs of the site: its key from outside, copies by date, updates with a copy."""

from __future__ import annotations

import os
import secrets
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pos_app.clock import DAY_MS, Instant, VirtualClock
from pos_app.errors import BadInput, StoreError
from pos_app.tracking import dated_copies, schema, service
from pos_app.tracking.keys import expect_key, key_file, open_seal
from pos_app.tracking.repository import Repository
from pos_app.tracking.repository.backup import copy, restore, sealed_keys
from pos_app.tracking.repository.upgrading import copy_of
from pos_app.tracking.upkeep import purge
from tests.tracking.conftest import EVENING
from tests.tracking.live import TRATTORIA, LiveSite, Till, live_site, order
from tests.tracking.test_command import run
from tests.tracking.test_pairing import ORIGIN, new_code, paired
from tests.tracking.test_site_schema import of_release_one


@pytest.fixture
def credentials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key that somebody else has put into a folder."""
    folder = tmp_path / "credentials"
    folder.mkdir()
    (folder / "site-key").write_bytes(secrets.token_bytes(32))
    (folder / "site-key").chmod(0o400)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(folder))
    return folder


def test_a_key_that_is_handed_over_is_used_and_none_is_made(
    tmp_path: Path, credentials: Path
) -> None:
    database = tmp_path / "site.sqlite"
    sealed = open_seal(database, service.given_key()).close(16, "shop", 1, b"k" * 32)
    assert b"k" * 32 not in sealed
    assert not key_file(database).exists()


@pytest.mark.parametrize("mode", [0o404, 0o460, 0o444, 0o666])
def test_a_key_that_others_can_read_or_change_is_refused(credentials: Path, mode: int) -> None:
    (credentials / "site-key").chmod(mode)
    with pytest.raises(StoreError, match="not safe"):
        open_seal(Path("site.sqlite"), service.given_key())


def test_a_reader_that_is_let_in_by_a_list_of_rights_is_fine(credentials: Path) -> None:
    """systemd owns what it hands over; the list shows as the group's right to read."""
    (credentials / "site-key").chmod(0o440)
    open_seal(Path("site.sqlite"), service.given_key())


@pytest.mark.parametrize("content", [b"", b"short", b"x" * 33])
def test_a_key_of_another_length_is_none(credentials: Path, content: bytes) -> None:
    (credentials / "site-key").chmod(0o600)
    (credentials / "site-key").write_bytes(content)
    with pytest.raises(StoreError, match="32 bytes"):
        open_seal(Path("site.sqlite"), service.given_key())


def test_a_key_that_was_promised_and_is_missing_stops_the_start(credentials: Path) -> None:
    (credentials / "site-key").unlink()
    with pytest.raises(StoreError, match="was not handed over"):
        open_seal(Path("site.sqlite"), service.given_key())


def test_without_a_service_manager_nothing_is_handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STATE_DIRECTORY", "CREDENTIALS_DIRECTORY", "NOTIFY_SOCKET"):
        monkeypatch.delenv(name, raising=False)
    assert service.state_folder() is None
    assert service.given_key() is None
    service.tell_ready()


def test_the_folder_of_the_service_manager_is_the_site_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", f"{tmp_path / 'state'}:/elsewhere")
    assert run("shops", "add", "Trattoria", "--origin", "https://t.example.ua") == 0
    assert (tmp_path / "state" / "site.sqlite").exists()
    assert "OB1.t.example.ua." in capsys.readouterr().out


@pytest.mark.parametrize("is_abstract", [True, False])
def test_whoever_waits_is_told_that_requests_are_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_abstract: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    name = f"\0orderbell-{os.getpid()}" if is_abstract else str(tmp_path / "s")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
        told.bind(name)
        told.settimeout(5)
        monkeypatch.setenv("NOTIFY_SOCKET", name.replace("\0", "@"))
        service.tell_ready()
        assert told.recv(100) == b"READY=1"
    service.tell_ready()  # nobody listens any more, and the site serves all the same


def test_copies_in_a_folder_are_dated_and_the_oldest_leave(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, copies = tmp_path / "data", tmp_path / "copies"
    copies.mkdir()
    run("shops", "add", "Trattoria", "--origin", "https://t.example.ua", "--data", str(data))
    own = copies / "site-of-mine.sqlite"
    own.write_text("mine")
    for day in range(3):
        copy(data / "site.sqlite", dated_copies.dated(copies, Instant(EVENING + day * DAY_MS)))
    run("backup", str(copies), "--keep", "2", "--data", str(data))
    left = sorted(path.name for path in copies.iterdir())
    assert left[:1] == ["site-2026-11-25T173200Z.sqlite"]
    assert len(left) == 3
    assert own.name in left
    assert "checked" in capsys.readouterr().out


def test_two_copies_of_one_second_are_two(tmp_path: Path) -> None:
    """As when an update begins while the nightly copy is made."""
    names = []
    for _ in range(3):
        file = dated_copies.dated(tmp_path, EVENING)
        file.touch()
        names.append(file.name)
    assert names == sorted(set(names)), "by name they stay in their order"
    assert dated_copies.drop_all_but(1, tmp_path) == [tmp_path / name for name in names[:2]]


@pytest.mark.parametrize("keep", ["0", "-1"])
def test_no_copy_at_all_is_never_what_is_kept(tmp_path: Path, keep: str) -> None:
    with pytest.raises(BadInput, match="one or more"):
        run("backup", str(tmp_path), "--keep", keep, "--data", str(tmp_path / "data"))


def test_a_till_goes_on_after_its_site_was_lost_and_put_back(
    tmp_path: Path, clock: VirtualClock, credentials: Path
) -> None:
    """On another machine: a copy of the database, and the key that was kept apart."""
    till, key = Till(), credentials / "site-key"
    first, kept = tmp_path / "first" / "site.sqlite", tmp_path / "kept.sqlite"
    with live_site(first, clock, mode="hosted", origin=ORIGIN, key=key) as site:
        paired(site, till, new_code(site))
        token = till.token(EVENING)
        till.push(site, order(EVENING, token), profile=TRATTORIA)
        copy(first, kept)
    second = tmp_path / "second" / "site.sqlite"
    second.parent.mkdir()
    expect_key(sealed_keys(kept), second, key)
    epoch = restore(kept, second, clock.now()).epoch
    with live_site(second, clock, mode="hosted", origin=ORIGIN, key=key) as site:
        with site.client() as client:
            assert "A43" in client.get(f"/{token}?lang=en").text
        answer = till.push(site, order(EVENING, token, revision=2))
        assert answer.site_epoch == epoch > 1
        assert answer.results[0].outcome == "stored"


def test_a_copy_whose_key_is_missing_is_refused_with_where_it_belongs(
    tmp_path: Path, site: LiveSite, till: Till
) -> None:
    kept = tmp_path / "kept.sqlite"
    copy(site.settings.database, kept)
    with pytest.raises(StoreError, match=r"there is no .*elsewhere"):
        expect_key(sealed_keys(kept), tmp_path / "elsewhere" / "site.sqlite", None)
    assert not (tmp_path / "elsewhere").exists()


def test_a_site_of_before_is_copied_before_it_is_changed(tmp_path: Path) -> None:
    database = tmp_path / "site" / "site.sqlite"
    of_release_one(database)
    Repository(database).close()
    kept = copy_of(database, 1)
    with closing(sqlite3.connect(kept)) as old:
        assert old.execute("PRAGMA user_version").fetchone() == (1,)
        assert old.execute("SELECT count(*) FROM orders").fetchone() == (1,)
    assert kept.stat().st_mode & 0o077 == 0
    Repository(database).close()
    assert list(database.parent.glob("*schema*")) == [kept]


def test_without_room_for_the_copy_nothing_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = tmp_path / "site" / "site.sqlite"
    of_release_one(database)
    # A folder stands where the copy would lie: it cannot be written.
    copy_of(database, 1).mkdir()
    (copy_of(database, 1) / "x").touch()
    with pytest.raises(StoreError, match="Nothing was changed"):
        Repository(database)
    with closing(sqlite3.connect(database)) as old:
        assert old.execute("PRAGMA user_version").fetchone() == (1,)
    assert schema.SCHEMA > 1


def test_the_copy_of_an_update_goes_with_what_the_site_forgets(
    tmp_path: Path, clock: VirtualClock
) -> None:
    database = tmp_path / "site" / "site.sqlite"
    of_release_one(database)
    repository = Repository(database)
    kept = copy_of(database, 1)
    made_at = Instant(int(kept.stat().st_mtime * 1000))
    purge(repository, made_at)
    assert kept.exists()
    purge(repository, Instant(made_at + 14 * DAY_MS + 1))
    assert not kept.exists()
    repository.close()
