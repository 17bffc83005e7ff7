"""Tests, mirroring the packages; `support` holds what several of them use."""
