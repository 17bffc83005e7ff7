"""Tests of packaging/: the set-up's own decisions, and the licence gate."""
