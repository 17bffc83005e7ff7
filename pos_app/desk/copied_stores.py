"""A store that is opened from another file than the last time: copied, moved, or brought back.

Nobody can tell from here whether the other file still works. So this one begins again: it sends
nothing and leaves the page alone until a person says that it is the shop now.
"""

from __future__ import annotations

from dataclasses import replace

from pos_app import config
from pos_app.clock import Instant
from pos_app.desk import stop_keys
from pos_app.desk.beginning_again import begin_again
from pos_app.desk.desk import Desk
from pos_app.keys import STORE
from pos_app.store import home
from pos_app.store.schema import Identity


def settle(desk: Desk, identity: Identity, committed_at: Instant) -> Identity:
    """Who the store is from now on. `committed_at`: when its newest event was."""
    here = home.fingerprint(desk.database.file)
    with desk.database.read() as connection:
        known = home.read(connection)
    if known == here:
        return identity
    with desk.act() as act:
        known = home.read(act.connection)
        home.write(act.connection, here)
        if known in ("", here):
            return identity
        begun = begin_again(act, config.COPIED, committed_at)
        stop_keys.settle(act, desk.keys.get(STORE))
    # Another program may have put an older file here, in which somebody stands who was erased.
    desk.privacy.repeat_erasures()
    return replace(identity, epoch=begun.epoch)
