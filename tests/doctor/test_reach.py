"""Whether the site answers, by a real server: its certificate, its clock, its silence."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from pos_app.desk.setup import Setup
from pos_app.doctor import site as site_look
from pos_app.doctor.finding import OK, TROUBLE, Finding
from pos_app.lanes.reach import Reached, SiteReach
from pos_app.store.sites import Site
from tests.support.certificates import authority
from tests.support.receiver import Receiver, Reply, receiving
from tests.support.shops import open_test_shop


def hosted(origin: str) -> Site:
    return Site("s", "hosted", origin, "shop", "till", 17, 1, 1, 0, 0, 0, None)


def asked(origin: str, roots: Path | None = None, patience_s: float = 5.0) -> Reached:
    reach = SiteReach(hosted(origin))
    if roots is not None:
        reach.session.verify = str(roots)
    return reach.look(patience_s)


@pytest.fixture
def roots(tmp_path: Path) -> Path:
    file = tmp_path / "roots.pem"
    file.write_text(authority().pem)
    return file


def test_a_site_that_is_well_tells_its_time_and_its_certificate(
    tmp_path: Path, roots: Path
) -> None:
    receiver = Receiver()
    with receiving(receiver, authority().context(tmp_path, "127.0.0.1", days=3)) as url:
        found = asked(url, roots)
    assert found.trouble == ""
    assert found.certificate_days == 2
    assert found.ahead_s is not None
    assert abs(found.ahead_s) <= 2
    assert [request.path for request in receiver.requests] == ["/healthz"]


def test_a_certificate_that_ran_out_is_told_as_such(tmp_path: Path, roots: Path) -> None:
    for name, days in (("127.0.0.1", -1), ("other.example", 2)):
        with receiving(Receiver(), authority().context(tmp_path, name, days=days)) as url:
            assert asked(url, roots).trouble == "tls"


def test_trouble_has_a_code() -> None:
    assert asked("http://127.0.0.1:9").trouble == "unreachable"
    with receiving(Receiver(answer=Reply(status=502))) as url:
        assert asked(url).trouble == "status_502"


def test_a_silent_site_is_left_when_the_time_is_over() -> None:
    receiver = Receiver()
    receiver.plan.append("silent")
    with receiving(receiver) as url:
        began = time.monotonic()
        assert asked(url, patience_s=0.3).trouble == "timeout"
    assert time.monotonic() - began < 5


def findings(monkeypatch: pytest.MonkeyPatch, setup: Setup, found: Reached) -> list[Finding]:
    monkeypatch.setattr(SiteReach, "look", lambda _self, _patience_s: found)
    return list(site_look.reach(None, setup, 1.0))  # type: ignore[arg-type]


def test_a_short_certificate_and_a_wrong_clock_are_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_test_shop(tmp_path / "shop", practice=False) as shop:
        shop.desk.use_site(hosted("https://t.example.ua"), bytes(32))
        setup = shop.desk.setup()
    well = findings(monkeypatch, setup, Reached("", 40, 1, 60))
    assert [(one.subject, one.state) for one in well] == [("reach", OK), ("certificate", OK)]
    wrong = findings(monkeypatch, setup, Reached("", 40, -3_600, 5))
    assert [(one.subject, one.state) for one in wrong] == [
        ("reach", OK),
        ("certificate", TROUBLE),
        ("skew", TROUBLE),
    ]
    assert "3600 s apart" in wrong[2].said()
