"""The kitchen's screen, touched by a finger."""
