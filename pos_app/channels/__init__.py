"""How a message leaves the shop: one module per way out; reads and writes no orders."""
