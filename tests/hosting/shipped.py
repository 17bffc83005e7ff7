"""The scripts of packaging/site as modules: on a server they stand alone, beside one another."""

from __future__ import annotations

import sys

from tests.support.sources import ROOT

SITE = ROOT / "packaging/site"

sys.path.insert(0, str(SITE))
try:
    import files
    import host
    import proxy
    import release
    import services
finally:
    sys.path.remove(str(SITE))

__all__ = ["SITE", "files", "host", "proxy", "release", "services"]
