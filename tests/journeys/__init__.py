"""Whole evenings with real parts: processes, windows, browsers, gateways."""
