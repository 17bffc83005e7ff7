"""Alembic migrations of the till's store: expand now, contract a release later."""
