"""Each leak detector turns red on its leak, and stays green on a test that cleans up."""

from __future__ import annotations

import logging
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tests.support import leaks

Leak = Callable[[Path], Callable[[], None]]


def _thread(_: Path) -> Callable[[], None]:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait, name="lane", daemon=True)
    thread.start()

    def mend() -> None:
        stop.set()
        thread.join()

    return mend


def _process(_: Path) -> Callable[[], None]:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)

    def mend() -> None:
        child.communicate(b"\n")

    return mend


def _database(folder: Path) -> Callable[[], None]:
    connection = sqlite3.connect(folder / "store.sqlite")
    connection.execute("CREATE TABLE orders (id INTEGER)")
    return connection.close


def _window(_: Path) -> Callable[[], None]:
    window = QWidget()

    def mend() -> None:
        window.deleteLater()

    return mend


def _timer(_: Path) -> Callable[[], None]:
    timer = QTimer()
    timer.start(60_000)
    return timer.stop


def _warning(_: Path) -> Callable[[], None]:
    logging.getLogger("pos_app.lanes").warning("site refused")
    return lambda: None


@pytest.mark.parametrize(
    ("leak", "named"),
    [
        (_thread, "daemon thread 'lane'"),
        (_process, "process "),
        (_database, "store.sqlite"),
        (_window, "window QWidget"),
        (_timer, "QTimer every 60000 ms"),
    ],
)
def test_a_leak_is_named(leak: Leak, named: str, tmp_path: Path, qapp: QApplication) -> None:
    mending: list[Callable[[], None]] = []
    try:
        with pytest.raises(AssertionError, match=named), leaks.watched(qt=True, patience_s=0.05):
            mending.append(leak(tmp_path))
    finally:
        for mend in mending:
            mend()


def test_what_is_closed_in_time_is_no_leak(tmp_path: Path, qapp: QApplication) -> None:
    with leaks.watched(qt=True):
        for leak in (_thread, _process, _database, _window, _timer):
            leak(tmp_path)()


def test_a_thread_that_is_about_to_end_is_waited_for() -> None:
    with leaks.watched(qt=False):
        threading.Timer(0.1, lambda: None).start()


def test_a_warning_that_nobody_expected_is_named(expected_log: leaks.LogWatch) -> None:
    expected_log.expect("site refused")
    named = r"WARNING of pos_app\.lanes: site refused"
    with pytest.raises(AssertionError, match=named), leaks.watched(qt=False):
        _warning(Path())


def test_an_expected_warning_must_come(expected_log: leaks.LogWatch) -> None:
    expected_log.expect("site refused")
    with leaks.watched(qt=False) as log:
        log.expect("site refused")
        _warning(Path())
    with (
        pytest.raises(AssertionError, match="which the test expected"),
        leaks.watched(qt=False) as log,
    ):
        log.expect("paper is out")


def test_a_stranger_s_warning_is_not_ours() -> None:
    with leaks.watched(qt=False):
        logging.getLogger("urllib3").warning("retrying")


def test_every_test_is_watched(pytester: pytest.Pytester) -> None:
    root = Path(__file__).parents[2]
    pytester.makeconftest((root / "tests" / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile(
        """
        import threading

        def test_leaky():
            threading.Thread(target=threading.Event().wait, name="forgotten", daemon=True).start()
        """
    )
    pytester.makeini(f"[pytest]\npythonpath = {root}")
    outcome = pytester.runpytest_subprocess("-p", "no:randomly", "-p", "no:cacheprovider")
    outcome.assert_outcomes(passed=1, errors=1)
    outcome.stdout.fnmatch_lines(["*left behind by this test: daemon thread 'forgotten'*"])
