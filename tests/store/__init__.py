"""The store: its file, its doors, several processes on it."""
