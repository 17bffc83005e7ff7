"""A bug leaves a report behind that can be sent on: where it was, and never with what."""

from __future__ import annotations

import json
import logging
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.clock import DAY_MS, Instant
from pos_app.config import Channels, Owner, Settings, ShopSettings, SmsSettings, WayOut
from pos_app.crashes import kept, watching
from pos_app.crashes.plain import plain
from pos_app.crashes.shapes import shape_of
from pos_app.crashes.stacks import chain_of, file_of, signature_of, text_of
from pos_app.crashes.watching import Watch
from pos_app.errors import Refused
from pos_app.lanes.lane import Lane
from pos_app.paths import crashes_folder
from tests.support.leaks import LogWatch
from tests.support.sources import ROOT
from tests.support.waiting import until

NOW = Instant(1_795_460_400_000)
MARKERS = ("Zyraxmark", "+380671234567", "Вулиця-Позначка", "tok3nMark_zq", "zq@mark.example")


def _bug(*values: object) -> BaseException:
    """A bug as one meets it: a cause, a message with values, variables full of them."""
    guest = {"name": values[0], "phone": values[-1]}
    try:
        try:
            raise KeyError(f"no guest {guest['name']}")
        except KeyError as cause:
            raise ValueError(f"invalid value {guest['phone']} for {values}") from cause
    except ValueError as error:
        error.add_note(f"while {guest} was placed")
        return error


def _reports(data: Path) -> list[dict[str, Any]]:
    return kept.read(crashes_folder(data))


def _keep(data: Path, error: BaseException) -> dict[str, Any]:
    watching.keep_one(data, error, "window")
    return _reports(data)[0]


def test_a_report_says_where_and_in_which_version(tmp_path: Path) -> None:
    report = _keep(tmp_path, _bug("Iryna", "0671234567"))
    assert report["format"] == "orderbell-crash-1"
    assert report["where"] == "window"
    assert {"version", "commit", "python", "system", "at"} <= set(report)
    kinds = [one["kind"] for one in report["errors"]]
    assert kinds == ["ValueError", "KeyError"]
    frame = report["errors"][0]["stack"][-1]
    assert (frame["file"], frame["function"]) == ("tests/crashes/test_reports.py", "_bug")
    assert frame["line"] > 0


def test_nothing_that_somebody_typed_is_in_a_report(tmp_path: Path, expected_log: LogWatch) -> None:
    expected_log.expect("order of")
    log = logging.getLogger("orderbell.test")
    watch = Watch(tmp_path)
    watch.shape = lambda: shape_of(_settings_full_of_markers())
    log.warning("order of %s failed", MARKERS[0])
    watch.keep(_bug(*MARKERS), "window")
    watch.end()
    written = "".join(file.read_text("utf-8") for file in crashes_folder(tmp_path).iterdir())
    assert [marker for marker in MARKERS if marker in written] == []
    assert "order of %s failed" in written, "the sentence itself stays"
    assert str(ROOT) not in written, "whose computer it was is nobody's business"


def _settings_full_of_markers() -> Settings:
    way = WayOut(MARKERS[0], "sms", "http", {MARKERS[3]: MARKERS[4]}, 65)
    return Settings(
        shop=ShopSettings(name=MARKERS[0], phone=MARKERS[1]),
        sms=SmsSettings("smsgate", MARKERS[4], MARKERS[3]),
        channels=Channels(ways=(way,)),
        owner=Owner(MARKERS[4], MARKERS[1], MARKERS[3]),
    )


@given(st.text(min_size=1, max_size=80))
def test_words_from_outside_never_stay(words: str) -> None:
    left = plain(words.replace("a", "Q"))
    allowed = plain("")
    pieces = {piece for piece in left.replace("…", " ").split() if piece.isalnum()}
    assert pieces <= set(plain(" ".join(pieces)).split()) | {allowed}
    assert not any(sign.isdigit() for sign in left)
    assert left.isascii() or "…" in left


@given(st.text("abcxyzабвґєії", min_size=3, max_size=12), st.integers(0, 10**9))
def test_a_name_never_stays_wherever_it_stands(letters: str, number: int) -> None:
    name = f"{letters.capitalize()}qx{number}"
    for message in (name, f"invalid value '{name}'", f"{name}@x.ua", f"[{name}]"):
        assert name not in plain(message)


def test_python_s_own_words_and_names_of_our_code_stay() -> None:
    assert plain("division by zero") == "division by zero"
    assert plain("'NoneType' object has no attribute 'bump'", {"bump"}) == (
        "'NoneType' object has no attribute 'bump'"
    )
    assert plain("list index 4711 out of range") == "list index … out of range"


def test_known_errors_are_no_crash(tmp_path: Path) -> None:
    watching.keep_one(tmp_path, Refused("The order is closed"), "window")
    watching.keep_one(tmp_path, KeyboardInterrupt(), "window")
    assert _reports(tmp_path) == []


def test_a_bug_that_comes_again_is_written_once(tmp_path: Path) -> None:
    watch = Watch(tmp_path)
    first = [watch.keep(_bug("Iryna", "1"), "lane push") for _ in range(3)]
    watch.end()
    assert first == [True, False, False]
    assert len(_reports(tmp_path)) == 1


def test_reports_are_for_this_user_alone_and_do_not_pile_up(tmp_path: Path) -> None:
    folder = crashes_folder(tmp_path)
    for day in range(kept.MOST + 5):
        kept.keep(folder, Instant(NOW + day * 60_000), f"{day:012x}", {"where": "window"})
    found = kept.found_in(folder)
    assert len(found) == kept.MOST
    assert stat.S_IMODE(found[0].stat().st_mode) == 0o600
    assert found[0].name.endswith(f"{kept.MOST + 4:012x}.json"), "the newest stay"
    kept.keep(folder, Instant(NOW + 31 * DAY_MS), "f" * 12, {"where": "window"})
    assert len(kept.found_in(folder)) == 1, "after a month they go"


def test_a_full_disk_makes_no_second_error(tmp_path: Path) -> None:
    (tmp_path / "crashes").write_text("a file in the folder's place")
    assert kept.keep(tmp_path / "crashes", NOW, "0" * 12, {}) is None


def test_what_is_no_report_is_left_out(tmp_path: Path) -> None:
    folder = crashes_folder(tmp_path)
    kept.keep(folder, NOW, "0" * 12, {"where": "window"})
    (folder / "crash-20261128T120000Z-0123456789ab.json").write_text("{half")
    assert [one["where"] for one in kept.read(folder)] == ["window"]


def test_the_same_bug_has_the_same_signature_with_other_values() -> None:
    one, other = (signature_of(chain_of(_bug(name, name))) for name in ("Iryna", "Taras"))
    assert one == other
    assert "ValueError: invalid value … for (" in text_of(chain_of(_bug("Iryna", "1")))


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/srv/iryna/orderbell/pos_app/desk/desk.py", "pos_app/desk/desk.py"),
        (r"C:\Users\Iryna\ui\app.py", "ui/app.py"),
        ("/srv/iryna/.venv/lib/python3.11/site-packages/msgspec/json.py", "msgspec/json.py"),
        ("/usr/lib/python3.11/threading.py", "threading.py"),
        ("/srv/iryna/notes.py", "<code>"),
        ("<template>", "<code>"),
    ],
)
def test_a_file_is_told_from_its_package_on(path: str, told: str) -> None:
    assert file_of(path) == told


def test_only_the_shape_of_settings_is_told() -> None:
    shape = shape_of(_settings_full_of_markers())
    assert shape["sms"] == {"kind": "text", "url": "text", "username": "text", "lan": "no"}
    assert shape["channels"]["ways"] == 1
    assert shape["owner"]["mail"] == "text"
    assert not any(marker in json.dumps(shape, ensure_ascii=False) for marker in MARKERS)


_DIES = """
import faulthandler, os, sys
from pathlib import Path
from pos_app.crashes import watching
watching.begin(Path(sys.argv[1]))
print("stands", flush=True)
if sys.argv[2] == "aborts":
    os.abort()
sys.stdin.read()
watching.end()
"""


def _child(data: Path, how: str) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", _DIES, str(data), how],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "stands\n"
    return child


def test_the_next_start_finds_what_an_abort_has_left(tmp_path: Path) -> None:
    with _child(tmp_path, "aborts") as child:
        child.wait(20)
    watch = Watch(tmp_path)
    assert watch.gather() == 1
    assert watch.gather() == 0, "told once"
    watch.end()
    (report,) = _reports(tmp_path)
    assert (report["where"], report["errors"][0]["kind"]) == ("hard", "Aborted")
    assert report["version"]
    assert [file.name for file in crashes_folder(tmp_path).iterdir() if "hard" in file.name] == []


def test_one_that_still_runs_or_ended_well_has_left_nothing(tmp_path: Path) -> None:
    with _child(tmp_path, "lives") as child:
        watch = Watch(tmp_path)
        assert watch.gather() == 0
        child.communicate("", timeout=20)
    assert child.returncode == 0
    assert watch.gather() == 0
    watch.end()
    until(lambda: not list(crashes_folder(tmp_path).iterdir()), "an empty folder")


def test_where_nobody_watches_nothing_is_written() -> None:
    assert watching.keep(_bug("Iryna", "1"), "lane push") is False
    assert watching.gathered() == 0


class _Failing:
    """A worker with a bug."""

    def __init__(self) -> None:
        self.stopped = threading.Event()

    def work(self) -> float | None:
        raise ValueError(f"invalid value {MARKERS[0]}")

    def stop(self) -> None:
        self.stopped.set()

    def close(self) -> None:
        """Nothing is open."""


class _States:
    def note(self, lane: str, code: str) -> None:
        """Nobody looks."""


def test_a_lane_s_bug_is_kept_under_the_lane_s_name(tmp_path: Path, expected_log: LogWatch) -> None:
    expected_log.expect("lane push failed")
    watching.begin(tmp_path)
    lane = Lane("push", _Failing(), _States())
    lane.start()
    try:
        until(lambda: _reports(tmp_path), "the report")
    finally:
        lane.ask_to_stop()
        lane.join()
        watching.end()
    (report,) = _reports(tmp_path)
    assert (report["where"], report["errors"][0]["said"]) == ("lane push", "invalid value …")


def test_the_folder_of_a_shop_to_come_is_private(tmp_path: Path) -> None:
    data = tmp_path / "shop"
    watching.begin(data)
    watching.begin(data)
    watching.end()
    modes = [stat.S_IMODE(folder.stat().st_mode) for folder in (data, crashes_folder(data))]
    assert modes == [0o700, 0o700]
