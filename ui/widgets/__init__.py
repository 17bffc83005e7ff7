"""Parts that several screens are made of: small, without a shop behind them."""
