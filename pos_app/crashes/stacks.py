"""An exception as it may be sent on: kinds, files, lines and functions; no value anywhere."""

from __future__ import annotations

import hashlib
import re
import sys
import traceback
from dataclasses import dataclass
from types import TracebackType

from pos_app.crashes.plain import names_in, plain

MOST_FRAMES = 60
MOST_LINKS = 8
_OURS = re.compile(r"(?:^|[/\\])((?:pos_app|ui|tests)[/\\].+\.py)\Z")
_PACKAGE = re.compile(r"[/\\](?:site|dist)-packages[/\\](.+\.py)\Z")
_PYTHON = re.compile(r"[/\\](?:lib[/\\])?python\d[\d.]*[/\\](.+\.py)\Z")


@dataclass(frozen=True, slots=True)
class Frame:
    """One call; `file` is told from its package on, never from this computer's root."""

    file: str
    line: int
    function: str


@dataclass(frozen=True, slots=True)
class Link:
    """One exception of a chain. `kind` is its class, `said` what may be repeated of its words."""

    kind: str
    said: str
    stack: tuple[Frame, ...]


def chain_of(error: BaseException) -> tuple[Link, ...]:
    """`error`, then what led to it, the nearest cause first."""
    found: list[Link] = []
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen and len(found) < MOST_LINKS:
        seen.add(id(at))
        found.append(_link(at))
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return tuple(found)


def text_of(chain: tuple[Link, ...]) -> str:
    """The same for a log: one line per call, the failing one last."""
    lines = []
    for link in chain:
        lines += [f"  {frame.file}:{frame.line} {frame.function}" for frame in link.stack]
        lines.append(f"{link.kind}: {link.said}" if link.said else link.kind)
    return "\n".join(lines)


def signature_of(chain: tuple[Link, ...]) -> str:
    """Equal for the same bug met again: kinds and places, twelve hex digits."""
    places = [(link.kind, [(f.file, f.line) for f in link.stack]) for link in chain]
    return hashlib.sha256(repr(places).encode()).hexdigest()[:12]


def file_of(path: str) -> str:
    """A source's name without this computer's folders: whose home they lie in is nobody's."""
    for shape in (_PACKAGE, _OURS, _PYTHON):
        found = shape.search(path)
        if found is not None:
            return found[1].replace("\\", "/")
    return "<code>"


def _link(error: BaseException) -> Link:
    kind = type(error)
    where = "" if kind.__module__ == "builtins" else f"{kind.__module__}."
    frames = list(_frames(error.__traceback__))
    known = frozenset[str]().union(*(names for _, names in frames))
    stack = tuple(frame for frame, _ in frames[-MOST_FRAMES:])
    return Link(f"{where}{kind.__qualname__}", plain(_words(error), known), stack)


def _words(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # noqa: BLE001 - a report must not fail with what it reports
        return ""


def _frames(trace: TracebackType | None) -> list[tuple[Frame, frozenset[str]]]:
    found = []
    for frame, line in traceback.walk_tb(trace):
        code = frame.f_code
        name = sys.intern(code.co_name)
        found.append((Frame(file_of(code.co_filename), line, name), names_in(code)))
    return found
