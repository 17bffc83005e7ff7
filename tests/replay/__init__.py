"""Real sales played through the desk."""
