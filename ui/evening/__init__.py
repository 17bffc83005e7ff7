"""Beginning and end of a shift: catch up after a power cut, close the day."""
