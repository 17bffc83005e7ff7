"""What a process did to its files, read from `strace -f -y -xx`: calls with their data.

A call is one line, or two when another thread came in between: `<unfinished ...>` where it
entered the kernel, `<... NAME resumed>` where it left. Line numbers are the clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

CALLS = (
    "openat", "write", "pwrite64", "pwritev", "ftruncate", "fallocate", "fsync", "fdatasync",
    "unlink", "unlinkat", "rename", "renameat", "renameat2",
)  # fmt: skip
"""Whatever changes a file or makes a change last, as SQLite and Python call it on Linux."""
OPTIONS = ("-f", "--seccomp-bpf", "-y", "-xx", "-s", "70000", "-e", "trace=" + ",".join(CALLS))

NEVER = 1 << 62
_LINE = re.compile(r"(\d+) +(\w+)\((.*)", re.DOTALL)
_RESUMED = re.compile(r"(\d+) +<\.\.\. (\w+) resumed>(.*)", re.DOTALL)
_TEXT = re.compile(r"\"((?:\\x[0-9a-f]{2})*)\"(\.\.\.)?")
_DESCRIPTOR = re.compile(r"^\d+<((?:\\x[0-9a-f]{2})*)>")
_RESULT = re.compile(r"= (-?\d+)(?:<((?:\\x[0-9a-f]{2})*)>)?[^=]*$")
_UNFINISHED = "<unfinished ...>"


@dataclass(frozen=True, slots=True)
class Call:
    """One call. `begun` and `ended` are line numbers; NEVER when its end is not in the log.

    `path` is the file that it changes, empty when it failed or changes none; `numbers` are its
    plain arguments (`pwrite64`: length and offset, `ftruncate`: length).
    """

    name: str
    path: str
    data: bytes
    numbers: tuple[int, ...]
    flags: str
    begun: int
    ended: int
    result: int


def calls(log: Iterable[str]) -> list[Call]:
    """Every call of the log in the order of its beginning."""
    return sorted(_paired(log), key=lambda call: call.begun)


def _paired(log: Iterable[str]) -> Iterator[Call]:
    open_calls: dict[str, Call] = {}
    for number, line in enumerate(log):
        if begun := _LINE.match(line):
            thread, name, rest = begun.groups()
            call = _call(name, rest, number)
            if rest.rstrip().endswith(_UNFINISHED):
                open_calls[thread] = replace(call, ended=NEVER)
            else:
                yield call
        elif (ended := _RESUMED.match(line)) and ended[1] in open_calls:
            call = open_calls.pop(ended[1])
            result, path = _result(ended[3])
            yield replace(call, ended=number, result=result, path=call.path or path)
    yield from open_calls.values()


def _call(name: str, rest: str, number: int) -> Call:
    texts = _TEXT.findall(rest)
    if any(cut for _, cut in texts):
        raise ValueError(f"line {number}: strace has cut what was written")
    result, opened = _result(rest)
    descriptor = _DESCRIPTOR.match(rest)
    path, data = _decoded(descriptor[1]).decode() if descriptor else "", b""
    if name in ("openat", "unlink", "unlinkat", "rename", "renameat", "renameat2"):
        path = opened if name == "openat" else _decoded(texts[-1][0]).decode()
    elif texts:
        data = b"".join(_decoded(text) for text, _ in texts)
    plain = _DESCRIPTOR.sub("", _TEXT.sub("", rest)).partition(")")[0].removesuffix(_UNFINISHED)
    numbers = tuple(int(found) for found in re.findall(r"(?<![\w<])\d+(?![\w>])", plain))
    flags = plain if name == "openat" else ""
    return Call(name, path, data, numbers, flags, number, number, result)


def _result(rest: str) -> tuple[int, str]:
    found = _RESULT.search(rest.rstrip())
    if not found:
        return 0, ""
    return int(found[1]), _decoded(found[2] or "").decode()


def _decoded(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))
