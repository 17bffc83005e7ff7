"""`sbom` and `manifest`: what a maintainer makes for a release, by the project's own Python.

They read installed packages and sign, for which the standard library is not enough.
"""

from __future__ import annotations

import subprocess

import setting_up
from steps import PYTHON, ROOT

COMMANDS = {"sbom": "sbom.py", "manifest": "manifest.py"}


def run(command: str, arguments: list[str]) -> int:
    """Do it in the environment of a shop; returns its exit code."""
    setting_up.ensure("run")
    program = ROOT / "packaging" / COMMANDS[command]
    return subprocess.run([str(PYTHON), str(program), *arguments], check=False).returncode
