"""Backups: made, proven, thinned, put back; and copies that nobody meant to make."""
