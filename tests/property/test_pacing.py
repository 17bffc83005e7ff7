"""No way out is used faster than it says, and nobody is promised a place that comes too late."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from pos_app.channels.pace import ANDROID_PHONE, UNLIMITED, Pace
from pos_app.clock import Instant
from pos_app.lanes.pacing import Left, earliest, in_order, plan

NOW = Instant(1_000_000_000)


@dataclass(frozen=True)
class Text:
    id: int
    about: str
    address: str
    parts: int
    next_try_at: Instant
    not_after: Instant


texts = st.lists(
    st.builds(
        lambda about, to, parts, ago_s, lasts_s: (
            about,
            f"+38067000000{to}",
            parts,
            ago_s,
            lasts_s,
        ),
        st.sampled_from(["ready", "accepted", "delivered_feedback", "come_back"]),
        st.integers(0, 4),
        st.integers(1, 6),
        st.integers(0, 600),
        st.integers(1, 7200),
    ),
    max_size=40,
).map(
    lambda rows: [
        Text(i, about, to, parts, Instant(NOW - ago * 1000), Instant(NOW + lasts * 1000))
        for i, (about, to, parts, ago, lasts) in enumerate(rows)
    ]
)
paces = st.builds(
    Pace,
    parts=st.integers(0, 30),
    window_s=st.sampled_from([1.0, 60.0, 1800.0]),
    to_s=st.sampled_from([0.0, 1.0, 6.0]),
)
histories = st.lists(
    st.builds(
        lambda ago_s, parts, to: Left(Instant(NOW - ago_s * 1000), parts, f"+38067000000{to}"),
        st.integers(0, 3600),
        st.integers(1, 4),
        st.integers(0, 4),
    ),
    max_size=30,
)


def played(due: list[Text], pace: Pace) -> tuple[list[Left], list[Text]]:
    """What a lane does that asks again whenever it may: what left, and what had no room."""
    now, left, dropped = NOW, list[Left](), list[Text]()
    while due:
        found = plan(due, pace, left, now, lambda text: text.parts)
        gone = {text.id for text in found.no_room}
        dropped += found.no_room
        if found.now is not None:
            left.append(Left(now, found.now.parts, found.now.address))
            gone.add(found.now.id)
        due = [text for text in due if text.id not in gone and text.not_after > now]
        if found.now is None and not found.no_room:
            if found.at is None:
                break
            now = found.at
    return left, dropped


@given(due=texts, pace=paces)
def test_no_window_ever_holds_more_parts_than_the_way_out_allows(
    due: list[Text], pace: Pace
) -> None:
    left, _ = played(due, pace)
    for one in left:
        if not pace.parts:
            break
        since = one.at - pace.window_s * 1000
        inside = [other for other in left if since < other.at <= one.at]
        assert sum(other.parts for other in inside) <= pace.parts or len(inside) == 1


@given(due=texts, pace=paces)
def test_one_guest_is_not_written_to_faster_than_allowed(due: list[Text], pace: Pace) -> None:
    left, _ = played(due, pace)
    for to in {one.to for one in left}:
        times = [one.at for one in left if one.to == to]
        gaps = [later - sooner for sooner, later in itertools.pairwise(times)]
        assert all(gap >= pace.to_s * 1000 for gap in gaps)


@given(due=texts, pace=paces)
def test_everything_leaves_in_time_or_is_known_to_have_no_room(due: list[Text], pace: Pace) -> None:
    left, dropped = played(due, pace)
    assert len(left) + len(dropped) <= len(due)
    lasts = {text.id: text.not_after for text in due}
    assert all(text.not_after == lasts[text.id] for text in dropped)
    if not pace.parts and not pace.to_s:
        assert not dropped


@given(due=texts, left=histories, pace=paces)
def test_what_is_said_to_go_now_may_go_now(due: list[Text], left: list[Left], pace: Pace) -> None:
    found = plan(due, pace, left, NOW, lambda text: text.parts)
    if found.now is not None:
        text = found.now
        assert earliest(pace, sorted(left), text.parts, text.address, NOW) == NOW
        sooner = in_order(due)[: in_order(due).index(text)]
        assert all(
            earliest(pace, sorted(left), other.parts, other.address, NOW) > NOW for other in sooner
        )


def test_thirty_parts_in_half_an_hour_and_ready_goes_first() -> None:
    at = Instant(NOW - 60_000)
    left = [Left(at, 2, "a")] * 14
    ready = Text(1, "ready", "b", 2, NOW, Instant(NOW + 3_600_000))
    accepted = Text(2, "accepted", "c", 2, Instant(NOW - 1), Instant(NOW + 60_000))
    found = plan([accepted, ready], ANDROID_PHONE, left, NOW, lambda text: text.parts)
    assert found.now is ready
    assert found.no_room == (accepted,), "its place would come after it is too late"
    assert plan([accepted], UNLIMITED, left, NOW).now is accepted
