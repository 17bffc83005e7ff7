"""What till and site say to each other: tokens, links, signatures, envelopes, snapshots."""
