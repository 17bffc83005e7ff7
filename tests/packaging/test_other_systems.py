"""Windows and macOS, as far as Linux can tell: the spec as it is read there, names, calls."""

from __future__ import annotations

import ast
import plistlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath
from types import ModuleType
from typing import Any

import platformdirs
import pytest
from platformdirs.windows import Windows

from pos_app import paths
from tests.support.shops import open_test_shop, pickup
from tests.support.sources import ROOT, name_of, python_files, tracked

PACKAGING = ROOT / "packaging"


@dataclass
class Asked:
    """What the spec asks PyInstaller for, call by call."""

    calls: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def answer(self, name: str) -> Any:
        def called(*words: Any, **named: Any) -> Any:
            self.calls.setdefault(name, []).append(named | {"words": words})
            made = ModuleType(name)
            made.__dict__.update(binaries=[], datas=[], pure=PURE, scripts=[])
            return made

        return called


PURE: list[tuple[str, str, str]] = []


def spec_of(platform: str, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """The spec, evaluated as PyInstaller evaluates it on that system."""
    asked = Asked()
    for name, holds in (
        ("PyInstaller", {}),
        ("PyInstaller.config", {"CONF": {"code_cache": {id(PURE): {}}}}),
        ("PyInstaller.utils", {}),
        ("PyInstaller.utils.hooks", {"collect_data_files": lambda package: [(package, package)]}),
    ):
        module = ModuleType(name)
        module.__dict__.update(holds)
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(sys, "path", list(sys.path))
    names = {name: asked.answer(name) for name in ("Analysis", "PYZ", "EXE", "COLLECT", "BUNDLE")}
    spec = PACKAGING / "orderbell.spec"
    exec(compile(spec.read_text("utf-8"), str(spec), "exec"), names | {"SPECPATH": str(PACKAGING)})
    return asked


@pytest.mark.parametrize(
    ("platform", "programs"),
    [
        ("linux", [("orderbell", False)]),
        ("darwin", [("orderbell", False)]),
        ("win32", [("Orderbell", False), ("orderbell-cli", True)]),
    ],
)
def test_each_system_gets_its_programs(
    platform: str, programs: list[tuple[str, bool]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = spec_of(platform, monkeypatch).calls
    assert [(made["name"], made["console"]) for made in asked["EXE"]] == programs
    # Names differ by more than their case: Windows sees none.
    assert len({name.casefold() for name, _ in programs}) == len(programs)
    assert len(asked["COLLECT"]) == 1
    assert ("BUNDLE" in asked) is (platform == "darwin")
    (analysis,) = asked["Analysis"]
    assert any(Path(file).name == "orderbell.mo" for file, _ in analysis["datas"])
    assert all(Path(hook).is_file() for hook in analysis["runtime_hooks"])


def test_the_app_of_a_mac_says_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    (app,) = spec_of("darwin", monkeypatch).calls["BUNDLE"]
    assert app["name"] == "Orderbell.app"
    assert app["bundle_identifier"].count(".") == 2
    assert re.fullmatch(r"\d+\.\d+\.\d+", app["version"])
    assert plistlib.loads(plistlib.dumps(app["info_plist"]))["LSMinimumSystemVersion"]
    entitlements = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert all(entitlements.values())


def test_the_installer_of_windows_packs_what_the_spec_makes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    script = (PACKAGING / "windows" / "orderbell.iss").read_text("utf-8")
    started, _ = (made["name"] for made in spec_of("win32", monkeypatch).calls["EXE"])
    assert set(re.findall(r"\{app\}\\(\w+\.exe)", script)) == {f"{started}.exe"}
    for name in re.findall(r"\.\.\\\.\.\\([\w\\]+)", script):
        assert name.split("\\")[0] in {"LICENSE", "build", "dist"}
    assert "uninsneveruninstall" not in script
    assert "[UninstallDelete]" not in script  # a shop's data stays


# What only POSIX has → where it is used, behind which question.
POSIX_ONLY = {
    "modules": {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"},
    "os": {
        *("chown", "fchmod", "fchown", "fork", "forkpty", "getegid", "geteuid", "getgid"),
        *("getgroups", "getpgid", "getuid", "killpg", "mkfifo", "nice", "pread", "pwrite"),
        *("sched_getaffinity", "setgid", "setsid", "setuid", "statvfs", "sync", "uname"),
        *("wait3", "wait4"),
    },
    "signal": {
        *("SIGALRM", "SIGCHLD", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGSTOP", "SIGUSR1", "SIGUSR2"),
        *("alarm", "pthread_kill", "setitimer", "sigwait"),
    },
    "socket": {"AF_UNIX"},
    "time": {"clock_gettime", "tzset"},
}
GUARDED = {
    "pos_app/clock.py": "only where the system has a clock that counts sleep",
    "pos_app/commands/opening.py": "hasattr",
    "pos_app/paths.py": 'os.name == "nt" has returned',
    "pos_app/receipts/connection.py": "sys.platform",
    "pos_app/tracking/keys.py": 'os.name == "nt" has returned',
    "pos_app/tracking/service.py": "only where a service manager has named its socket",
}


def posix_only(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.attr in POSIX_ONLY.get(node.value.id, set()):
                yield f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name in POSIX_ONLY["modules"])
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = POSIX_ONLY.get(node.module, set())
            yield from (f"{node.module}.{a.name}" for a in node.names if a.name in names)
            if node.module in POSIX_ONLY["modules"]:
                yield node.module


def test_nothing_that_only_posix_has_is_reached_on_windows() -> None:
    found = {
        name_of(file): sorted(set(posix_only(file.read_text("utf-8"))))
        for file in python_files("pos_app", "ui")
    }
    assert {name: calls for name, calls in found.items() if calls and name not in GUARDED} == {}
    assert {name for name, calls in found.items() if calls} == GUARDED.keys()


@pytest.mark.parametrize(
    "text",
    ["import fcntl", "from termios import X", "import os\nos.fork()", "from os import getuid"],
)
def test_a_call_that_only_posix_has_would_be_found(text: str) -> None:
    assert list(posix_only(text))


_RESERVED = {"con", "prn", "aux", "nul"} | {
    f"{name}{n}" for name in ("com", "lpt") for n in "123456789"
}


def wrong_on_windows(name: str) -> bool:
    """Whether Windows refuses a file of this name."""
    stem = name.partition(".")[0].casefold()
    return bool(re.search(r'[<>:"/\\|?*\x00-\x1f]|[ .]$', name)) or stem in _RESERVED


def test_a_shop_s_files_have_names_that_windows_allows(tmp_path: Path) -> None:
    with open_test_shop(tmp_path / "shop") as shop:
        shop.desk.place(pickup(shop, "Margherita"))
        shop.desk.backups.make()
        made = {path.name for path in tmp_path.rglob("*")}
    assert len(made) > 5
    assert not {name for name in made if wrong_on_windows(name)}


def test_the_project_s_own_files_do_too() -> None:
    names = {part for path in tracked() for part in path.relative_to(ROOT).parts}
    assert not {name for name in names if wrong_on_windows(name)}


@pytest.mark.parametrize("name", ["19:35.pdf", "aux.log", "COM1", "slip ", "a|b", "what?"])
def test_a_name_that_windows_refuses_would_be_found(name: str) -> None:
    assert wrong_on_windows(name)


def test_data_lies_in_the_local_folder_of_a_windows_user(monkeypatch: pytest.MonkeyPatch) -> None:
    local = r"C:\Users\Олена\AppData\Local"
    monkeypatch.setattr(platformdirs, "PlatformDirs", Windows)
    monkeypatch.setenv("WIN_PD_OVERRIDE_LOCAL_APPDATA", local)
    found = PureWindowsPath(str(paths.default_data_folder()))
    assert found == PureWindowsPath(local, "orderbell", "shop")
    assert paths.default_data_folder(practice=True).name == "practice"
