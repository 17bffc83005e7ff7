"""Which shared libraries of a bundle somebody in it needs: read from the files, by `objdump`.

A plugin that stays out leaves behind the libraries that only it wanted; nobody else knows them.
Linux only: elsewhere PyInstaller collects next to nothing of the system.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)$", re.MULTILINE)
_GLIBC = re.compile(r"\bGLIBC_(\d+(?:\.\d+)+)$", re.MULTILINE)
_LIBRARY = re.compile(r"^lib[^/]*\.so(\.|$)")
_AT_ONCE = 100


def is_elf(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(4) == b"\x7fELF"


def needed(files: Iterable[Path]) -> dict[Path, set[str]]:
    """What each of these ELF files asks the loader for."""
    return {file: set(_NEEDED.findall(said)) for file, said in _described(files)}


def wanted_by(files: Iterable[Path]) -> set[str]:
    """All that these files ask for together."""
    return set().union(*needed(files).values())


def newest_glibc(files: Iterable[Path]) -> str:
    """The oldest release of the C library that has everything these files use."""
    found: set[str] = {one for _, said in _described(files) for one in _GLIBC.findall(said)}
    return max(found, key=lambda version: [int(part) for part in version.split(".")])


def _described(files: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """Each file with what `objdump -p` says of it."""
    left = list(files)
    while left:
        some, left = left[:_AT_ONCE], left[_AT_ONCE:]
        command = ["objdump", "-p", *map(str, some)]
        english = {**os.environ, "LC_ALL": "C"}
        said = subprocess.run(
            command, capture_output=True, text=True, check=True, env=english
        ).stdout
        for file in some:
            _, _, after = said.partition(f"{file}:     file format")
            yield file, after.partition(":     file format")[0]


def unneeded(files: Mapping[str, Path]) -> set[str]:
    """The libraries among `files` (name in the bundle → ELF file) that nothing else leads to.

    Whatever is no library, Qt's plugins and Python's own library are loaded by name.
    """
    wants = needed(files.values())
    by_file_name: dict[str, list[str]] = {}
    for name in files:
        by_file_name.setdefault(name.rpartition("/")[2], []).append(name)
    reached = {name for name in files if not is_library(name)}
    to_do = list(reached)
    while to_do:
        for library in wants[files[to_do.pop()]]:
            for name in by_file_name.get(library, []):
                if name not in reached:
                    reached.add(name)
                    to_do.append(name)
    return set(files) - reached


def is_library(name: str) -> bool:
    """Whether the loader finds this file by what others need, and nobody asks for it by name."""
    file = name.rpartition("/")[2]
    by_name = "/plugins/" in name or file.startswith("libpython")
    return _LIBRARY.match(file) is not None and not by_name


def elf_files(folder: Path) -> list[Path]:
    """The programs and libraries below `folder`, without links to them."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink() and is_elf(path)
    )
