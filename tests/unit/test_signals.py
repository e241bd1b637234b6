"""The Qt binding in use does not lose references, and a binding that does is refused."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, Signal

from console.app.guard import bad_pair

EMITS = 10_000


class Source(QObject):
    fired = Signal(object)


def test_ten_thousand_emits_leave_the_reference_counts_of_the_singletons_alone() -> None:
    source = Source()
    received: list[int] = []

    def count(value: object) -> None:
        received.append(0)

    source.fired.connect(count)
    before = [sys.getrefcount(value) for value in (None, True, False)]
    for _ in range(EMITS):
        source.fired.emit(None)
        source.fired.emit(True)
        source.fired.emit(False)
    after = [sys.getrefcount(value) for value in (None, True, False)]

    assert len(received) == 3 * EMITS
    # The fault drops one reference an emit; other code may hold a few more or fewer.
    assert all(abs(new - old) < EMITS // 100 for old, new in zip(before, after, strict=True))


@pytest.mark.parametrize(
    ("python", "pyside", "is_bad"),
    [
        ((3, 11), (6, 12), True),
        ((3, 11), (6, 13), True),
        ((3, 11), (6, 11), False),
        ((3, 12), (6, 12), False),
    ],
)
def test_bad_pair_names_only_the_combination_that_aborts(
    python: tuple[int, int], pyside: tuple[int, int], is_bad: bool
) -> None:
    assert (bad_pair(python, pyside) is not None) is is_bad
