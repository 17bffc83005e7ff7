"""The application as it is started on a board; says when its open orders can be tapped."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def main() -> int:
    """Arguments: the data folder, how many tickets have to stand on the board, and `--inside`.

    With that, it also prints what had been made and imported by then, and nothing that may come
    a moment later does come.
    """
    # As `orderbell` begins: the command line, then the core, and only then the window.
    from pos_app import cli, launch

    arguments = cli.read(["--data", sys.argv[1], "--screen", "board"])
    launch.read_in()
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from ui import app, down, idle_moments
    from ui.app import Program
    from ui.main_window import MainWindow

    inside = "--inside" in sys.argv
    if inside:
        app.SCREEN_FIRST_MS = idle_moments.FIRST_MS = down.ASK_MS = 3_600_000
    application = QApplication(["orderbell"])
    program = Program(Path(arguments.data), screen=arguments.screen)
    expected = int(sys.argv[2])
    ready_at = [0.0]

    def look() -> None:
        window = program.window
        if not isinstance(window, MainWindow):
            return
        columns = window.board.columns.all
        if sum(column.model.tickets for column in columns) == expected:
            looking.stop()
            window.repaint()
            ready_at[0] = time.time()
            if inside:
                made = sorted(window.screens.made)
                print(json.dumps({"made": made, "modules": list(sys.modules)}))
            application.quit()

    looking = QTimer()
    looking.setInterval(1)
    looking.timeout.connect(look)
    try:
        program.begin()
        looking.start()
        application.exec()
    finally:
        program.end()
    print(ready_at[0])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
