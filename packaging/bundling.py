"""`bundle`: the program with its own Python and Qt in one folder, `dist/orderbell`.

Made in an environment of its own, stripped, trimmed, looked through, measured. What is wrong with
it stops the build: nobody reads warnings.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
from pathlib import Path

import build_facts
import bundle_checks
import bundle_contents
import bundle_environment
import bundle_icu
import catalogues
import debian_package
import licence_page
import system_packages
from bundle_contents import FACTS, NAME
from bundle_libraries import elf_files
from bundle_size import MOST_UNPACKED_MB, refuse_large, size_of
from steps import BUILD, ROOT, Stopped, attempt, call, explain, say, version

DIST = ROOT / "dist"
FOLDER = DIST / NAME
WORK = BUILD / "bundle"
LOG = WORK / "pyinstaller.log"


def bundle(forms: list[str]) -> int:
    """Make the bundle, and what is made of it: `--tar`, `--deb`. Raises Stopped."""
    _make()
    if "--tar" in forms:
        _tar()
    if "--deb" in forms:
        debian_package.make(FOLDER, DIST)
    return 0


def _make() -> None:
    system_packages.ensure("bundle")
    python = bundle_environment.ensure()
    catalogues.ensure(python)
    licence_page.ensure(python)
    WORK.mkdir(parents=True, exist_ok=True)
    build_facts.write(FACTS)
    call("drawing the icons", [python, ROOT / "packaging" / "icon_files.py", WORK / "icons"])
    _freeze(python)
    if sys.platform.startswith("linux"):
        _strip()
        bundle_icu.trim(FOLDER, bundle_contents.languages(), WORK / "icu")
    faults = [*bundle_checks.log_faults(LOG.read_text(encoding="utf-8", errors="replace"))]
    faults += bundle_checks.faults(FOLDER, _modules(python))
    if faults:
        raise Stopped("the bundle is not right:" + "".join(f"\n  {fault}" for fault in faults))
    refuse_large(FOLDER, size_of(FOLDER), MOST_UNPACKED_MB)


def _freeze(python: Path) -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    say("bundle: PyInstaller")
    # Nothing outside this environment and this folder has a say.
    os.environ.pop("PYTHONPATH", None)
    os.environ["PYINSTALLER_CONFIG_DIR"] = str(WORK / "cache")
    command: list[str | Path] = [python, "-m", "PyInstaller", "--noconfirm", "--clean"]
    command += ["--distpath", DIST, "--workpath", WORK / "work"]
    done = attempt([*command, ROOT / "packaging" / "orderbell.spec"])
    LOG.write_text(done.stdout, encoding="utf-8")
    if done.returncode != 0:
        raise Stopped(explain("making the bundle", done))


def _strip() -> None:
    """Symbols for debuggers are a fifth of it. What `auditwheel` has rewritten stays as it is."""
    files = [file for file in elf_files(FOLDER) if not file.parent.name.endswith(".libs")]
    for file in files:
        if file.parent != FOLDER:  # the program carries its modules behind its end
            call("stripping", ["strip", "--strip-unneeded", file])


def _modules(python: Path) -> list[str]:
    """The names of all Python modules in the bundle."""
    viewer = ["-m", "PyInstaller.utils.cliutils.archive_viewer", "--recursive", "--brief", "--list"]
    name, _ = bundle_contents.programs(sys.platform)[0]
    program = FOLDER / (f"{name}.exe" if sys.platform == "win32" else name)
    return call("reading the bundle", [python, *viewer, program]).split()


def _tar() -> None:
    target = DIST / f"{NAME}-{version()}-{sys.platform}-{platform.machine()}.tar.xz"
    say(f"bundle: {target.relative_to(ROOT)}")
    # All owned by root, in one order: the same bundle gives the same file.
    names = ["--owner=0", "--group=0", "--numeric-owner", "--sort=name", "--mtime=@0"]
    os.environ["XZ_OPT"] = "-6 -T0"
    call("packing", ["tar", "-C", DIST, *names, "-cJf", target, NAME])
    refuse_large(target, target.stat().st_size)
