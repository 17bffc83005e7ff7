"""What till and site say to each other."""
