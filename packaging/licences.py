"""The licence gate: what a shop gets must be permissive, MPL or LGPL.

Reads the installed metadata of every package pinned for the desktop and for the site. Run by the
project's own Python: .venv/bin/python packaging/licences.py. Exit code 1 names what is not allowed,
and also what says nothing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution

import pinned

AT_RUN_TIME = ("desktop.txt", "site.txt")

ALLOWED = re.compile(
    r"0BSD|Apache|BSD|CC0|HPND|ISC|LGPL|Lesser General Public|MIT|MPL|Mozilla|PSF|Python|"
    r"Unlicense|Zlib",
    re.IGNORECASE,
)
FORBIDDEN = re.compile(
    r"\b(?:A|)GPL|(?<!Lesser )General Public|SSPL|BUSL|Commons Clause|Proprietary"
)


def allowed(licence: str) -> bool:
    """Whether one of the alternatives (`A OR B`) is allowed as a whole (`A AND B`)."""
    alternatives = re.split(r"\s+OR\s+|\s*;\s*", licence.strip("() "))
    return any(
        ALLOWED.search(alternative) is not None and FORBIDDEN.search(alternative) is None
        for alternative in alternatives
    )


def stated(package: Distribution) -> str:
    """The package's own statement: SPDX expression, else its classifiers, else its short text."""
    metadata = package.metadata
    if "License-Expression" in metadata:
        return metadata["License-Expression"]
    classifiers = [
        line.rpartition("::")[2].strip()
        for line in metadata.get_all("Classifier") or []
        if line.startswith("License ::") and line.count("::") > 1
    ]
    if classifiers:
        return " OR ".join(classifiers)
    return metadata["License"].partition("\n")[0] if "License" in metadata else ""


def refused(names: Iterable[str]) -> tuple[int, list[str]]:
    """How many of the packages `names` are installed, and those that a shop must not get."""
    seen, found = 0, []
    for name in names:
        try:
            licence = stated(distribution(name))
        except PackageNotFoundError:
            continue  # pinned for another operating system
        seen += 1
        if not allowed(licence):
            found.append(f"{name}: {licence or 'says nothing'}")
    return seen, found


def main() -> int:
    """Print every refused package; 0 when there is none."""
    nothing_read = False
    everything: list[str] = []
    for file in AT_RUN_TIME:
        seen, found = refused(pin.name for pin in pinned.read(file))
        everything += found
        nothing_read = nothing_read or not seen
        print(f"licences: {file}: {seen} packages read, {len(found)} refused")
    for line in sorted(set(everything)):
        print(f"licences: {line}")
    return 1 if everything or nothing_read else 0


if __name__ == "__main__":
    sys.exit(main())
