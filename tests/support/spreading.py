"""How tests are spread over the workers of pytest-xdist.

Spread one by one, what a module makes once is made by each worker, and so is each walk through
the screens; and where a journey begins last, the other worker has nothing to do. So a module's
tests stay together, the walks through the same screens do, and the longest begin first.

Not by `xdist_group`: pytest-xdist 3.8 writes the mark where pytest 9.2 no longer reads it.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from xdist.scheduler.loadscope import LoadScopeScheduling

# Whoever says nothing of it is quick, though the limit for him is 120.
_UNSAID_S, _WALK_S = 100.0, 150.0
# They ask for the same walks (`walk.py`), by the group of screens that comes last in their ids.
WALKING = (
    "tests/ui/test_words_fit.py::test_no_word_is_cut_off",
    "tests/ui/test_words_fit.py::test_every_word_was_given_to_the_translator",
    "tests/ui/test_legibility.py::test_everything_that_is_touched_is_large_enough_and_apart",
    "tests/ui/test_rest.py::test_a_screen_that_nobody_touches_is_at_rest",
)


class Spread(LoadScopeScheduling):  # type: ignore[misc]  # comes without types
    """Gives out units in the order in which they were collected."""

    def __init__(self, config: pytest.Config, log: object = None) -> None:
        # By the number of its tests a journey would come last.
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)


def unit_of(nodeid: str) -> str:
    """What one worker runs as a whole: a module, or all walks through one group of screens."""
    test, _, parameters = nodeid.partition("[")
    if test in WALKING:
        return "walk " + parameters.rstrip("]").rpartition("-")[2]
    return test.partition("::")[0]


def longest_first(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Those that may take longest in front; among equals the order stays as it was."""
    return sorted(items, key=_may_take_s, reverse=True)


def _may_take_s(item: pytest.Item) -> float:
    mark = item.get_closest_marker("timeout")
    if mark is not None and mark.args:
        return float(mark.args[0])
    return _WALK_S if unit_of(item.nodeid).startswith("walk ") else _UNSAID_S
