"""`lock`: pin everything again, with hashes, for every system at once, by uv.

The development pins come first and bind the others, so that tests run with exactly the versions
that a shop gets.
"""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

from steps import BUILD, REQUIREMENTS, ROOT, Stopped, call, say

EXTRAS = {
    "dev.txt": ("desktop", "site", "test", "bundle"),
    "bundle.txt": ("desktop", "site", "bundle"),
    "desktop.txt": ("desktop", "site"),
    "site.txt": ("site",),
}
OPTIONS = ("--universal", "--generate-hashes", "--no-header", "--python-version", "3.11", "--quiet")


def lock(*, upgrade: bool) -> None:
    """Write packaging/requirements/*.txt. Raises Stopped when uv is missing or cannot resolve."""
    if shutil.which("uv") is None:
        raise Stopped("pinning needs uv, which is not installed. Install it with: pipx install uv")
    for name, extras in EXTRAS.items():
        wanted = [word for extra in extras for word in ("--extra", extra)]
        _compile(name, [ROOT / "pyproject.toml", *wanted], upgrade)
    _compile("build.txt", [_build_requirements()], upgrade)


def _compile(name: str, source: list[str | Path], upgrade: bool) -> None:
    target = REQUIREMENTS / name
    bound: list[str | Path] = [] if name == "dev.txt" else ["-c", REQUIREMENTS / "dev.txt"]
    more = ["--upgrade"] if upgrade else []
    command = ["uv", "pip", "compile", *_relative([*source, *bound]), *OPTIONS, *more]
    say(f"pins: {target.relative_to(ROOT)}")
    call(f"pinning {name}", [*command, "-o", target.relative_to(ROOT)])
    if "://" in target.read_text(encoding="utf-8"):
        raise Stopped(f"{target.relative_to(ROOT)} holds an address; pins must work with any index")


def _relative(words: list[str | Path]) -> list[str]:
    """uv repeats paths in its comments: none of them may be a path of this machine."""
    return [str(w.relative_to(ROOT)) if isinstance(w, Path) else w for w in words]


def _build_requirements() -> Path:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    BUILD.mkdir(exist_ok=True)
    source = BUILD / "build.in"
    source.write_text("\n".join(project["build-system"]["requires"]) + "\n", encoding="utf-8")
    return source
