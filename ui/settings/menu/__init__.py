"""The menu in the settings: a list, forms and files, each a part of its own."""
