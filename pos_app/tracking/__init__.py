"""The site: what guests open, and what tills push to. It knows no customer."""
