"""What must be true of a finished bundle; every breach is one line."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

import bundle_contents
from bundle_contents import PLUGINS, SYSTEM_LIBRARIES, is_left_out
from bundle_libraries import elf_files, needed, unneeded

INSIDE = "_internal"

# Qt's modules that are under the GPL alone, and other such libraries that Python can bring along.
_GPL = re.compile(
    r"Qt6?(Charts|Coap|DataVisualization|Graphs|Grpc|HttpServer|InsightTracker|Lottie|Mqtt|"
    r"NetworkAuth|Quick3D|QuickTimeline|ShaderTools|VirtualKeyboard|WaylandCompositor)|"
    r"lib(gdbm|readline)"
)
_TEST_PACKAGES = frozenset((
    *("PyInstaller", "_pytest", "aiosmtpd", "coverage", "deptry", "hatchling", "hypothesis"),
    *("importlinter", "mypy", "playwright", "pypdfium2", "pytest", "pytestqt", "ruff"),
    *("setuptools", "standardwebhooks", "tests", "time_machine", "vulture", "xdist", "zxingcpp"),
))  # fmt: skip
_PLUGINS_NEEDED = {
    "linux": ("platforms/libqxcb.so", "platforms/libqoffscreen.so"),
    "win32": ("platforms/qwindows.dll", "platforms/qoffscreen.dll"),
    "darwin": ("platforms/libqcocoa.dylib", "platforms/libqoffscreen.dylib"),
}
# Made and not kept in the project: nobody would notice that they were not there.
MADE = ("resources/licences.json", "resources/locale/uk/LC_MESSAGES/orderbell.mo")
_NOT_FOUND = re.compile(r"could not resolve '(?P<library>[^']+)', dependency of '(?P<file>[^']+)'")


def faults(folder: Path, modules: Collection[str]) -> Iterator[str]:
    """Everything that is wrong with the bundle in `folder`, which holds these `modules`."""
    inside = folder / INSIDE
    names = sorted(
        path.relative_to(inside).as_posix() for path in inside.rglob("*") if not path.is_dir()
    )
    yield from missing(names)
    yield from forbidden(names)
    yield from test_packages(names, modules)
    if sys.platform.startswith("linux"):
        yield from wrong_libraries(folder)


def missing(names: Collection[str]) -> Iterator[str]:
    """What the program reads at run time has to be there."""
    wanted = set(MADE)
    for file, place in bundle_contents.files():
        wanted.add(Path(file).name if place == "." else f"{place}/{Path(file).name}")
    for name in sorted(wanted.difference(names)):
        yield f"{name} is missing"
    for plugin in _PLUGINS_NEEDED["linux" if sys.platform.startswith("linux") else sys.platform]:
        if not any(name.endswith(f"plugins/{plugin}") for name in names):
            yield f"Qt's plugin {plugin} is missing"
    for package in bundle_contents.PACKAGES_WITH_FILES:
        if not any(name.startswith(f"{package}/") for name in names):
            yield f"the files of {package} are missing"


def forbidden(names: Collection[str]) -> Iterator[str]:
    for name in names:
        if _GPL.search(name):
            yield f"{name} is under the GPL"
        elif is_left_out(name):
            kinds = ", ".join(sorted(PLUGINS))
            yield f"{name} should have stayed out (plugins are of {kinds})"


def test_packages(names: Collection[str], modules: Collection[str]) -> Iterator[str]:
    tops = {name.partition("/")[0].partition("-")[0] for name in names}
    tops |= {module.partition(".")[0] for module in modules}
    for package in sorted(tops & _TEST_PACKAGES):
        yield f"{package} is for tests or for building"


def wrong_libraries(folder: Path) -> Iterator[str]:
    """What a file asks for and nobody has, and what nobody asks for."""
    files = {file.relative_to(folder).as_posix(): file for file in elf_files(folder)}
    here = {path.name for path in folder.rglob("*.so*")}
    for file, wanted in sorted(needed(files.values()).items()):
        for library in sorted(wanted - here - SYSTEM_LIBRARIES.keys()):
            yield f"{file.name} needs {library}, which is neither here nor on every desktop"
    for name in sorted(unneeded(files)):
        yield f"{name}: nothing here needs this library"


def log_faults(log: str) -> Iterator[str]:
    """Libraries that the computer which built it does not have. PyInstaller only warns."""
    for found in _NOT_FOUND.finditer(log):
        file, library = found["file"].replace("\\", "/"), found["library"]
        if not is_left_out(file) and library not in SYSTEM_LIBRARIES:
            yield f"{file.rpartition('/')[2]} needs {library}, which is not on this computer"
