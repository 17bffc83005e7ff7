"""Auto-messages: eight plain switches, and the rules behind them."""
