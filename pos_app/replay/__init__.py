"""Real sales of the past, played through the desk: load to look at, and a proof that all arrive."""
