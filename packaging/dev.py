#!/usr/bin/env python3
"""The two commands of the README, and what a maintainer needs beside them.

python3 packaging/dev.py run [arguments]   set up what is missing, open the application
python3 packaging/dev.py test [arguments]  set up what is missing, run all tests (pytest)
python3 packaging/dev.py setup [--run]     only the set-up; --run leaves out what tests need
python3 packaging/dev.py lock [--upgrade]  pin packaging/requirements/*.txt again
python3 packaging/dev.py sbom              write dist/*.cdx.json: what ships, by its pins
python3 packaging/dev.py manifest ARGS     sign what is told of a release (--help)
python3 packaging/dev.py bundle [--tar] [--deb]  the program to install, in dist/

Only the standard library. This file also parses on older Pythons, to say so in one sentence.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (the one place that meets an older Python)
    sys.exit(
        "Orderbell needs Python 3.11 or newer; this is {}.{}.{} ({}).\n"
        "Install a newer one and call it by name: python3.11 packaging/dev.py {}".format(
            *sys.version_info[:3], sys.executable, " ".join(sys.argv[1:]) or "run"
        )
    )

import bundling
import maintaining
import pins
import setting_up
import starting
from steps import Stopped, say


def main(arguments: list[str]) -> int:
    """Do one command; returns the exit code (0 done, 1 could not, 2 not understood)."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command == "run":
        return starting.run(rest)
    if command == "test":
        return starting.test(rest)
    if command == "setup" and rest in ([], ["--run"]):
        setting_up.ensure("run" if rest else "test")
        say("set-up is complete")
        return 0
    if command == "lock" and rest in ([], ["--upgrade"]):
        pins.lock(upgrade=bool(rest))
        return 0
    if command in maintaining.COMMANDS:
        return maintaining.run(command, rest)
    if command == "bundle" and set(rest) <= {"--tar", "--deb"}:
        return bundling.bundle(rest)
    print(__doc__)
    return 0 if command in ("help", "-h", "--help") else 2


def _guarded() -> int:
    try:
        return main(sys.argv[1:])
    except Stopped as reason:
        print(f"dev.py: {reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("dev.py: interrupted; call it again to go on", file=sys.stderr)
        return 130
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        print(f"dev.py: {error.strerror or error}{where}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(_guarded())
