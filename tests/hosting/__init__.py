"""A host's site: its environment, units, proxies and container files, as they are shipped."""
