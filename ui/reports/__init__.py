"""Reports: one page about one day, and the orders behind each number."""
