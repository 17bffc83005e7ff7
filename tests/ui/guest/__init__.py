"""The display that guests look at."""
