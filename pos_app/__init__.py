"""Orderbell's core: everything a shop can do, without a window."""

__version__ = "0.1.0"
