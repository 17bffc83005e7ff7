"""The screen of the auto-messages, by hand."""
