"""Which copies are kept as they age: days with guests, weeks and months without."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pos_app.clock import DAY_MS, HOUR_MS, Instant
from pos_app.config import Backups
from pos_app.store.copies import (
    BARE,
    HAND,
    NIGHT,
    REPLACED,
    StoreCopy,
    before,
    named,
    newest_backup,
    path,
    thinning,
)
from tests.support.shops import EVENING

ZONE = "Europe/Kyiv"
KEPT = Backups()


def copy(days_ago: float, kind: str = NIGHT) -> StoreCopy:
    made_at = Instant(int(EVENING - days_ago * DAY_MS))
    return StoreCopy(Path(f"{kind}-{days_ago}"), made_at, kind)


def after(nights: int) -> list[StoreCopy]:
    """The folder after so many nights, thinned each time."""
    known: list[StoreCopy] = []
    for night in range(nights):
        now = Instant(EVENING + night * DAY_MS)
        known.append(StoreCopy(Path(f"n{night}"), now, NIGHT))
        plan = thinning(known, KEPT, ZONE, now)
        known = [c for c in known if c not in plan.dropped]
        known = [StoreCopy(c.path, c.made_at, BARE) if c in plan.bared else c for c in known]
    return known


def test_after_two_years_seven_days_four_weeks_and_twelve_months_are_there() -> None:
    now = Instant(EVENING + 729 * DAY_MS)
    known = after(730)
    full = [c for c in known if c.has_guests]
    bare = [c for c in known if not c.has_guests]
    assert len(full) == KEPT.days + 1  # the seven days before, and today
    assert all(now - c.made_at <= KEPT.days * DAY_MS for c in full)
    assert KEPT.months <= len(bare) <= KEPT.months + KEPT.weeks
    assert 320 * DAY_MS < now - min(c.made_at for c in bare) < 400 * DAY_MS


def test_a_copy_older_than_the_days_has_no_guest_in_it() -> None:
    plan = thinning([copy(1), copy(8), copy(9)], KEPT, ZONE, EVENING)
    assert [c.path.name for c in plan.bared] == ["night-8"]
    assert [c.path.name for c in plan.dropped] == ["night-9"]


def test_one_of_each_day_is_enough_but_what_was_asked_for_stays() -> None:
    plan = thinning([copy(1.0), copy(1.1), copy(1.2, HAND)], KEPT, ZONE, EVENING)
    assert [c.path.name for c in plan.dropped] == ["night-1.1"]


def test_what_an_update_or_a_restore_left_behind_goes_with_the_days() -> None:
    found = [copy(3, REPLACED), copy(8, REPLACED), copy(2, before("0002")), copy(9, before("0001"))]
    plan = thinning(found, KEPT, ZONE, EVENING)
    assert {c.path.name for c in plan.dropped} == {"replaced-8", "before-0001-9"}
    assert plan.bared == ()


@given(
    st.lists(
        st.tuples(
            st.integers(0, 800 * 24), st.sampled_from([NIGHT, HAND, BARE, REPLACED, "before-0002"])
        ),
        max_size=60,
    )
)
def test_thinning_keeps_the_newest_and_is_done_at_once(found: list[tuple[int, str]]) -> None:
    known = [
        StoreCopy(Path(f"{n}"), Instant(EVENING - hours * HOUR_MS), kind)
        for n, (hours, kind) in enumerate(found)
    ]
    plan = thinning(known, KEPT, ZONE, EVENING)
    left = [c for c in known if c not in plan.dropped]
    assert not set(plan.bared) & set(plan.dropped)
    newest = newest_backup(known)
    if newest is not None and EVENING - newest.made_at < KEPT.days * DAY_MS:
        newest_of_that_moment = [c for c in left if c.made_at == newest.made_at]
        assert newest_of_that_moment, "the newest backup was thrown away"
    limit = EVENING - KEPT.days * DAY_MS
    for c in left:
        assert c.made_at >= limit or not c.has_guests or c in plan.bared
    settled = [StoreCopy(c.path, c.made_at, BARE) if c in plan.bared else c for c in left]
    again = thinning(settled, KEPT, ZONE, EVENING)
    assert again.bared == again.dropped == ()


def test_a_name_says_when_and_what(tmp_path: Path) -> None:
    file = path(tmp_path / "backups", EVENING, before("0002"))
    assert file.name == "orderbell-20261123T190000Z-before-0002.sqlite"
    found = named(file)
    assert found is not None
    assert (found.made_at, found.kind) == (EVENING, "before-0002")
    assert named(tmp_path / "orderbell-yesterday.sqlite") is None
    assert (tmp_path / "backups").stat().st_mode & 0o077 == 0
