"""Dispatch, as the expediter uses it."""
