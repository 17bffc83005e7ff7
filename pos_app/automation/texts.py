"""What a customer reads: rendered when it is sent, from fields, in his language."""

from __future__ import annotations

from pos_app.automation.wording.fields import TextFields
from pos_app.automation.wording.rendering import LONGEST
from pos_app.automation.wording.rendering import render as _render
from pos_app.automation.wording.sms import sms_parts
from pos_app.automation.wording.standard import standard_text

__all__ = ["LONGEST", "TextFields", "render", "sms_parts"]


def render(about: str, language: str, fields: TextFields) -> str:
    """The standard text of one message; parts that would be empty are left out whole."""
    return _render(standard_text(about, language), fields)
