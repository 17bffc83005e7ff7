"""Where a bundle begins: the command line, as in every other installation."""

from pos_app.cli import main

raise SystemExit(main())
