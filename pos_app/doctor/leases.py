"""Who sends for this shop: which computer holds the lease, since when, whether it is awake, and
what its lanes met last.
"""

from __future__ import annotations

from collections.abc import Iterator

from filelock import FileLock, Timeout

from pos_app import paths
from pos_app.clock import MINUTE_MS, SECOND_MS, Instant
from pos_app.desk.setup import Setup
from pos_app.doctor.clocks import SET_IT
from pos_app.doctor.finding import Code, Finding, moment, off, trouble, well
from pos_app.errors import Phrase
from pos_app.lanes import down
from pos_app.lanes.down import Down, What
from pos_app.lanes.lease import LANES
from pos_app.lanes.shop import OpenShop
from pos_app.lanes.state import INBOX, OK, down_of
from pos_app.store import lanes, terminals

ASLEEP_MS = MINUTE_MS
_OPEN_ONE = Phrase("Open an Orderbell window: it sends texts, pages and slips.")
_NOBODY = Phrase("Nobody sends: no window is open.")
_AGAIN = Phrase("It tries again by itself.")
_LAST = Phrase("Nobody sends: no window is open. The last one was heard {time}.")


def lease(shop: OpenShop, setup: Setup) -> Iterator[Finding]:
    zone = setup.settings.shop.zone
    with shop.database.read() as connection:
        standing = lanes.standing(connection)
        terminal, process = lanes.holder(connection)
        computer = terminals.name_of(connection, terminal)
    file = paths.lock_file(shop.data, LANES, standing.generation)
    heard = moment(standing.heartbeat_at, zone) if standing.heartbeat_at else Code("–")
    if not file.exists() or _is_free(file):
        yield off("lease", _LAST if standing.heartbeat_at else _NOBODY, _OPEN_ONE, time=heard)
        return
    # Whoever takes a lock opens its file anew.
    since = moment(Instant(round(file.stat().st_mtime * SECOND_MS)), zone)
    values = {"computer": computer, "process": process, "since": since, "time": heard}
    if standing.heartbeat_at and shop.clock.now() - standing.heartbeat_at > ASLEEP_MS:
        yield trouble(
            "lease",
            Phrase("{computer} (process {process}) sends since {since}; last heard {time}"),
            Phrase("It does not move: wake that computer, or close its window."),
            **values,
        )
        return
    words = Phrase("{computer} (process {process}) sends since {since}; last heard {time}")
    yield well("lease", words, **values)


def lanes_down(shop: OpenShop, setup: Setup) -> Iterator[Finding]:
    """What each lane met last. Printers and the bot's inbox have looks of their own."""
    zone = setup.settings.shop.zone
    with shop.database.read() as connection:
        states = lanes.states(connection)
    for lane in states:
        subject, since = f"lane {lane.lane}", moment(lane.since, zone)
        if lane.lane.startswith(lanes.PRINTER) or lane.lane == INBOX:
            continue
        if lane.state == OK:
            yield well(subject, Phrase("well since {since}"), since=since)
        elif (met := down_of(lane, setup)) is not None:
            values = _values(met, since)
            yield trouble(subject, down.words(met), _hint(met), code=Code(lane.code), **values)
        else:
            words = Phrase("{code} since {since}")
            yield trouble(subject, words, _AGAIN, code=Code(lane.code), since=since)


def _values(met: Down, since: Code) -> dict[str, object]:
    channel = down.channel_name(met.channel)
    if not isinstance(channel, Phrase):
        channel = Code(channel)
    values: dict[str, object] = {"time": since, "channel": channel}
    if met.what is What.LEAP:
        length, parts = down.length(abs(int(met.code)))
        values |= {"time": length, **parts}
    return values


def _hint(met: Down) -> Phrase:
    if met.what is What.LEAP:
        return Phrase("If it is right, touch “It is right now” above any screen.")
    if met.what is What.CLOCK:
        return SET_IT
    if met.what is What.TEXTS and met.code == "credentials":
        return Phrase("Enter it again: Settings, Channels, Change.")
    return _AGAIN


def _is_free(file: object) -> bool:
    lock = FileLock(str(file), timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        return False
    lock.release()
    return True
