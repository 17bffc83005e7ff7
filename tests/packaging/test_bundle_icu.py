"""Of Unicode's data a bundle has what its languages need, and Qt sorts by it as before."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

from tests.support.processes import ROOT

sys.path.insert(0, str(ROOT / "packaging"))
try:
    import bundle_contents
    import bundle_icu
    import steps
finally:
    sys.path.remove(str(ROOT / "packaging"))

HEADER = b"\x20\x00\xda'\x14\x00\x00\x00\x00\x00\x02\x00CmnD\x01\x00\x00\x00".ljust(32, b"\0")
SMALL_BYTES = 2_000_000
SORTED = """
import functools, json, sys
from PySide6.QtCore import QCollator, QLocale
words = json.loads(sys.argv[2])
collator = QCollator(QLocale(sys.argv[1]))
print(json.dumps(sorted(words, key=functools.cmp_to_key(collator.compare))))
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Qt's own library, made small."""
    folder = tmp_path_factory.mktemp("icu")
    (found,) = (Path(PySide6.__path__[0]) / "Qt" / "lib").glob("libicudata.so.*")
    copy = folder / "lib" / found.name
    copy.parent.mkdir()
    shutil.copyfile(found, copy)
    (copy.parent.parent / found.name).symlink_to(copy)
    bundle_icu.trim(folder, bundle_contents.languages(), folder / "work")
    return copy


def sorted_by(language: str, words: list[str], library: Path | None = None) -> list[str]:
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    if library is not None:
        environment["LD_PRELOAD"] = str(library)
    done = subprocess.run(
        [sys.executable, "-c", SORTED, language, json.dumps(words)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert not done.stderr, done.stderr
    return list(json.loads(done.stdout))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk_UA", ["ґ", "г", "д", "є", "ж", "е", "Zucchini", "її", "й", "і", "А", "б"]),
        ("en_GB", ["Éclair", "eclair", "Zander", "apple", "Äpfel", "борщ"]),
    ],
)
def test_names_of_files_are_sorted_as_the_language_does(
    library: Path, language: str, words: list[str]
) -> None:
    assert library.stat().st_size < SMALL_BYTES
    found = sorted_by(language, words, library)
    assert found == sorted_by(language, words)
    assert found != sorted(words)


def test_a_table_that_was_taken_apart_is_put_together_again() -> None:
    items = [(b"icudt73l/coll/uk.res", b"order"), (b"icudt73l/de.res", b"x" * 40)]
    header, found = bundle_icu.unpacked(bundle_icu.packed(HEADER, items))
    assert header == HEADER
    assert [(name, content.rstrip(b"\0")) for name, content in found] == items


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("icudt73l/coll/uk.res", True),
        ("icudt73l/coll/ucadata.icu", True),
        ("icudt73l/root.res", True),
        ("icudt73l/coll/zh.res", False),
        ("icudt73l/curr/uk.res", False),
        ("icudt73l/ibm-943_P15A-2003.cnv", False),
    ],
)
def test_what_sorting_asks_for_stays(name: str, kept: bool) -> None:
    assert bundle_icu.is_kept(name.encode(), {"root", "en", "uk"}) is kept


def test_another_form_of_the_table_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(steps.Stopped, match="form"):
        bundle_icu.unpacked(HEADER.replace(b"CmnD", b"CmnE"))
    with pytest.raises(steps.Stopped, match="0 libraries"):
        bundle_icu.trim(tmp_path, {"en"}, tmp_path / "work")
