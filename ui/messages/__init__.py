"""The screen of all texts to guests."""
