"""What became of a rule's steps, and of the texts among them, in words."""

from __future__ import annotations

from pos_app.automation import sentences, words
from pos_app.automation.model import Result
from pos_app.automation.sentences import Named
from pos_app.clock import Instant, local
from pos_app.desk.explaining import Explained, ExplainedStep
from ui.rule_words import begun, texts
from ui.words import _


def result_words(one: Explained, zone: str) -> str:
    """How it ended: `conditions not met`, `waits until 19:40`, `stopped: the order moved on`."""
    if one.due_at is not None:
        return _("waits until {time}").format(time=f"{_time(one.due_at, zone)}")
    if one.run_reason and one.result is Result.ACTED:
        return _("stopped: {why}").format(why=_why(one.run_reason))
    return words.result(one.result, texts())


def step_words(step: ExplainedStep, named: Named) -> str:
    """`Text “ready” after 30 s (SMS): the text was accepted`."""
    said = begun(sentences.step(step.step, texts(), named))
    outcome = _of_message(step) if step.state else _outcome(step.did)
    why = _why(step.reason or step.why)
    return f"{said}: {outcome} ({why})" if why else f"{said}: {outcome}"


def _time(at: Instant, zone: str) -> str:
    return f"{local(at, zone):%H:%M:%S}"


def _of_message(step: ExplainedStep) -> str:
    return {
        "waiting": _("the text waits"),
        "sending": _("the text is leaving"),
        "sent": _("the text was accepted"),
        "delivered": _("the text was delivered"),
        "failed": _("the text failed"),
        "expired": _("the text came too late and was not sent"),
        "uncertain": _("nobody knows whether the text arrived"),
        "held": _("the text is held"),
        "dropped": _("the text was not sent"),
        "cancelled": _("the text was taken back"),
        "superseded": _("a newer text took its place"),
    }.get(step.state, step.state)


def _outcome(did: str) -> str:
    return {
        "said": _("said"),
        "said_before": _("said before"),
        "not_said": _("nothing was said"),
        "told": _("the staff were told"),
        "task": _("somebody was asked"),
        "called": _("told"),
        "owner_told": _("told"),
        "moved": _("moved"),
        "there_already": _("it was there already"),
        "tagged": _("done"),
        "printed": _("printed"),
        "no_printer": _("no printer"),
        "passed": _("done"),
        "waits": _("waits"),
        "failed": _("failed"),
        "by_hand": _("by hand only"),
        "not_reached": _("not reached"),
    }.get(did, did)


def _why(code: str) -> str:
    """Why not, for people; a code that nobody has put into words as it is."""
    known = {
        "no_channel": _("no way out is set up"),
        "no_phone": _("no phone is known"),
        "no_address": _("no address is known"),
        "opted_out": _("the guest stopped the texts"),
        "stopped": _("the guest stopped the texts"),
        "by_hand": _("texts by hand only"),
        "budget": _("the text budget is used"),
        "spared": _("the rest of the budget is kept for orders in hand"),
        "no_room": _("the phone could not send so many"),
        "superseded": _("a newer text took its place"),
        "undone": _("it was undone"),
        "recalled": _("the order was brought back"),
        "cancelled": _("the order was cancelled"),
        "refunded": _("the money was given back"),
        "moved_on": _("the order had moved on"),
        "too_late": _("it was too late"),
        "not_met": _("the conditions did not hold any more"),
        "rule_off": _("the rule was switched off"),
        "restarted": _("it began again"),
        "late": _("it was too late"),
        "held": _("somebody has to let it go"),
        "hours": _("outside the hours of the rule"),
        "closed": _("the shop is closed"),
        "quiet": _("quiet hours"),
        "never_open": _("the hours of the rule and of the shop never meet"),
    }
    return known.get(code, code.replace("_", " "))
