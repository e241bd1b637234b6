"""Percentiles of measured milliseconds, in the form programs read."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import quantiles

Figure = dict[str, float]


def figure(values_ms: Sequence[float]) -> Figure:
    """Return n, p50, p95, p99 and max of some milliseconds; n = 0 when there are none."""
    if not values_ms:
        return {"n": 0}
    cuts = quantiles(values_ms, n=100, method="inclusive") if len(values_ms) > 1 else [values_ms[0]] * 99
    return {
        "n": len(values_ms),
        "p50_ms": round(cuts[49], 3),
        "p95_ms": round(cuts[94], 3),
        "p99_ms": round(cuts[98], 3),
        "max_ms": round(max(values_ms), 3),
    }
