"""What is wrong with a rule before it is saved or imported, and in which part of it.

Every rule that is switched on has passed here, so the engine meets no value that it cannot read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pos_app.automation import condition_checks, step_checks
from pos_app.automation.conditions import depth, flat
from pos_app.automation.known import Known
from pos_app.automation.model import OF_STATUS, OF_STAY, OF_TIME, On, Once, Rule, Trigger
from pos_app.automation.readable import (
    is_kind,
    is_name,
    is_printable,
    is_status,
    is_time,
    is_uid,
    is_words,
)
from pos_app.domain.workflow import Kind, Phase, has_ended
from pos_app.errors import BadInput
from pos_app.language import Texts

MOST_CONDITIONS = 20
MOST_STEPS = 10
DEEPEST_GROUPS = 3
LONGEST_NAME = 80
MOST_MINUTES = 7 * 24 * 60


class Part(StrEnum):
    """Where in a rule a problem stands."""

    NAME = "name"
    TRIGGER = "trigger"
    CONDITIONS = "conditions"
    CONDITION = "condition"
    STEPS = "steps"
    STEP = "step"
    OPTIONS = "options"


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a rule; `no` of `of`, from 1, where there are several."""

    part: Part
    no: int = 0
    of: int = 0

    def words(self, texts: Texts) -> str:
        """`condition 2 of 3`, in the language of `texts`."""
        _ = texts.gettext
        match self.part:
            case Part.NAME:
                return _("name")
            case Part.TRIGGER:
                return _("trigger")
            case Part.CONDITIONS:
                return _("conditions")
            case Part.CONDITION:
                return _("condition {no} of {of}").format(no=self.no, of=self.of)
            case Part.STEPS:
                return _("steps")
            case Part.STEP:
                return _("step {no} of {of}").format(no=self.no, of=self.of)
            case Part.OPTIONS:
                return _("options")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: `field` is the attribute of that part, `error` says the words.

    `error.field` names the place in English, for the command line.
    """

    place: Place
    field: str
    error: BadInput

    def words(self, texts: Texts) -> str:
        """`condition 2 of 3: There is no status “done”.`"""
        told = self.error.told(texts.gettext)
        said = " ".join(part for part in (told.title, told.message, told.hint) if part)
        return f"{self.place.words(texts)}: {said}"


def problems(rule: Rule, known: Known) -> tuple[Problem, ...]:
    """Everything that is wrong with `rule` in a shop that has what `known` says."""
    return tuple(_problems(rule, known))


def refuse(rule: Rule, known: Known) -> None:
    """Raise the first problem of `rule`, a BadInput that names the place; nothing when it is
    well.
    """
    for problem in _problems(rule, known):
        raise problem.error


def _problems(rule: Rule, known: Known) -> Iterator[Problem]:
    yield from _at(Place(Part.NAME), _of_name(rule))
    yield from _at(Place(Part.TRIGGER), _of_trigger(rule.trigger))
    yield from _at(Place(Part.CONDITIONS), _of_groups(rule))
    conditions = tuple(flat(rule.when))
    for no, condition in enumerate(conditions[:MOST_CONDITIONS], start=1):
        place = Place(Part.CONDITION, no, len(conditions))
        yield from _at(place, condition_checks.faults(condition, rule.trigger, known))
    yield from _at(Place(Part.STEPS), _of_steps(rule))
    for no, step in enumerate(rule.steps[:MOST_STEPS], start=1):
        place = Place(Part.STEP, no, len(rule.steps))
        yield from _at(place, step_checks.faults(rule, no - 1, step, known))
    yield from _at(Place(Part.OPTIONS), _of_options(rule))


_ENGLISH = Texts("en")


def _at(place: Place, errors: Iterator[BadInput]) -> Iterator[Problem]:
    for error in errors:
        field, error.field = error.field, place.words(_ENGLISH)
        yield Problem(place, field, error)


def _of_name(rule: Rule) -> Iterator[BadInput]:
    if not is_words(rule.name, LONGEST_NAME):
        yield BadInput(
            "name", "Give the rule a name", hint="At most {most} characters.", most=LONGEST_NAME
        )
    if rule.id and not is_uid(rule.id):
        yield BadInput("id", "A rule's id is a UUID")
    if rule.pack and not is_name(rule.pack):
        yield BadInput("pack", "There is no ready rule of this name")


def _of_trigger(trigger: Trigger) -> Iterator[BadInput]:
    has_status = trigger.on in OF_STATUS
    if not has_status and (trigger.status or trigger.beside):
        yield BadInput("status", "This trigger has no status")
    for field in ("status", "beside"):
        wanted = getattr(trigger, field)
        if has_status and wanted and not is_status(wanted):
            yield BadInput(field, "There is no status “{status}”", status=wanted[:40])
    if trigger.on is On.IN_STATUS and _is_over(trigger.status):
        yield BadInput("status", "An order that has ended waits for nothing", hint="Choose others.")
    yield from _of_span(trigger)
    if trigger.on is On.DAILY and not is_time(trigger.at):
        yield BadInput("at", "A daily rule needs a time of the day", hint="Such as 22:00.")
    if trigger.on is not On.DAILY and trigger.at:
        yield BadInput("at", "Only a daily rule has a time of the day")


def _of_span(trigger: Trigger) -> Iterator[BadInput]:
    if trigger.on in OF_STAY:
        if not 1 <= trigger.minutes <= MOST_MINUTES:
            yield BadInput("minutes", "Say after how many minutes", hint="At least 1.")
    elif trigger.minutes:
        yield BadInput("minutes", "This trigger has no minutes")
    if trigger.beside and trigger.on is On.IN_STATUS:
        yield BadInput("beside", "Only a change of status has a second status")


def _is_over(status: str) -> bool:
    if status in (Phase.DONE, Phase.CANCELLED):
        return True
    return is_kind(status) and has_ended(Kind(status))


def _of_groups(rule: Rule) -> Iterator[BadInput]:
    if depth(rule.when) > DEEPEST_GROUPS:
        yield BadInput("groups", "Groups stand at most {most} deep", most=DEEPEST_GROUPS)
    if sum(1 for _ in flat(rule.when)) > MOST_CONDITIONS:
        yield BadInput("conditions", "At most {most} conditions", most=MOST_CONDITIONS)


def _of_steps(rule: Rule) -> Iterator[BadInput]:
    if not rule.steps:
        yield BadInput("steps", "The rule does nothing yet", hint="Add a step.")
    if len(rule.steps) > MOST_STEPS:
        yield BadInput("steps", "At most {most} steps", most=MOST_STEPS)
    ids = [step.id for step in rule.steps if step.id]
    if len(set(ids)) < len(ids):
        yield BadInput("steps", "Two steps have the same id")


def _of_options(rule: Rule) -> Iterator[BadInput]:
    options = rule.options
    if options.once is Once.ALWAYS and rule.trigger.on in OF_TIME:
        # Time is looked at every few seconds, and each look would be an occasion.
        yield BadInput(
            "once",
            "A rule that watches the time has to say how often it speaks",
            hint="Once per order, or once each time it comes there.",
        )
    if options.once is Once.CUSTOMER:
        if not 1 <= options.once_days <= 3_650:
            yield BadInput("once_days", "Say once in how many days", hint="At least 1.")
    elif options.once_days:
        yield BadInput("once_days", "Only “once per guest” has days")
    if not 0 <= options.skip_after_minutes <= MOST_MINUTES:
        yield BadInput("skip_after_minutes", "From 0 to {most} minutes", most=MOST_MINUTES)
    if options.between is not None:
        first, behind = options.between
        if not (is_time(first) and is_time(behind)):
            yield BadInput("between", "Hours are two times of the day", hint="Such as 09:00.")
        elif first == behind:
            yield BadInput("between", "These hours are empty")


def shown(text: str) -> str:
    """What can be shown of a text that may be anything."""
    return "".join(sign if is_printable(sign) else "?" for sign in text[:40])
