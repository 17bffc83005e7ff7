"""The lanes, against real sites, gateways and printers on 127.0.0.1."""
