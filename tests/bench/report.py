"""The shape of a bench's result, and the few statistics behind it."""

from __future__ import annotations

import os
import platform
import statistics
from pathlib import Path
from typing import Any

FULL_ROUNDS = 15


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of `values` lie (nearest rank)."""
    ranked = sorted(values)
    return ranked[max(0, min(len(ranked) - 1, round(share * len(ranked)) - 1))]


def machine() -> str:
    system = f"{platform.system()} {platform.machine()}"
    return f"{system}, {os.cpu_count()} cores, Python {platform.python_version()}"


def result(
    bench: str,
    *,
    better: str,
    ours: list[float],
    reference: list[float],
    p99_ours: float,
    p99_reference: float,
    unit: str,
    reach: float,
    rounds: int,
    sizes: dict[str, Any],
    also_ok: bool = True,
    more: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """One bench as an object. `ours` and `reference` hold one figure per interleaved round; the
    verdict is on their medians, `also_ok` carries further conditions."""
    ours_median, reference_median = statistics.median(ours), statistics.median(reference)
    ratio = ours_median / reference_median
    reached = ratio >= reach if better == "higher" else ratio <= reach
    return {
        "bench": bench,
        "better": better,
        "ours": round(ours_median, 3),
        "reference": round(reference_median, 3),
        "ratio": round(ratio, 3),
        "p99_ours": round(p99_ours, 3),
        "p99_reference": round(p99_reference, 3),
        "unit": unit,
        "reach": reach,
        "ok": bool(reached and also_ok),
        "rounds": rounds,
        "sizes": sizes,
        "machine": machine(),
        **(more or {}),
    }


def shared_reference(shared: Path, name: str) -> Path:
    """The reference program `name`. Raises FileNotFoundError naming where it was looked for."""
    path = shared / "bench" / name
    if not path.exists():
        raise FileNotFoundError(f"{path}: give the folder of the references with --shared")
    return path
