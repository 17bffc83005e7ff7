#!/usr/bin/env python3
"""Makes a folder with the site in it: pinned, hashed packages and Orderbell, without its window.

python3 packaging/site/release.py FOLDER

Only the standard library. `host.py` calls it on a server and the Containerfile in its first stage,
so that both ways run the same program. pip asks whatever index it is configured for, and takes
nothing whose hash is not in packaging/requirements/.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
REQUIREMENTS = SOURCE / "packaging" / "requirements"
_QUIETLY = ("--quiet", "--no-input", "--disable-pip-version-check", "--progress-bar", "off")
# What a start would compile each time, for it may not write where it is installed.
_COMPILE = """
import pathlib, resources
from babel.messages import mofile, pofile
import pos_app.tracking.command, pos_app.tracking.server
for folder in resources.__path__:
    for source in pathlib.Path(folder).glob("locale/*/LC_MESSAGES/*.po"):
        with source.open("rb") as texts, source.with_suffix(".mo").open("wb") as compiled:
            mofile.write_mo(compiled, pofile.read_po(texts))
"""
# What somebody else's Python was told must not reach this one.
_NOT_OURS = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PIP_TARGET", "PIP_PREFIX", "PIP_USER")


class Stopped(Exception):
    """It cannot go on; the text says why and what to do."""


def make(folder: Path) -> str:
    """Make the environment `folder`, which must not be there yet; the version that stands in it.

    Raises Stopped; then nothing is left of it. It cannot be moved afterwards.
    """
    if sys.version_info < (3, 11):  # noqa: UP036 (a server's own may be older)
        raise Stopped("Orderbell needs Python 3.11 or newer; call this with a newer one")
    if folder.exists():
        raise Stopped(f"{folder} is there already")
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _make(folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def call(step: str, command: Sequence[str | Path], **environment: str) -> str:
    """Run one program and return what it said. Raises Stopped naming `step`."""
    words = [str(word) for word in command]
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
    try:
        done = subprocess.run(
            words,
            env=kept | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise Stopped(f"{step}: {words[0]}: {error.strerror}") from error
    if done.returncode != 0:
        last = [line.strip() for line in done.stdout.splitlines() if line.strip()][-5:]
        raise Stopped("\n  | ".join([f"{step} failed ({done.returncode})", *last]))
    return done.stdout


def _make(folder: Path) -> str:
    python = folder / "bin" / "python"
    # With pip outside it nothing has to be taken out again; Debian's own Python has none.
    has_pip = importlib.util.find_spec("pip") is not None
    bare = ["--without-pip"] if has_pip else []
    call("making the environment", [sys.executable, "-m", "venv", *bare, folder])
    pip: list[str | Path] = (
        [sys.executable, "-m", "pip", "--python", python] if has_pip else [python, "-m", "pip"]
    )
    # The pins are complete, so nothing is to be resolved. What a start reads is compiled by one.
    install: list[str | Path] = [*pip, "install", *_QUIETLY, "--no-deps", "--no-compile"]
    # Wheels only: the set-up script of a source would run as whoever installs it.
    hashed: list[str | Path] = [*install, "--require-hashes", "--only-binary", ":all:"]
    call("installing packages", [*hashed, "-r", REQUIREMENTS / "site.txt"])
    with tempfile.TemporaryDirectory(prefix="orderbell-") as tools:
        pins = REQUIREMENTS / "build.txt"
        call("installing build tools", [*hashed, "--target", tools, "-r", pins])
        building: list[str | Path] = [*install, "--no-build-isolation", "--no-index", SOURCE]
        call("installing Orderbell", building, PYTHONPATH=tools)
    if not has_pip:
        # Nothing is ever installed into it again: the next version is a folder of its own.
        call("removing pip", [*pip, "uninstall", *_QUIETLY[:3], "--yes", "pip", "setuptools"])
    call("compiling", [python, "-I", "-c", _COMPILE])
    return call("starting Orderbell", [folder / "bin" / "orderbell", "--version"]).split()[-1]


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 done, 1 could not, 2 not understood."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        print(__doc__)
        return 2
    try:
        print(f"release.py: Orderbell {make(Path(arguments[0]).absolute())}")
    except (Stopped, OSError) as reason:
        print(f"release.py: {reason}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
