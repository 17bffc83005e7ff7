"""What the kitchen and the counter did with an order, in the words of its history."""

from __future__ import annotations

from ui.words import _


def kitchen_words(kind: str) -> str:
    """`made again`: a line of the history in small letters; empty for what happens elsewhere."""
    return {
        "seen": _("allergy or change was seen"),
        "question_asked": _("the kitchen asks the counter"),
        "question_answered": _("the counter has answered"),
        "allergy_changed": _("the allergy was changed"),
        "note_changed": _("the note was changed"),
        "line_remade": _("a dish is made again"),
        "rushed": _("put first"),
        "unrushed": _("no longer first"),
        "promise_moved": _("promised later"),
        "held": _("on hold"),
        "fired": _("fired"),
        "entered_kitchen": _("entered the kitchen"),
        "correction_told": _("the guest is told: not ready yet"),
    }.get(kind, "")
