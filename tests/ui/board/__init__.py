"""Tests of the board, offscreen, on a real shop."""
