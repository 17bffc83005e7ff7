"""Slips, from values to the dots on paper."""
