"""Pictures of the board as it runs, to be looked at: `python -m tests.support.pictures board`.

--to FOLDER   where the PNG files go (default: build/pictures)
--shared DIR  where the shared data lies (default: ../shared beside the project)
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SIZES = ((1366, 768), (1920, 1080))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("what", choices=["board"])
    parser.add_argument("--to", type=Path, default=ROOT / "build" / "pictures")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--scale", type=int, default=1, help="device pixels per pixel")
    chosen = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = str(chosen.scale)
    chosen.to.mkdir(parents=True, exist_ok=True)
    from PySide6.QtWidgets import QApplication

    from pos_app.receipts.paint import load_fonts
    from tests.support.board_pictures import take

    application = QApplication([])
    load_fonts()
    sizes = SIZES if chosen.scale == 1 else ((1366, 768),)
    for language in ("en", "uk"):
        with tempfile.TemporaryDirectory() as folder:
            for file in take(Path(folder), chosen.to, chosen.shared, language, sizes, chosen.scale):
                print(file)
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
