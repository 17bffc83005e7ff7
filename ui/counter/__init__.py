"""The counter: an order entered in a few taps."""
