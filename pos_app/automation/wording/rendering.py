"""A template and an order's fields become what a guest reads; bounded whatever is in either.

Values never meet a rule: they stand in the text as marks while the words around empty ones are
settled, and come in at the very end. So nothing that a guest is called is ever read as a template
or tidied.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pos_app.automation.wording.clauses import EMPTY, VALUE, settled
from pos_app.automation.wording.fields import FIELDS, TextFields, one_kind_of_breaks, values
from pos_app.errors import BadInput

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.sandbox import SandboxedEnvironment

LONGEST, LONGEST_SUBJECT = 2_000, 150
_OPEN, _CLOSE = "\ufdd2", "\ufdd3"
_FILLED = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")


def checked(text: str, names: Collection[str] = FIELDS) -> str:
    """`text` as it is to be stored. Raises BadInput naming the field `text` and the line."""
    tidy = one_kind_of_breaks(text).strip()
    used(tidy, names)
    return tidy


def checked_subject(text: str) -> str:
    """The line above a text, as it is to be stored. Raises BadInput, field `subject`."""
    tidy = " ".join(one_kind_of_breaks(text).split())
    if len(tidy) > LONGEST_SUBJECT:
        raise BadInput("subject", "At most {most} characters", most=LONGEST_SUBJECT)
    try:
        used(tidy)
    except BadInput as error:
        error.field = "subject"
        raise
    return tidy


def used(text: str, names: Collection[str] = FIELDS) -> frozenset[str]:
    """The fields that `text` names. Raises BadInput."""
    from pos_app.automation.wording.grammar import check

    return check(_environment(), text, names)


def render(text: str, fields: TextFields) -> str:
    """At most 2,000 characters; empty when nothing is left to say. Raises BadInput.

    What is compiled was checked in the same breath, wherever the template comes from.
    """
    return whole(text, fields)[:LONGEST].rstrip()


def whole(text: str, fields: TextFields) -> str:
    """What `render` cuts: a preview tells what would be lost."""
    marked = _compiled(text).render(values(fields))
    filled = _FILLED.findall(marked)
    skeleton = settled(_FILLED.sub(VALUE, marked))
    left = iter(filled)
    return re.sub(VALUE, lambda _: next(left), skeleton).strip()


@lru_cache(maxsize=128)
def _compiled(text: str) -> Template:
    used(text)
    return _environment().from_string(text)


@cache
def _environment() -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    # A text is no HTML: ways out that send HTML escape it as a whole.
    environment = SandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,
        finalize=_marked,
    )
    environment.globals.clear()
    environment.tests.clear()
    environment.filters.clear()
    environment.filters.update(
        upper=str.upper, lower=str.lower, default=_default, truncate=_truncated
    )
    return environment


def _marked(value: str) -> str:
    return f"{_OPEN}{value}{_CLOSE}" if value else EMPTY


def _default(value: str, instead: str) -> str:
    return value or instead


def _truncated(value: str, most: int) -> str:
    # Three dots: the one sign for them would double what an SMS costs.
    if len(value) <= most:
        return value
    return value[: most - 3].rstrip() + "..." if most > 3 else value[:most]
