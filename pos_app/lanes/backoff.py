"""How long to wait before the next try: longer each time, never in step with other tills."""

from __future__ import annotations

import random
from collections.abc import Callable


def delay_s(
    failures: int,
    *,
    base_s: float = 1.0,
    cap_s: float = 60.0,
    draw: Callable[[], float] = random.random,
) -> float:
    """Seconds to wait after `failures` (≥ 1) in a row: between half and all of base·2ⁿ⁻¹.

    Never more than `cap_s`. `draw` gives a number from 0 to 1.
    """
    whole = min(cap_s, base_s * 2.0 ** min(max(failures, 1) - 1, 32))
    return whole * (0.5 + 0.5 * draw())


def spread() -> float:
    """From 0 to 1: by how much of its leeway a planned try is moved."""
    return random.random()
