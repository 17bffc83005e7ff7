"""The licences of everything that ships, as whole texts: resources/licences.json, made at set-up.

`ensure` is for dev.py; the file is written by the project's own Python, which knows what is
installed: .venv/bin/python packaging/licence_page.py. The window and `orderbell licences` show it.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
import sys
import sysconfig
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import licences
import pinned
from steps import PYTHON, REQUIREMENTS, ROOT, call, say

PAGE = ROOT / "resources" / "licences.json"
TEXTS = ROOT / "packaging" / "licence_texts"
_TEXT = re.compile(r"(?:licen[cs]es?/.*|.*(?:licen[cs]e|copying|notice)[^/]*)\Z", re.IGNORECASE)
_NO_TEXT = {".py", ".pyc", ".h", ".json"}
# Qt comes in these packages, and neither holds the text of its licence.
_QT = ("pyside6-essentials", "shiboken6")
_QT_NOTICE = """\
Orderbell uses Qt {version} through PySide6 under the GNU Lesser General Public License, version 3.
Its libraries lie beside the program as files of their own: you may put changed ones in their place.
The sources of Qt and of PySide6 in this version are offered by The Qt Company at
https://download.qt.io/official_releases/QtForPython/ and https://download.qt.io/official_releases/qt/.
What Qt itself contains of others is listed at https://doc.qt.io/qt-6/licenses-used-in-qt.html.
The bundle for Linux keeps of its libicudata what sorting in the languages of Orderbell needs.

"""
_SHARED = (
    ("Inter", "3.019", "OFL-1.1", "resources/fonts/OFL.txt", "https://rsms.me/inter/"),
    ("Icons", "", "Apache-2.0", "resources/icons/LICENSE", ""),
    ("Orderbell", "", "Apache-2.0", "LICENSE", ""),
)
_PYTHON_HOME = "https://www.python.org/downloads/source/"
_SOUNDS = "The sounds were made for Orderbell from sine waves and belong to it: Apache-2.0."


def ensure(python: Path = PYTHON) -> None:
    """Write the page where it is older than what it tells of; `python` has what ships."""
    if _mark() != _made_from():
        say(f"licences: {PAGE.relative_to(ROOT)}")
        call("listing the licences", [python, Path(__file__)])


def entries() -> list[dict[str, str]]:
    """Everything that ships: ours first, then the packages that are installed here, by name."""
    names = {pin.name for file in licences.AT_RUN_TIME for pin in pinned.read(file)}
    packages = [entry for name in sorted(names) if (entry := _package(name)) is not None]
    ours = [
        _entry(name, version, licence, (ROOT / file).read_text(encoding="utf-8"), source)
        for name, version, licence, file, source in _SHARED
    ]
    sounds = _entry("Sounds", "", "Apache-2.0", _SOUNDS)
    return [*reversed(ours), sounds, _python(), *packages]


def _python() -> dict[str, str]:
    """A bundle brings Python along; what it says of itself lies in or above its own library."""
    folders = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix))
    files = [folder / "LICENSE.txt" for folder in folders]
    text = next((file.read_text(encoding="utf-8") for file in files if file.is_file()), "")
    return _entry("Python", platform.python_version(), "PSF-2.0", text, _PYTHON_HOME)


def texts_of(package: Distribution) -> str:
    """The licence texts that a package ships, one after the other; empty when it ships none."""
    found = []
    for file in package.files or ():
        # Only beside the metadata: a package's own data may be named like a licence.
        inside = str(file).partition(".dist-info/")[2]
        if inside and _TEXT.match(inside) and file.suffix not in _NO_TEXT:
            found.append(Path(str(file.locate())).read_text(encoding="utf-8", errors="replace"))
    return "\n\n".join(text.strip("\n") for text in found)


def _package(name: str) -> dict[str, str] | None:
    try:
        package = distribution(name)
    except PackageNotFoundError:
        return None  # pinned for another operating system
    text, source = texts_of(package), _home_of(package)
    if name in _QT:
        own = [
            (TEXTS / f"{one}.txt").read_text(encoding="utf-8") for one in ("LGPL-3.0", "GPL-3.0")
        ]
        text = _QT_NOTICE.format(version=package.version) + "\n\n".join(own)
    return _entry(package.name, package.version, licences.stated(package), text, source)


def _home_of(package: Distribution) -> str:
    urls: dict[str, str] = {}
    for line in package.metadata.get_all("Project-URL") or []:
        label, _, url = line.partition(",")
        urls[label.strip().casefold()] = url.strip()
    for label in ("source", "source code", "repository", "homepage", "home"):
        if label in urls:
            return urls[label]
    return next(iter(package.metadata.get_all("Home-page") or ()), "")


def _entry(name: str, version: str, licence: str, text: str, source: str = "") -> dict[str, str]:
    return {
        "name": name,
        "version": version,
        "licence": licence,
        "text": text.strip("\n"),
        "source": source,
    }


def _made_from() -> str:
    """What the page follows from: the pins, this program, our own texts."""
    digest = hashlib.sha256()
    files = [REQUIREMENTS / name for name in licences.AT_RUN_TIME]
    files += [Path(__file__), *sorted(TEXTS.iterdir()), *(ROOT / one[3] for one in _SHARED)]
    for file in files:
        digest.update(file.read_bytes() + b"\0")
    return digest.hexdigest()


def _mark() -> str:
    try:
        return _mark_file().read_text(encoding="ascii") if PAGE.exists() else ""
    except OSError:
        return ""


def _mark_file() -> Path:
    return PAGE.with_suffix(".from")


def main() -> int:
    """Write the page, whole or not at all, and name what ships no text of its licence."""
    listed = entries()
    part = PAGE.with_suffix(".part")
    part.write_text(json.dumps(listed, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    part.replace(PAGE)
    _mark_file().write_text(_made_from(), encoding="ascii")
    for one in listed:
        if not one["text"]:
            print(f"licences: {one['name']} ships no text of its licence")
    print(f"licences: {len(listed)} entries, {PAGE.stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
