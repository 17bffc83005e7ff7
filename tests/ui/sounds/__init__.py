"""Tests of ui.sounds."""
