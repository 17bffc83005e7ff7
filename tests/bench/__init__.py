"""Speed as ratios against references of the same run: `python -m tests.bench NAME`."""
