"""Acts of the desk, in the shop's words."""
