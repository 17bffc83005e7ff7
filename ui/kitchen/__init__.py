"""The kitchen's board: one flowing grid of tickets, read from where the cook stands."""
