"""Settings, Channels, by hand."""
