"""Rules and texts: pure, so every test is a question and its answer."""
