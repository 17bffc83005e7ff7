"""The pins of packaging/requirements/*.txt: what is installed, by which hashes, for whom."""

from __future__ import annotations

import re
from dataclasses import dataclass

from steps import REQUIREMENTS

OURS = "orderbell"
_PIN = re.compile(r"^([\w.-]+)==([^\s;\\]+)(?:\s*;\s*([^\\]+?))?\s*\\?$")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_VIA = re.compile(r"^\s+#\s+(?:via\s+)?(?!-c\b)([\w.-]+)")


@dataclass(frozen=True)
class Pin:
    """`marker` says on which systems (empty: on all), `wanted_by` names who needs it."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    wanted_by: tuple[str, ...]


def read(name: str) -> list[Pin]:
    """The pins of one file, such as `desktop.txt`, in its order."""
    return parsed((REQUIREMENTS / name).read_text(encoding="utf-8"))


def parsed(text: str) -> list[Pin]:
    """The same of its text."""
    found: list[Pin] = []
    for block in re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE):
        first, _, rest = block.partition("\n")
        match = _PIN.match(first)
        if match is None:
            continue
        wanted = [via[1] for line in rest.splitlines() if (via := _VIA.match(line))]
        found.append(
            Pin(
                match[1],
                match[2],
                (match[3] or "").strip(),
                tuple(_HASH.findall(rest)),
                tuple(name for name in wanted if name != "via"),
            )
        )
    return found
