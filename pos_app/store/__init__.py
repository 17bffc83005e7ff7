"""The only SQL of the till. SQLite first; nothing here that PostgreSQL could not take."""
