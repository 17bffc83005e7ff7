"""The ends of a shift: catch-up and the close of the day."""
