"""From nothing to a page over TLS by the one command, and back again after the site was lost."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from pos_app.bootstrap import Shop, pair
from pos_app.lanes.pull import PullWorker
from pos_app.lanes.push import PushWorker
from pos_app.lanes.state import LaneStates
from tests.hosting import syscalls
from tests.hosting.installed import BARE, Installed, install
from tests.hosting.proxies import Proxy, trusting
from tests.hosting.shipped import files
from tests.support.certificates import authority
from tests.support.shops import open_test_shop, pickup
from tests.support.waiting import until

# A fresh environment is made of forty packages.
pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return install(tmp_path_factory.mktemp("host"))


@dataclass
class Counter:
    """A till that reports to the host's site through its proxy."""

    shop: Shop
    proxy: Proxy
    push: PushWorker
    pull: PullWorker

    def sync(self) -> None:
        self.pull.work()
        self.push.work()

    def page(self, order_id: int, rest: str = "?lang=en") -> httpx.Response:
        url = self.shop.desk.tracking_url(order_id)
        assert url is not None
        assert url.upper().startswith(self.proxy.origin.upper())
        return httpx.get(f"{url}{rest}", verify=trusting(), timeout=10)

    def token(self, order_id: int) -> str:
        return str(self.shop.desk.tracking_url(order_id)).rpartition("/")[2]


@contextmanager
def counter(data: Path, proxy: Proxy, code: str) -> Iterator[Counter]:
    with open_test_shop(data, practice=False) as shop:
        pair(shop, code)
        push, pull = PushWorker(shop, LaneStates(shop)), PullWorker(shop, wait_s=0)
        try:
            yield Counter(shop, proxy, push, pull)
        finally:
            push.close()
            pull.close()


def test_it_installs_without_the_window(installed: Installed) -> None:
    find = (
        "import importlib.util as u, json; names = ('PySide6', 'requests', 'keyring', 'pip', 'PIL',"
        "'pos_app.tracking'); print(json.dumps({n: bool(u.find_spec(n)) for n in names}))"
    )
    found = json.loads(_said(installed, str(installed.python), "-c", find))
    others = dict.fromkeys(("PySide6", "requests", "keyring", "pip", "PIL"), False)
    assert found == {**others, "pos_app.tracking": True}
    # The declared extra, not only our pins.
    asked = "import importlib.metadata as m; print('\\n'.join(m.requires('orderbell')))"
    for line in _said(installed, str(installed.python), "-c", asked).splitlines():
        if "extra ==" not in line or "'site'" in line:
            name = re.split(r"[<>=!~;\s]", line)[0]
            version = f"import importlib.metadata as m; print(m.version('{name}'))"
            assert _said(installed, str(installed.python), "-c", version)
    help_text = _said(installed, str(installed.program), "site", "--help")
    assert "shops" in help_text
    assert "--trusted-proxy" in help_text
    # Nothing that a start reads is left to be compiled: the site's user may not write there.
    package = Path(
        _said(
            installed, str(installed.python), "-c", "import pos_app; print(pos_app.__path__[0])"
        ).strip()
    )
    assert list((package / "tracking/__pycache__").glob("server.*.pyc"))
    assert list(package.parent.glob("resources/locale/uk/LC_MESSAGES/*.mo"))


def test_its_size_is_that_of_a_server_not_of_a_till(installed: Installed) -> None:
    folder = installed.places.current.resolve()
    size = sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"site environment: {size // 1_000_000} MB")
    # The window's libraries alone have twice as much.
    assert size < 100_000_000


def test_files_are_as_private_as_they_must_be(installed: Installed) -> None:
    places = installed.places
    assert stat.S_IMODE(places.key.stat().st_mode) == 0o600
    assert len(places.key.read_bytes()) == 32
    assert stat.S_IMODE(places.data.stat().st_mode) == 0o700
    assert stat.S_IMODE(places.backups.stat().st_mode) == 0o700
    assert stat.S_IMODE(places.command.stat().st_mode) == 0o755
    assert f"made {places.key}" in installed.said


def test_the_same_command_again_changes_nothing(installed: Installed) -> None:
    before = {path: path.stat().st_mtime_ns for path in _placed(installed)}
    key = installed.places.key.read_bytes()
    said = installed.host()
    assert "made" not in said
    assert {path: path.stat().st_mtime_ns for path in _placed(installed)} == before
    assert installed.places.key.read_bytes() == key


def test_an_update_copies_the_database_first_and_keeps_the_version_before(
    installed: Installed,
) -> None:
    places = installed.places
    newest = places.current.readlink().name
    for name in ("oldest", "before"):
        # An older version: its program is this one, started from a folder of its own.
        program = places.program / "releases" / name / "bin" / "orderbell"
        program.parent.mkdir(parents=True)
        program.write_text(f'#!/bin/sh\nexec "{installed.program.resolve()}" "$@"\n')
        program.chmod(0o755)
    assert installed.run("shops", "add", "Trattoria").returncode == 0
    files.point(places.current, "releases/before")
    copies = set(places.backups.iterdir())
    said = installed.host()
    (copy,) = set(places.backups.iterdir()) - copies
    assert f"made {copy}" in said
    assert f"made {places.current} -> releases/{newest}" in said
    assert places.current.readlink().name == newest
    left = {folder.name for folder in (places.program / "releases").iterdir()}
    assert left == {newest, "before"}
    assert "made" not in installed.host()


def test_from_the_first_pairing_to_the_page_and_back_after_a_loss(
    installed: Installed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roots = tmp_path / "roots.pem"
    roots.write_text(authority().pem)
    # The till trusts the tests' authority, as it would a public one.
    monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(roots))
    credentials, written = tmp_path / "credentials", []
    with installed.proxied(tmp_path / "nginx") as proxy:
        with installed.served(credentials) as site:
            added = installed.run("shops", "add", "Trattoria Lviv")
            assert added.returncode == 0, added.stderr
            code = added.stdout.splitlines()[0]
            with counter(tmp_path / "shop", proxy, code) as till:
                first = till.shop.desk.place(pickup(till.shop)).order
                till.sync()
                page = till.page(first.id)
                assert page.status_code == 200
                assert "Order received" in page.text
                assert "Замовлення прийнято" in till.page(first.id, "?lang=uk").text
                _stream_follows(till, first.id)
                assert till.page(first.id, "/nonsense").status_code == 404

                kept = _copied(installed)
                later = till.shop.desk.place(pickup(till.shop, phone="+380501112233")).order
                till.sync()
                assert till.page(later.id).status_code == 200
                tokens = [till.token(order.id) for order in (first, later)]

                assert site.stop() == 0
                assert till.page(first.id).status_code == 503
                written.append("\n".join(site.told()))
                shutil.rmtree(installed.places.data)
                installed.host()  # a fresh machine, to which the key was brought
                restored = installed.run("restore", str(kept))
                assert restored.returncode == 0, restored.stderr
                with installed.served(credentials) as again:
                    assert "Being prepared" in till.page(first.id).text
                    # Genuine, and not heard of since the copy; the till then tells it again.
                    assert "not reported this order yet" in till.page(later.id).text
                    till.sync()
                    till.sync()
                    assert "Order received" in till.page(later.id).text
                    written.append("\n".join(again.told()))
        written.append(proxy.said())
    for token in tokens:
        assert token[:10] not in "\n".join(written).upper()
        assert all(token.encode() not in path.read_bytes() for path in _data(installed))


def test_the_running_site_asks_for_nothing_that_its_unit_forbids(
    installed: Installed, tmp_path: Path
) -> None:
    log = tmp_path / "calls"
    # -D: the site is the child that is stopped, and the tracer ends with it.
    tracer = ("strace", "-D", "-f", "-qq", "-s", "0", "-o", str(log))
    with installed.served(tmp_path / "credentials", *tracer):
        address = f"http://127.0.0.1:{installed.ports[2]}"
        assert httpx.get(f"{address}/healthz", timeout=30).text == "ok"
        assert httpx.get(f"{address}/{'A' * 30}", timeout=30).status_code == 404
    until(lambda: "exit_group" in log.read_text("utf-8", "replace"), "the end of the trace")
    made = syscalls.traced(log)
    names = {name for name, _ in made}
    assert {"bind", "accept4", "epoll_wait"} <= names
    # SQLite gives its files to their owner when it runs as root; the unit's user is none.
    as_root = {"fchown"} if os.geteuid() == 0 else set()
    assert names - syscalls.allowed() <= as_root
    # MemoryDenyWriteExecute: nothing is both written and run.
    assert [
        f"{name}({arguments}"
        for name, arguments in made
        if name in ("mmap", "mprotect")
        and "PROT_EXEC" in arguments
        and ("PROT_WRITE" in arguments or name == "mprotect")
    ] == []
    asked = {arguments.split(",")[0] for name, arguments in made if name == "socket"}
    assert asked <= syscalls.families()
    assert "AF_INET" in asked


def test_another_key_is_refused_before_anything_is_put_back(
    installed: Installed, tmp_path: Path
) -> None:
    assert installed.run("shops", "add", "Trattoria").returncode == 0
    with_key = _database_with_a_key(tmp_path)
    before = [path.read_bytes() for path in _data(installed)]
    done = installed.run("restore", str(with_key))
    assert done.returncode == 1
    assert "key file does not fit" in done.stderr
    assert [path.read_bytes() for path in _data(installed)] == before


def test_the_nightly_copy_is_made_by_its_own_unit(installed: Installed) -> None:
    assert installed.run("shops", "add", "Trattoria").returncode == 0
    environment = {**BARE, "STATE_DIRECTORY": str(installed.places.data), "PATH": "/usr/bin:/bin"}
    command = installed.command("orderbell-site-backup.service")
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "checked" in done.stdout
    newest = max(installed.places.backups.glob("site-*Z.sqlite"))
    assert stat.S_IMODE(newest.stat().st_mode) == 0o600


def _stream_follows(till: Counter, order_id: int) -> None:
    url = f"{till.shop.desk.tracking_url(order_id)}/events?lang=en"
    with httpx.stream("GET", url, verify=trusting(), timeout=10) as stream:
        told = stream.iter_text()
        assert "Order received" in next(told)
        till.shop.desk.bump(order_id)
        till.sync()
        assert "Being prepared" in next(told)


def _copied(installed: Installed) -> Path:
    target = installed.places.backups / "kept.sqlite"
    target.unlink(missing_ok=True)
    done = installed.run("backup", str(target))
    assert done.returncode == 0, done.stderr
    return target


def _database_with_a_key(folder: Path) -> Path:
    """A copy of a site whose till's key is sealed with another key."""
    from pos_app.tracking.repository.backup import copy
    from tests.tracking.live import Till, live_site

    database = folder / "other" / "site.sqlite"
    with live_site(database) as site:
        Till().enrolled(site)
    copy(database, folder / "copy.sqlite")
    return folder / "copy.sqlite"


def _placed(installed: Installed) -> list[Path]:
    root = installed.places.root
    return [path for part in ("etc", "usr") for path in (root / part).rglob("*") if path.is_file()]


def _data(installed: Installed) -> list[Path]:
    return sorted(path for path in installed.places.data.rglob("*") if path.is_file())


def _said(installed: Installed, *command: str) -> str:
    done = subprocess.run(
        command, env=BARE, cwd=installed.places.root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
