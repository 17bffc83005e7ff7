"""Faults on purpose: `python -m tests.faults NAME [--long] [--sabotage NAME]`."""
