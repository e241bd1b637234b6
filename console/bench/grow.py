"""``bench grow``: what lists, counts, searches and actions cost as history grows."""

from __future__ import annotations

import json
from collections.abc import Sequence

from PySide6.QtWidgets import QApplication

from console.bench.figures import Figure
from console.bench.queue import bench_queue
from db.admin.output import note

OPEN = 30_000
CURVES = (
    "first_page",
    "next_page",
    "far_page",
    "counts",
    "filter",
    "search_2_common",
    "search_2_rare",
    "search_4",
    "open_ticket",
    "open_long_ticket",
    "act",
    "bare_first_page",
)


def bench_grow(app: QApplication, sizes: Sequence[int]) -> dict[str, Sequence[int] | list[Figure]]:
    """Measure the same work on databases of these many tickets, OPEN of them open; each is kept."""
    measured = []
    for rows in sizes:
        measured.append(bench_queue(app, rows - OPEN, OPEN))
        note(f"{rows} tickets: {json.dumps(measured[-1])}")  # the next may not fit the disk
    return {"rows": sizes, **{curve: [figures[curve] for figures in measured] for curve in CURVES}}
