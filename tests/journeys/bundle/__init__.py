"""What people install, used as people use it: see `__main__`."""
