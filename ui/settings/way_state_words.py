"""How a way out fares, and what came of trying it: short codes in words for people."""

from __future__ import annotations

from pos_app.clock import Instant, local
from pos_app.domain.way_forms import Trial, Tried, WayStanding
from ui import message_words
from ui.words import _, sentences


def standing_words(standing: WayStanding | None, zone: str, now: Instant) -> tuple[str, str]:
    """What a card says of it, and the role of that label: `good`, `error` or `second`."""
    if standing is None:
        return _("Not tried yet"), "second"
    if standing.code and standing.since is not None:
        time = _time(standing.since, zone, now)
        if standing.code == "credentials":
            said = _("Refuses our password since {time}").format(time=time)
        else:
            said = _("Paused since {time}: {reason}").format(time=time, reason=why(standing.code))
        return said, "error"
    if standing.taken_at is not None:
        time = _time(standing.taken_at, zone, now)
        return _("Works: the last text was taken at {time}").format(time=time), "good"
    return _("Not tried yet"), "second"


def tried_words(tried: Tried) -> tuple[str, str]:
    """What came of a trial, and the role of the label that says so."""
    if tried.trial is Trial.ACCEPTED:
        return _("Accepted: the text is on its way. Did it arrive?"), "good"
    if tried.trial is Trial.THERE:
        return _("Somebody is there, and knows us."), "good"
    if tried.trial is Trial.SILENT:
        return _("Nobody answers. Check address, user name and password."), "error"
    if tried.trial is Trial.UNKNOWN:
        said = _("Nobody knows whether it was taken: {reason}.").format(reason=why(tried.code))
        return sentences(said, _("Look whether it has arrived.")), "error"
    said = _("Refused: {reason}.").format(reason=why(tried.code))
    return sentences(said, _hint(tried.code)), "error"


def tried_line(tried: Tried, at: Instant, zone: str, now: Instant) -> tuple[str, str]:
    """The same on a card, where it is remembered until the program ends."""
    time = _time(at, zone, now)
    if tried.trial in (Trial.ACCEPTED, Trial.THERE):
        return _("Tried by hand at {time}: it works").format(time=time), "good"
    if tried.trial is Trial.SILENT:
        return _("Tried by hand at {time}: nobody answers").format(time=time), "error"
    said = _("Tried by hand at {time}: {reason}")
    return said.format(time=time, reason=why(tried.code)), "error"


def why(code: str) -> str:
    """A gateway's short code as a part of a sentence."""
    known = {
        "credentials": _("the password or token is wrong"),
        "busy": _("it takes no more just now"),
        "queue_full": _("it takes no more just now"),
        "not_now": _("it takes nothing just now"),
        "gateway_error": _("it has trouble of its own"),
        "garbage": _("what answers there is something else"),
        "redirect": _("it has moved to another address"),
        "timeout": _("it took too long to answer"),
        "unreachable": _("nothing listens at this address"),
        "reset": _("the connection broke"),
        "no_name": _("there is no server of this name, or no internet"),
        "no_route": _("there is no way to it, or no internet"),
        "tls": _("its certificate is not valid"),
        "no_tls": _("it knows no encryption"),
        "no_login": _("it knows no way to log in"),
        "not_https": _("the address must begin with https://"),
        "address_not_allowed": _("the address is in our own network, and that is not ticked"),
        "no_template": _("no approved text fits"),
        "sender_refused": _("it does not let us send under this name"),
        "recipient_refused": _("it does not know the address"),
        "blocked": _("nobody has opened the bot in this chat"),
        "no_credit": _("the account is empty"),
        "no_gateway_there": _("this is not the address of the service"),
        "template_refused": _("the approved text is not known there, or has other gaps"),
        "text_refused": _("it refuses the words"),
        "window_closed": _("outside of a talk it takes approved texts only"),
        "spam_limit": _("it has limited our number"),
        "pair_rate": _("too many texts to one number in a short time"),
        "duplicate": _("it has had the same text a moment ago"),
        "wrong_key": _("the phone has subscribed under another key"),
        "answer_too_long": _("what answers there is something else"),
        "disabled": _("the program wants no more calls"),
    }
    return known.get(code) or message_words.why(code)


def _hint(code: str) -> str:
    return {
        "credentials": _("Enter it again under Change."),
        "unreachable": _("Check address and port under Change."),
        "no_name": _("Check the address under Change."),
        "address_not_allowed": _("Tick it under Change if the address is yours."),
        "blocked": _("Open the bot on your phone and press Start first."),
        "tls": _("Check the address, and the clock of this computer."),
    }.get(code, "")


def _time(at: Instant, zone: str, now: Instant) -> str:
    moment = local(at, zone)
    same_day = moment.date() == local(now, zone).date()
    return f"{moment:%H:%M}" if same_day else f"{moment:%d.%m. %H:%M}"
