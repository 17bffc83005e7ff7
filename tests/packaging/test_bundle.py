"""What goes into the bundle and what may not: each check is shown a bundle that breaks it."""

from __future__ import annotations

import importlib.abc
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.processes import ROOT

sys.path.insert(0, str(ROOT / "packaging"))
try:
    import build_facts
    import bundle_checks
    import bundle_contents
    import bundle_libraries
    import bundle_size
    import debian_package
    import icon_files
    import steps
finally:
    sys.path.remove(str(ROOT / "packaging"))

QT = "PySide6/Qt"


@pytest.mark.parametrize(
    ("name", "out"),
    [
        (f"{QT}/plugins/platforms/libqxcb.so", False),
        (f"{QT}/plugins/platforms/libqoffscreen.so", False),
        ("PySide6/plugins/platforms/qwindows.dll", False),
        (f"{QT}/plugins/platforms/libqcocoa.dylib", False),
        (f"{QT}/plugins/platforms/libqwayland.so", True),
        (f"{QT}/plugins/platforms/libqeglfs.so", True),
        (f"{QT}/plugins/platforms/libqvnc.so", True),
        (f"{QT}/plugins/platformthemes/libqgtk3.so", True),
        (f"{QT}/plugins/imageformats/libqsvg.so", False),
        (f"{QT}/plugins/imageformats/libqtiff.so", True),
        (f"{QT}/plugins/sqldrivers/libqsqlite.so", True),
        (f"{QT}/translations/qtbase_uk.qm", True),
        ("babel/locale-data/uk.dat", False),
        ("babel/locale-data/root.dat", False),
        ("babel/locale-data/zu.dat", True),
        ("libstdc++.so.6", True),
        ("libxcb-cursor.so.0", False),
        ("litestar-2.25.0.dist-info/RECORD", True),
        ("litestar-2.25.0.dist-info/METADATA", False),
        ("resources/fonts/Inter-Regular.otf", False),
    ],
)
def test_what_stays_out_of_the_bundle(name: str, out: bool) -> None:
    assert bundle_contents.is_left_out(name) is out


def test_everything_that_is_read_at_run_time_goes_in() -> None:
    places = {f"{place}/{Path(file).name}" for file, place in bundle_contents.files()}
    for name in (
        "resources/locale/uk/LC_MESSAGES/orderbell.mo",
        "resources/web/templates/page.html",
        "resources/sounds/new.wav",
        "resources/themes/tokens.toml",
        "resources/build.json",
        "pos_app/store/migrations/env.py",
    ):
        assert name in places
    assert not [name for name in places if name.endswith((".po", ".pyc"))]
    assert "pos_app.store.words" in bundle_contents.hidden_modules()


def test_docstrings_go_and_assertions_stay(tmp_path: Path) -> None:
    file = tmp_path / "till.py"
    file.write_text(
        '"""About."""\nfrom __future__ import annotations\n\n'
        'def place() -> None:\n    """Do it."""\n\n'
        'def check(number: int) -> None:\n    """Look."""\n    assert number\n'
    )
    found: dict[str, object] = {}
    exec(bundle_contents.code_of(file), found)
    assert found.get("__doc__") is None
    check = found["check"]
    assert callable(check)
    assert check.__doc__ is None
    with pytest.raises(AssertionError):
        check(0)


class _LeftOut(importlib.abc.MetaPathFinder):
    """Refuses what is not in the bundle, as the bundle itself would."""

    def find_spec(self, name: str, *_: object) -> None:
        tops = {name, *(name[:place] for place, sign in enumerate(name) if sign == ".")}
        if tops & set(bundle_contents.LEFT_OUT_MODULES) or bundle_contents.is_left_out_module(name):
            raise ModuleNotFoundError(f"{name} stays out of the bundle", name=name)


def test_nothing_that_stays_out_is_imported(tmp_path: Path) -> None:
    """Every part of the program comes up without it: desk, site, window, slips, upgrades."""
    program = f"""
import sys
sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "packaging")!r}]
from tests.packaging.test_bundle import _LeftOut
for name in [name for name in sys.modules if name.partition(".")[0] in ("pdb", "readline")]:
    del sys.modules[name]
sys.meta_path.insert(0, _LeftOut())
import alembic.command, keyring.backends.SecretService, requests, phonenumbers
from pos_app.receipts import escpos
escpos._library()
import ui.main_window, ui.first_shop
from pos_app.tracking.settings import SiteSettings, default_limits
from pos_app.tracking.app import build_site
from pos_app.tracking.repository import Repository
from pos_app.clock import SystemClock
from pathlib import Path
import pos_app.tracking.server
settings = SiteSettings(
    origin="https://t.example.ua", database=Path({str(tmp_path / "site.sqlite")!r}),
    host="127.0.0.1", port=1, mode="hosted", trusted_proxy=None, limits=default_limits("hosted"),
)
repository = Repository(settings.database)
build_site(settings, repository, SystemClock())
repository.close()
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_a_complete_bundle_has_no_fault(names: list[str]) -> None:
    assert list(bundle_checks.missing(names)) == []
    assert list(bundle_checks.forbidden(names)) == []
    assert list(bundle_checks.test_packages(names, ["pos_app.cli"])) == []


@pytest.fixture
def names() -> list[str]:
    """The files of a bundle in which everything is."""
    read = [f"{place}/{Path(file).name}" for file, place in bundle_contents.files()]
    plugins = [
        f"{QT}/plugins/{name}" for name in ("platforms/libqxcb.so", "platforms/libqoffscreen.so")
    ]
    made = [*bundle_checks.MADE, *(name.removeprefix("./") for name in read)]
    return [*dict.fromkeys(made), *plugins, "escpos/x.json", "tzdata/zones"]


@pytest.mark.parametrize(
    "gone",
    [
        "resources/themes/tokens.toml",
        "orderbell.mo",
        "licences.json",
        "env.py",
        "libqxcb.so",
        "tzdata/zones",
    ],
)
def test_a_missing_file_is_a_fault(names: list[str], gone: str) -> None:
    faults = list(bundle_checks.missing([name for name in names if not name.endswith(gone)]))
    assert len(faults) == 1
    assert "missing" in faults[0]


@pytest.mark.parametrize(
    "name",
    [
        f"{QT}/plugins/platforms/libqwayland.so",
        f"{QT}/lib/libQt6Charts.so.6",
        f"{QT}/lib/libQt6VirtualKeyboard.so.6",
        "libreadline.so.8",
    ],
)
def test_a_forbidden_file_is_a_fault(names: list[str], name: str) -> None:
    assert len(list(bundle_checks.forbidden([*names, name]))) == 1


@pytest.mark.parametrize(
    ("file", "module"), [("pytest/__init__.pyc", "os"), ("x", "hypothesis.core"), ("x", "tests")]
)
def test_a_test_package_is_a_fault(file: str, module: str) -> None:
    assert len(list(bundle_checks.test_packages([file], [module]))) == 1


def test_a_library_that_the_computer_lacks_stops_the_build() -> None:
    line = (
        "4711 WARNING: Library not found: could not resolve '{}', dependency of"
        " '/somewhere/PySide6/Qt/plugins/{}'.\n"
    )
    log = line.format("libxcb-cursor.so.0", "platforms/libqxcb.so")
    assert list(bundle_checks.log_faults(log)) == [
        "libqxcb.so needs libxcb-cursor.so.0, which is not on this computer"
    ]
    not_ours = line.format("libgtk-3.so.0", "platformthemes/libqgtk3.so")
    assert list(bundle_checks.log_faults(not_ours)) == []


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle of real ELF files: a program, and two libraries of this computer."""
    folder = tmp_path_factory.mktemp("libraries")
    for name, source in (("program", "/bin/true"), ("libz.so.9", "/usr/bin/xz")):
        (folder / name).write_bytes(Path(source).resolve().read_bytes())
    return folder


def test_libraries_are_followed_from_file_to_file(libraries: Path) -> None:
    program, lonely = libraries / "program", libraries / "libz.so.9"
    assert "libc.so.6" in bundle_libraries.needed([program])[program]
    files = {"program": program, "libz.so.9": lonely}
    assert bundle_libraries.unneeded(files) == {"libz.so.9"}
    faults = list(bundle_checks.wrong_libraries(libraries))
    assert "libz.so.9 needs liblzma.so.5, which is neither here nor on every desktop" in faults
    assert "libz.so.9: nothing here needs this library" in faults
    assert bundle_libraries.elf_files(libraries) == [lonely, program]


def test_the_package_asks_for_the_libraries_that_are_used(libraries: Path) -> None:
    asked = debian_package.depends([libraries / "program"])
    assert asked.startswith("libc6 (>= 2.")


def test_what_is_too_large_is_not_made(capsys: pytest.CaptureFixture[str]) -> None:
    bundle_size.refuse_large(Path("small.deb"), 45_000_000)
    with pytest.raises(steps.Stopped, match=r"large\.deb is too large"):
        bundle_size.refuse_large(Path("large.deb"), 45_000_001)
    assert "45.0 MB" in capsys.readouterr().out


def test_the_package_is_laid_out_as_desktops_look_for_it(tmp_path: Path) -> None:
    icons, tree = tmp_path / "icons", tmp_path / "tree"
    icons.mkdir()
    for size in icon_files.SIZES_PX:
        (icons / f"{size}.png").write_bytes(b"png")
    program = tree / debian_package.PROGRAM / "orderbell"
    program.parent.mkdir(parents=True)
    program.write_bytes(b"program")
    debian_package.lay_out(tree, icons)
    debian_package.set_modes(tree)
    assert (tree / "usr/bin/orderbell").resolve() == program.resolve()
    entry = (tree / "usr/share/applications/orderbell.desktop").read_text("utf-8")
    assert "Exec=orderbell\nIcon=orderbell\n" in entry
    assert (tree / "usr/share/icons/hicolor/48x48/apps/orderbell.png").exists()
    assert (tree / "usr/share/doc/orderbell/copyright").exists()
    may_run = [path for path in tree.rglob("*") if path.is_file() and path.stat().st_mode & 0o111]
    assert {path.resolve() for path in may_run} == {program.resolve()}


@pytest.mark.parametrize("platform", ["linux", "win32"])
def test_qt_is_not_imported_before_a_window_is_asked_for(platform: str) -> None:
    out = bundle_contents.is_left_out_at_start("pyi_rth_pyside6", platform)
    assert out is (platform == "linux")
    assert not bundle_contents.is_left_out_at_start("bundle_start", platform)


def test_a_build_says_when_it_was_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")
    file = tmp_path / "build" / "build.json"
    build_facts.write(file)
    told = json.loads(file.read_text("utf-8"))
    assert (told["built_on"], told["version"]) == ("2026-11-23", steps.version())
