"""What became of a rule's steps, and of the texts among them, in words."""

from __future__ import annotations

from pos_app.automation import sentences, words
from pos_app.automation.model import Result
from pos_app.automation.sentences import Named
from pos_app.clock import Instant, local
from pos_app.desk.explaining import Explained, ExplainedStep
from ui.message_words import state_sentence, why
from ui.rule_words import begun, texts
from ui.words import _


def result_words(one: Explained, zone: str) -> str:
    """How it ended: `conditions not met`, `waits until 19:40`, `stopped: the order moved on`."""
    if one.due_at is not None:
        return _("waits until {time}").format(time=f"{_time(one.due_at, zone)}")
    if one.run_reason and one.result is Result.ACTED:
        return _("stopped: {why}").format(why=why(one.run_reason))
    return words.result(one.result, texts())


def step_words(step: ExplainedStep, named: Named) -> str:
    """`Text “ready” after 30 s (SMS): the text was accepted`."""
    said = begun(sentences.step(step.step, texts(), named))
    outcome = state_sentence(step.state) if step.state else _outcome(step.did)
    if step.other_way:
        by = words.channel(step.other_way, texts())
        outcome = _("{outcome}, by {channel}").format(outcome=outcome, channel=by)
    reason = why(step.reason or step.why)
    return f"{said}: {outcome} ({reason})" if reason else f"{said}: {outcome}"


def _time(at: Instant, zone: str) -> str:
    return f"{local(at, zone):%H:%M:%S}"


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
