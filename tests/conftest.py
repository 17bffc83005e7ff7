"""What every test gets: the leak detectors, and surroundings that no test may inherit."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.support.compiled_once import compile_once
from tests.support.leaks import LogWatch, watched
from tests.support.quick_pins import quicken
from tests.support.spreading import Spread, longest_first
from tests.support.trusted_once import trust_once

pytest_plugins = ["pytester"]

# Each run asks a little, and differently; `ORDERBELL_EXAMPLES=long` asks for half an hour.
# How fast a busy computer draws and decides is no property of ours.
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("short", UNTIMED, max_examples=40)
settings.register_profile("long", UNTIMED, max_examples=2_000)
settings.load_profile(os.environ.get("ORDERBELL_EXAMPLES", "short"))
compile_once()
quicken()
trust_once()

# A developer's own settings must not decide how a test ends.
for name in ("DISPLAY", "WAYLAND_DISPLAY", "ORDERBELL_DATA", "LANGUAGE", "PYTHON_KEYRING_BACKEND"):
    os.environ.pop(name, None)
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In a worker only: alone, each module's tests follow one another as they are."""
    if hasattr(config, "workerinput"):
        items[:] = longest_first(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Spread | None:
    """Asked by pytest-xdist; another `--dist` is another wish."""
    return Spread(config, log) if config.getoption("dist") == "loadgroup" else None


@pytest.fixture(scope="session", autouse=True)
def one_application() -> object:
    """The one kind of application every test can use: a slip painted first would make a lesser."""
    from PySide6.QtWidgets import QApplication

    return QApplication.instance() or QApplication(["tests"])


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[LogWatch]:
    """Fail a test that leaves a thread, process, database, window, timer or warning behind."""
    names = set(request.fixturenames)
    with watched(qt=not names.isdisjoint({"qtbot", "qapp", "qtmodeltester"})) as log:
        yield log


@pytest.fixture
def expected_log(nothing_left_behind: LogWatch) -> LogWatch:
    """`expected_log.expect("site refused")`: this test provokes that warning, and must."""
    return nothing_left_behind
