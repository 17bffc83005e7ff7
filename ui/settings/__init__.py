"""What the owner decides: first start and the settings."""
