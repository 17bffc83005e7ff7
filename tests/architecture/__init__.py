"""Tests of the project's bones: import contracts, house rules, the leak detectors themselves."""
