"""Our adapters, judged by their providers' own descriptions."""
