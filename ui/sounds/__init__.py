"""Sounds: when a screen rings, and the system's own player that does it."""
