"""Pure values of a shop: no disk, no network, no clock of its own."""
