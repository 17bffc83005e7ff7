"""Tests often run as root, whom no file mode stops: this gives that privilege away for a while."""

from __future__ import annotations

import ctypes
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# linux/capability.h: the rights to write, read and own whatever the modes say.
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 1, 2
_VERSION_3 = 0x20080522


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Set(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


@contextmanager
def read_only(*files: Path) -> Iterator[None]:
    """These files and folders cannot be written by this thread, nor by threads it starts."""
    modes = [(file, stat.S_IMODE(file.stat().st_mode)) for file in files]
    for file, mode in modes:
        file.chmod(mode & ~0o222)
    try:
        with _bound_by_modes():
            yield
    finally:
        for file, mode in modes:
            file.chmod(mode)


@contextmanager
def _bound_by_modes() -> Iterator[None]:
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header, kept = _Header(_VERSION_3, 0), (_Set * 2)()
    _ask(libc.capget(ctypes.byref(header), ctypes.byref(kept)))
    less = (_Set * 2)()
    ctypes.memmove(less, kept, ctypes.sizeof(kept))
    less[0].effective &= ~(1 << _CAP_DAC_OVERRIDE | 1 << _CAP_DAC_READ_SEARCH)
    _ask(libc.capset(ctypes.byref(header), ctypes.byref(less)))
    try:
        yield
    finally:
        _ask(libc.capset(ctypes.byref(header), ctypes.byref(kept)))


def _ask(answer: int) -> None:
    if answer != 0:
        raise OSError(ctypes.get_errno(), "the kernel refused to change this thread's rights")
