"""The site, real and on 127.0.0.1."""
