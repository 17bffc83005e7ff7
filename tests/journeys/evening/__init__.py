"""A whole evening, played by hands on real screens and phones, and counted by the script itself.

    python -m tests.journeys.evening [--long] [--keep FOLDER]

Several processes work on one store: counter, kitchen, pass, the guests' display, and the desk of
another computer that takes what comes by telephone. Around them stand the hosted site, the SMS
phone behind Prism, a receipt printer, a guest's and a courier's browser. Whoever works there
touches what a person would touch. The orders are those of two real rush hours of a pizza place.
"""
