"""What a text is to lanes and rules: its fields, and how many SMS it takes."""

from __future__ import annotations

from pos_app.automation.wording.fields import TextFields
from pos_app.automation.wording.sms import sms_parts

__all__ = ["TextFields", "sms_parts"]
