"""The ground of the map: metres around a point, points gathered where they would overlap. No Qt, no SQL."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

METRES_PER_DEGREE = 111_320.0
NEAREST_M, FARTHEST_M = 0.25, 512.0  # of ground per pixel
CELL_PX = 44  # closer than this, points are shown as one
UNKNOWN, ONLINE, DARK = 0, 1, 2  # lamps
NOWHERE = np.empty(0, np.int64)
TURNING = -1  # a bearing for cameras without a fixed direction


@dataclass(frozen=True)
class Plane:
    """East and north of an origin in metres; a district is small enough for a flat earth."""

    lon: float
    lat: float

    @property
    def _east(self) -> float:
        return METRES_PER_DEGREE * math.cos(math.radians(self.lat))

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """Return metres east and north."""
        return (lon - self.lon) * self._east, (lat - self.lat) * METRES_PER_DEGREE

    def points(self, lons: Floats, lats: Floats) -> tuple[Floats, Floats]:
        """Return metres east and north of many."""
        return (lons - self.lon) * self._east, (lats - self.lat) * METRES_PER_DEGREE


@dataclass(frozen=True)
class Sites:
    """Where cameras stand, as arrays of the same length; `bearings` in degrees, TURNING without one.

    `lamps` are UNKNOWN, ONLINE or DARK.
    """

    ids: Ints
    lons: Floats
    lats: Floats
    bearings: Ints
    lamps: Ints

    @classmethod
    def of(cls, rows: Sequence[tuple[int, float, float, int | None, int]]) -> Sites:
        """Build the arrays from rows of (id, lon, lat, bearing, lamp)."""
        ids, lons, lats, bearings, lamps = zip(*rows, strict=True) if rows else ((),) * 5
        return cls(
            np.array(ids, np.int64),
            np.array(lons, np.float64),
            np.array(lats, np.float64),
            np.array([TURNING if each is None else each for each in bearings], np.int64),
            np.array(lamps, np.int64),
        )

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Heaps:
    """Points gathered at one zoom: middle, number, first member, and how many are not online.

    `order` lists members by heap.
    """

    level: int
    x: Floats
    y: Floats
    counts: Ints
    starts: Ints
    dark: Ints
    order: Ints

    def __len__(self) -> int:
        return len(self.counts)

    def members(self, heap: int) -> Ints:
        """Return the places in Sites of what a heap holds."""
        start = int(self.starts[heap])
        return self.order[start : start + int(self.counts[heap])]

    def heap_of(self, place: int | None) -> int | None:
        """Return the heap that holds a place in Sites."""
        found = np.flatnonzero(self.order == place) if place is not None else NOWHERE
        return int(np.searchsorted(self.starts, found[:1], "right")[0]) - 1 if found.size else None

    def inside(self, left: float, bottom: float, right: float, top: float) -> Ints:
        """Return the heaps whose middle lies in a rectangle."""
        inside = (self.x >= left) & (self.x <= right) & (self.y >= bottom) & (self.y <= top)
        return np.nonzero(inside)[0]


def level_of(scale: float) -> int:
    """Return the zoom step of a scale in metres per pixel; each step doubles the ground."""
    return round(math.log2(scale))


def gather(x: Floats, y: Floats, lamps: Ints, level: int) -> Heaps:
    """Gather points by cells of the ground, so that heaps stay where they are while the map moves."""
    cell = CELL_PX * 2.0**level
    key = np.floor(x / cell).astype(np.int64) * 10_000_019 + np.floor(y / cell).astype(np.int64)
    order = np.argsort(key, kind="stable")
    _, starts, counts = np.unique(key[order], return_index=True, return_counts=True)
    if not len(order):
        return Heaps(level, x, y, counts, starts, counts, order)
    return Heaps(
        level,
        np.add.reduceat(x[order], starts) / counts,
        np.add.reduceat(y[order], starts) / counts,
        counts,
        starts,
        np.add.reduceat((lamps == DARK)[order].astype(np.int64), starts),
        order,
    )


def bearing_between(x0: float, y0: float, x1: float, y1: float) -> float:
    """Return the direction from one point to another: degrees clockwise from north, 0 ≤ … < 360."""
    return math.degrees(math.atan2(x1 - x0, y1 - y0)) % 360.0
