"""Orders found again: number, phone or name."""
