"""The timers lane: heartbeat, later orders, late texts, further legs, what rules wait for."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from pos_app import paths
from pos_app.clock import MINUTE_MS, SECOND_MS, Instant
from pos_app.desk.leaping import LANE as LEAP
from pos_app.lanes import leg_clock
from pos_app.lanes.lane import States, always
from pos_app.lanes.shop import OpenShop
from pos_app.shop_clock import ShopClock, keep_line
from pos_app.store import lanes, sending, sent

LOOK_S = 5.0
_LEGS_AT_ONCE = 200


class TimersWorker:
    """`lost` is called when another process has become the holder. `expired` counts texts.

    Without `lost` it works one round for nobody who lives on, and says no heartbeat. While it
    does not surely hold the lease (`holds`) it does nothing: after a sleep texts are held first.
    """

    def __init__(
        self,
        shop: OpenShop,
        fence: int,
        lost: Callable[[], None] | None,
        holds: Callable[[], bool] = always,
        states: States | None = None,
    ) -> None:
        self._states = states
        self._holds = holds
        self._shop = shop
        self._fence = fence
        self._lost = lost
        self._beaten_at: Instant | None = None
        self.expired = 0

    def work(self) -> float | None:
        if not self._holds():
            return LOOK_S
        self._note_leap()
        now = self._shop.clock.now()
        if self._lost is not None:
            self._beat(now, self._lost)
        with self._shop.database.read() as connection:
            first = sending.first_to_expire(connection)
        if first is not None and first <= now:
            self._expire()
        enters = self._shop.desk.kitchen.enter_due()
        rules_at = self._follow_rules()
        leg = self._begin_legs(now)
        ahead = [at for at in (first, enters, leg, rules_at) if at is not None and at > now]
        return min([LOOK_S, *((at - now) / SECOND_MS for at in ahead)])

    def _follow_rules(self) -> Instant | None:
        """What rules wait for; nothing while the clock has leapt or nobody has caught up yet."""
        catch_up = self._shop.desk.setup().settings.catch_up
        if self._shop.clock.leap_ms() > 0 or catch_up.is_open:
            return None
        self._shop.desk.rules.watch_time()
        return self._shop.desk.rules.do_due()

    def _begin_legs(self, now: Instant) -> Instant | None:
        """Texts that nobody has got within their minutes go on by the next way; when others do."""
        with self._shop.database.read() as connection:
            waiting = sent.with_legs(connection, _LEGS_AT_ONCE)
        if not any(leg_clock.is_over(message, now) for message in waiting):
            return leg_clock.first(waiting)
        setup = self._shop.desk.setup()
        if setup.settings.catch_up.pauses_texts or self._shop.clock.leap_ms() > 0:
            return None
        with self._shop.desk.act() as act:
            if lanes.current_fence(act.connection) != self._fence:
                return None
            for message in sent.with_legs(act.connection, _LEGS_AT_ONCE):
                if leg_clock.is_over(message, act.now):
                    leg_clock.pass_on(act, message)
            left = sent.with_legs(act.connection, _LEGS_AT_ONCE)
        return leg_clock.first(left)

    def _note_leap(self) -> None:
        """A wall clock that has leapt is journalled and shown, in whole minutes."""
        leap_ms = self._shop.clock.leap_ms()
        if self._states is not None:
            self._states.note(LEAP, str(round(leap_ms / MINUTE_MS)) if leap_ms else "")

    def stop(self) -> None:
        """Nothing runs longer than a moment."""

    def close(self) -> None:
        """Nothing is open."""

    def _beat(self, now: Instant, lost: Callable[[], None]) -> None:
        if self._beaten_at is not None and now - self._beaten_at < MINUTE_MS:
            return
        with self._shop.database.write() as connection:
            is_holder = lanes.beat(connection, self._fence, now)
        self._beaten_at = now
        self._keep_line()
        if not is_holder:
            lost()

    def _keep_line(self) -> None:
        clock = self._shop.clock
        if isinstance(clock, ShopClock):
            with contextlib.suppress(OSError):
                # Without it a later start only knows the store's last commit.
                keep_line(paths.clock_file(self._shop.data), clock)

    def _expire(self) -> None:
        with self._shop.desk.act() as act:
            late = sending.expire(act.connection, act.now)
            for message in late:
                payload = {"message_id": message.id, "about": message.about}
                act.record("message_expired", message.order_id, payload)
        self.expired += len(late)
