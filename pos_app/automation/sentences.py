"""A rule as one sentence that a manager can read, and its parts for lists and explanations.

Pure words: whoever knows how dishes, categories, people and targets are called says so by `Named`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pos_app.automation import words
from pos_app.automation.model import (
    CallWebhook,
    Comparison,
    Condition,
    Field,
    Group,
    Join,
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
from pos_app.automation.spans import span
from pos_app.language import Texts


@dataclass(frozen=True, slots=True)
class Named:
    """How the shop calls what rules name by ids; what is missing is shown as its id.

    `money` shows an amount of minor units.
    """

    dishes: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    staff: Mapping[str, str] = field(default_factory=dict)
    targets: Mapping[str, str] = field(default_factory=dict)
    money: Callable[[int], str] = str


def sentence(rule: Rule, texts: Texts, named: Named = Named()) -> str:
    """`When an order comes to “Ready”, if kind of order is pickup: text “ready” (SMS).`"""
    when = trigger(rule.trigger, texts)
    steps = ", ".join(step(one, texts, named) for one in rule.steps)
    conditions = group(rule.when, texts, named)
    _ = texts.gettext
    said = _("{when}, if {conditions}: {steps}.") if conditions else _("{when}: {steps}.")
    said = said.format(when=when, conditions=conditions, steps=steps or "–")
    return " ".join(part for part in (said, options(rule, texts)) if part)


def trigger(one: Trigger, texts: Texts) -> str:
    """What the rule waits for, as the beginning of a sentence."""
    _ = texts.gettext
    status, beside = words.status(one.status, texts), words.status(one.beside, texts)
    match one.on:
        case On.ENTERED:
            return _entered(texts, status, beside)
        case On.LEFT:
            return _left(texts, status, beside)
        case On.IN_STATUS:
            said = texts.ngettext(
                "When an order has stood in “{status}” for {count} minute",
                "When an order has stood in “{status}” for {count} minutes",
                one.minutes,
            )
            return said.format(status=status or _("any status"), count=one.minutes)
        case On.DAILY:
            return _("Every day at {time}").format(time=one.at)
        case _:
            return _plain(texts)[one.on]


def _entered(texts: Texts, status: str, beside: str) -> str:
    _ = texts.gettext
    if not status:
        return _("When the status of an order changes")
    if beside:
        return _("When an order comes to “{status}” from “{beside}”").format(
            status=status, beside=beside
        )
    return _("When an order comes to “{status}”").format(status=status)


def _left(texts: Texts, status: str, beside: str) -> str:
    _ = texts.gettext
    if not status:
        return _("When an order leaves any status")
    if beside:
        return _("When an order leaves “{status}” for “{beside}”").format(
            status=status, beside=beside
        )
    return _("When an order leaves “{status}”").format(status=status)


def _plain(texts: Texts) -> dict[On, str]:
    _ = texts.gettext
    return {
        On.PLACED: _("When an order is placed"),
        On.PAID: _("When a payment is recorded"),
        On.PROMISE_MOVED: _("When the promised time is moved"),
        On.BECAME_LATE: _("When an order is late"),
        On.PREDICTED_LATE: _("When an order will be late"),
        On.COURIER_ASSIGNED: _("When a courier gets the order"),
        On.COURIER_AT_SHOP: _("When the courier is at the restaurant"),
        On.COURIER_ARRIVED: _("When the courier is at the guest’s door"),
        On.MESSAGE_FAILED: _("When a message has failed"),
        On.GUEST_ARRIVED: _("When the guest says that he is here"),
        On.GUEST_RATED: _("When the guest has rated the order"),
        On.CANCEL_ASKED: _("When the guest asks to cancel"),
        On.NEW_CUSTOMER: _("When a guest orders for the first time"),
    }


def group(one: Group, texts: Texts, named: Named = Named()) -> str:
    """All conditions with their joins; empty where there are none."""
    _ = texts.gettext
    parts = [condition(each, texts, named) for each in one.conditions]
    parts += [f"({said})" for each in one.groups if (said := group(each, texts, named))]
    if not parts:
        return ""
    if one.join is Join.NONE:
        return _("none of this holds: {parts}").format(parts="; ".join(parts))
    joiner = _(" and ") if one.join is Join.ALL else _(" or ")
    return joiner.join(parts)


def condition(one: Condition, texts: Texts, named: Named = Named()) -> str:
    """`kind of order is pickup or delivery`."""
    _ = texts.gettext
    if one.how is Comparison.ONE_OF and one.field in words.YES_NO and len(one.values) == 1:
        return words.yes_no(one.field, one.values[0] == "yes", texts)
    asked = words.field(one.field, texts)
    said = [value(one.field, each, texts, named) for each in one.values]
    match one.how:
        case Comparison.ONE_OF:
            return _("{field} is {values}").format(field=asked, values=_(" or ").join(said))
        case Comparison.NONE_OF:
            return _("{field} is not {values}").format(field=asked, values=_(" or ").join(said))
        case Comparison.AT_LEAST:
            return _("{field} is at least {value}").format(field=asked, value="".join(said[:1]))
        case Comparison.AT_MOST:
            return _("{field} is at most {value}").format(field=asked, value="".join(said[:1]))
        case Comparison.BETWEEN:
            first, last = [*said, "?", "?"][:2]
            return _("{field} is from {first} to {last}").format(
                field=asked, first=first, last=last
            )


def value(asked: Field, said: str, texts: Texts, named: Named = Named()) -> str:
    """One value as the shop calls it."""
    match asked:
        case Field.DISH:
            return named.dishes.get(said, said)
        case Field.CATEGORY:
            return named.categories.get(said, said)
        case Field.STAFF:
            return named.staff.get(said, said)
        case Field.VALUE if said.isdecimal():
            return named.money(int(said))
        case _:
            return words.value(asked, said, texts)


def step(one: Step, texts: Texts, named: Named = Named()) -> str:
    """What one step does, with a small first letter."""
    _ = texts.gettext
    match one:
        case Wait():
            return _wait(one, texts)
        case Send():
            return _send(one, texts)
        case CallWebhook():
            return _("tell “{name}”").format(name=named.targets.get(one.target, one.target))
        case TellStaff():
            return _("tell the staff: “{words}”").format(words=one.words)
        case TellOwner():
            return _owner(one, texts)
        case OpenTask():
            return _("ask somebody to call back: “{words}”").format(words=one.words)
        case _:
            return _of_order(one, texts)


def _of_order(one: Recheck | SetStatus | SetTag | Print, texts: Texts) -> str:
    _ = texts.gettext
    match one:
        case Recheck():
            return _("look again whether the conditions hold")
        case SetStatus():
            return _("move the order to “{status}”").format(status=words.status(one.kind, texts))
        case SetTag():
            return _tag(one, texts)
        case Print():
            return _("print a slip")


def _wait(one: Wait, texts: Texts) -> str:
    _ = texts.gettext
    if one.until:
        return _("wait until {time}").format(time=one.until)
    before = one.minutes_before_promise
    if before is not None:
        said = texts.ngettext(
            "wait until {count} minute before the promised time",
            "wait until {count} minutes before the promised time",
            before,
        )
        return said.format(count=before) if before else _("wait until the promised time")
    return _("wait {span}").format(span=span(one.seconds, texts))


def _send(one: Send, texts: Texts) -> str:
    _ = texts.gettext
    about = words.about(one.about, texts)
    ways = _(", then ").join(words.channel(name, texts) for name in one.channels)
    if one.grace_s:
        said = _("text “{about}” after {span} ({channels})")
    else:
        said = _("text “{about}” ({channels})")
    return said.format(about=about, span=span(one.grace_s, texts), channels=ways)


def _owner(one: TellOwner, texts: Texts) -> str:
    _ = texts.gettext
    ways = _(" and ").join(words.channel(name, texts) for name in one.channels)
    if one.day == "yesterday":
        return _("tell the owner how yesterday was ({channels})").format(channels=ways)
    return _("tell the owner how the day was ({channels})").format(channels=ways)


def _tag(one: SetTag, texts: Texts) -> str:
    _ = texts.gettext
    if one.on == "customer":
        said = _("take the tag “{tag}” off the guest") if one.remove else _("tag the guest “{tag}”")
    else:
        said = _("take the tag “{tag}” off the order") if one.remove else _("tag the order “{tag}”")
    return said.format(tag=one.tag)


def options(rule: Rule, texts: Texts) -> str:
    """How often and in which hours, as a further sentence."""
    _ = texts.gettext
    chosen = rule.options
    said = []
    if rule.trigger.on is not On.DAILY:
        said.append(words.once(chosen.once, chosen.once_days, texts))
    if chosen.between is not None:
        first, behind = chosen.between
        said.append(_("from {first} to {last} only").format(first=first, last=behind))
    if chosen.while_open:
        said.append(_("only while we are open"))
    if chosen.not_quiet:
        said.append(_("offers and feedback not in quiet hours"))
    joined = ", ".join(said)
    return f"{joined[:1].upper()}{joined[1:]}." if joined else ""
