"""What a running site asks of the kernel, against what its unit lets it have.

There is no systemd here that would enforce it; the calls of a whole life of the site are traced,
and each is looked up in systemd's own lists.
"""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

from tests.hosting.shipped import SITE

UNIT = (SITE / "systemd/orderbell-site.service").read_text("utf-8")


@cache
def groups() -> dict[str, set[str]]:
    """Every list of calls that systemd knows, with what stands in it."""
    listed = subprocess.run(
        ["systemd-analyze", "syscall-filter"], capture_output=True, text=True, check=True
    )
    found: dict[str, set[str]] = {}
    members: set[str] = set()
    for line in listed.stdout.splitlines():
        if line.startswith("@"):
            members = found.setdefault(line.strip(), set())
        elif line.startswith("    ") and not line.strip().startswith("#"):
            members.add(line.strip())
    return found


def calls(group: str) -> set[str]:
    members = groups()[group]
    return {name for member in members for name in _named(member)}


def _named(member: str) -> set[str]:
    return calls(member) if member.startswith("@") else {member}


def allowed() -> set[str]:
    """What the unit's lines come to, one after the other, as systemd reads them."""
    left: set[str] = set()
    for line in re.findall(r"^SystemCallFilter=(.*)$", UNIT, re.MULTILINE):
        named = {name for group in line.lstrip("~").split() for name in calls(group)}
        left = left - named if line.startswith("~") else left | named
    return left


def traced(log: Path) -> list[tuple[str, str]]:
    """`(call, arguments)` of every call in the log."""
    lines = log.read_text("utf-8", "replace").splitlines()
    found = [re.match(r"(?:\d+ +)?(\w+)\((.*)", line) for line in lines]
    return [(call[1], call[2]) for call in found if call]


def families() -> set[str]:
    """The kinds of sockets that the unit lets it open."""
    (line,) = re.findall(r"^RestrictAddressFamilies=(.*)$", UNIT, re.MULTILINE)
    return set(line.split())
