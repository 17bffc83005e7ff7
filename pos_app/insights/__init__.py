"""What a day was like, computed from its rows: nothing is stored here, and nothing is guessed.

Read-only, so that screens may ask it themselves, in the background.
"""

from pos_app.insights.day import day_before, days, yesterday
from pos_app.insights.values import Yesterday

__all__ = ["Yesterday", "day_before", "days", "yesterday"]
