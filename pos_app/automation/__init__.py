"""Rules as data and their evaluation as a pure function: it returns intents and sends nothing."""
