"""What may be wrong with one step of a rule."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.automation.known import OWNER_CHANNELS, Known
from pos_app.automation.model import (
    CallWebhook,
    On,
    OpenTask,
    Print,
    Recheck,
    Rule,
    Send,
    SetStatus,
    SetTag,
    Step,
    TellOwner,
    TellStaff,
    Trigger,
    Wait,
)
from pos_app.automation.readable import is_kind, is_time, is_uid, is_words, unknown_fields
from pos_app.domain.workflow import PHASES, Kind, may_follow
from pos_app.errors import BadInput

LONGEST_WAIT_S = 400 * 24 * 3600
LONGEST_GRACE_S = 3600
MOST_MINUTES = 7 * 24 * 60
MOST_CHANNELS = 5
LONGEST_WORDS = 200
LONGEST_TAG = 32
_OF_ORDER = (Send, SetStatus, SetTag, Print, CallWebhook)


def faults(rule: Rule, index: int, step: Step, known: Known) -> Iterator[BadInput]:
    """Everything that is wrong with `step`, the one at `index` of `rule`."""
    if step.id and not is_uid(step.id):
        yield BadInput("id", "A step's id is a UUID")
    if rule.trigger.on is On.DAILY and isinstance(step, _OF_ORDER):
        yield BadInput("do", "A daily rule is about no order", hint="It cannot do this.")
    match step:
        case Wait():
            yield from _of_wait(rule, index, step)
        case Recheck():
            yield from _of_end(rule, index)
        case Send():
            yield from _of_send(step, known)
        case SetStatus():
            yield from _of_status(rule, index, step)
        case CallWebhook():
            if not is_uid(step.target) or (
                known.targets is not None and step.target not in known.targets
            ):
                yield BadInput("target", "There is no such target", hint="Set it up first.")
        case TellOwner():
            yield from _of_owner(rule, step)
        case _:
            yield from _of_words(step)


def _of_words(step: Step) -> Iterator[BadInput]:
    match step:
        case SetTag():
            if not is_words(step.tag, LONGEST_TAG):
                yield BadInput(
                    "tag", "Say which tag", hint="At most {most} characters.", most=LONGEST_TAG
                )
            if step.on not in ("order", "customer"):
                yield BadInput("on", "A tag belongs to the order or to the guest")
        case TellStaff() | OpenTask():
            if not is_words(step.words, LONGEST_WORDS):
                yield BadInput(
                    "words",
                    "Say what it is about",
                    hint="At most {most} characters.",
                    most=LONGEST_WORDS,
                )
            for name in unknown_fields(step.words)[:1]:
                yield BadInput("words", "“{name}” is no field", name=name[:40])


def _of_owner(rule: Rule, step: TellOwner) -> Iterator[BadInput]:
    if rule.trigger.on is not On.DAILY:
        yield BadInput("do", "Only a daily rule tells the owner how a day was")
    if step.day not in ("today", "yesterday"):
        yield BadInput("day", "It tells of today or of yesterday")
    if not step.channels:
        yield BadInput("channels", "Choose a way to the owner")
    for channel in step.channels:
        if channel not in OWNER_CHANNELS:
            yield BadInput("channels", "The owner is not told by “{name}”", name=channel[:40])


def _of_end(rule: Rule, index: int) -> Iterator[BadInput]:
    if index == len(rule.steps) - 1:
        yield BadInput("do", "Nothing follows this step", hint="Add a step behind it.")


def _of_wait(rule: Rule, index: int, step: Wait) -> Iterator[BadInput]:
    ways = (step.seconds != 0, step.until != "", step.minutes_before_promise is not None)
    if sum(ways) != 1:
        yield BadInput("seconds", "Say how long, or until when", hint="One of them.")
    elif step.seconds and not 1 <= step.seconds <= LONGEST_WAIT_S:
        yield BadInput("seconds", "A wait is up to {most} days", most=LONGEST_WAIT_S // 86_400)
    elif step.until and not is_time(step.until):
        yield BadInput("until", "“{value}” is no time", hint="Such as 18:30.", value=step.until[:8])
    before = step.minutes_before_promise
    if before is not None and not 0 <= before <= MOST_MINUTES:
        yield BadInput("minutes_before_promise", "From 0 to {most} minutes", most=MOST_MINUTES)
    if before is not None and rule.trigger.on is On.DAILY:
        yield BadInput("minutes_before_promise", "A daily rule is about no order", hint="")
    yield from _of_end(rule, index)


def _of_send(step: Send, known: Known) -> Iterator[BadInput]:
    if not step.about or (known.abouts is not None and step.about not in known.abouts):
        yield BadInput("about", "Choose what to say")
    if not step.channels:
        yield BadInput("channels", "Choose a way to the guest")
    elif len(set(step.channels)) < len(step.channels) or len(step.channels) > MOST_CHANNELS:
        yield BadInput("channels", "Each way to the guest once")
    for channel in step.channels:
        if channel not in known.channels:
            yield BadInput("channels", "There is no way called “{name}”", name=channel[:40])
    if not 0 <= step.grace_s <= LONGEST_GRACE_S:
        yield BadInput("grace_s", "From 0 to {most} seconds", most=LONGEST_GRACE_S)
    if not 1 <= step.ttl_minutes <= MOST_MINUTES:
        yield BadInput("ttl_minutes", "From 1 to {most} minutes", most=MOST_MINUTES)
    elif step.ttl_minutes * 60 <= step.grace_s:
        yield BadInput("ttl_minutes", "It would be too old before it may leave")
    if not 1 <= step.leg_minutes <= MOST_MINUTES:
        yield BadInput("leg_minutes", "From 1 to {most} minutes", most=MOST_MINUTES)


def _of_status(rule: Rule, index: int, step: SetStatus) -> Iterator[BadInput]:
    if not is_kind(step.kind):
        yield BadInput("kind", "There is no status “{status}”", status=step.kind[:40])
    elif not any(Kind(step.kind) in may_follow(kind) for kind in _stands_in(rule, index)):
        yield BadInput("kind", "This status can never follow here")


def _stands_in(rule: Rule, index: int) -> frozenset[Kind]:
    """Where the order can stand when the step at `index` is reached."""
    kinds = _begins_in(rule.trigger)
    for step in rule.steps[:index]:
        if isinstance(step, SetStatus) and is_kind(step.kind):
            kinds = frozenset((Kind(step.kind),))
        elif isinstance(step, Wait) and not rule.options.stops_when_moved:
            kinds = frozenset(Kind)
    return kinds


def _begins_in(trigger: Trigger) -> frozenset[Kind]:
    wanted = ""
    if trigger.on in (On.ENTERED, On.IN_STATUS):
        wanted = trigger.status
    elif trigger.on is On.LEFT:
        wanted = trigger.beside
    elif trigger.on in (On.PLACED, On.NEW_CUSTOMER):
        return frozenset((Kind.PLACED, Kind.ACCEPTED, Kind.READY))
    if not wanted:
        return frozenset(Kind)
    return frozenset(kind for kind in Kind if wanted in (kind.value, PHASES[kind].value))
