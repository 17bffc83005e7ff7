"""The desktop's screens. No SQL and no HTTP: they ask the desk in the background."""
