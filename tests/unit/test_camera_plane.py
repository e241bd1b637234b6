"""The ground of the map: metres, heaps of points that stay where they are, errands."""

from __future__ import annotations

import numpy as np
import pytest

from console.camera.patrol_record import times_of
from console.camera.plane import CELL_PX, DARK, ONLINE, TURNING, Plane, Sites, gather, level_of
from console.wall.errand import Errand, Errands, Matter


def test_metres_east_and_north_of_the_origin() -> None:
    plane = Plane(122.0, 30.0)
    x, y = plane.point(122.01, 30.01)
    assert x == pytest.approx(964.1, abs=1)  # a degree of longitude is shorter up here
    assert y == pytest.approx(1113.2, abs=1)
    xs, ys = plane.points(np.array([122.01]), np.array([30.01]))
    assert (xs[0], ys[0]) == (x, y)


def test_every_point_is_in_exactly_one_heap() -> None:
    random = np.random.default_rng(7)
    x, y = random.normal(0, 3000, 23_000), random.normal(0, 2000, 23_000)
    lamps = random.integers(0, 3, 23_000)
    heaps = gather(x, y, lamps, 5)
    members = np.concatenate([heaps.members(heap) for heap in range(len(heaps))])
    assert sorted(members.tolist()) == list(range(23_000))
    assert heaps.counts.sum() == 23_000
    assert heaps.dark.sum() == (lamps == DARK).sum()
    for heap in (0, len(heaps) // 2, len(heaps) - 1):
        inside = heaps.members(heap)
        assert heaps.x[heap] == pytest.approx(x[inside].mean())
        assert np.ptp(x[inside]) <= CELL_PX * 2**5
        assert all(heaps.heap_of(int(place)) == heap for place in inside)


def test_heaps_do_not_jump_when_other_points_come() -> None:
    x, y, lamps = np.array([10.0, 12.0]), np.array([10.0, 12.0]), np.array([ONLINE, ONLINE])
    before = gather(x, y, lamps, 0)
    after = gather(np.append(x, 5000.0), np.append(y, 5000.0), np.append(lamps, DARK), 0)
    assert (before.x[0], before.y[0]) in set(zip(after.x.tolist(), after.y.tolist(), strict=True))


def test_nothing_makes_no_heaps() -> None:
    sites = Sites.of(())
    heaps = gather(sites.lons, sites.lats, sites.lamps, 3)
    assert len(heaps) == 0
    assert heaps.heap_of(None) is None
    assert heaps.inside(-1, -1, 1, 1).size == 0


def test_a_turning_camera_has_no_bearing() -> None:
    sites = Sites.of([(1, 122.0, 30.0, None, ONLINE), (2, 122.0, 30.0, 0, DARK)])
    assert sites.bearings.tolist() == [TURNING, 0]
    assert len(sites) == 2


def test_each_step_of_the_zoom_doubles_the_ground() -> None:
    assert [level_of(scale) for scale in (0.25, 1.0, 2.0, 8.0)] == [-2, 0, 1, 3]


def test_reason_is_asked_once_for_each_matter_and_again_when_forgotten() -> None:
    asked: list[Matter] = []
    done: list[Errand] = []

    def ask(matter: Matter, then: object) -> None:
        asked.append(matter)
        errand = Errand("核实来电", matter.ticket_id, matter.number)
        errands.take(errand)
        then(errand)  # type: ignore[operator]

    errands = Errands(ask)
    for matter in (Matter(), Matter(), Matter(7, "N7"), Matter(7, "N7"), Matter()):
        errands.matter = matter
        errands.run(done.append)
    assert [matter.ticket_id for matter in asked] == [None, 7]
    assert [errand.ticket_id for errand in done] == [None, None, 7, 7, None]
    errands.forget()
    errands.run(done.append)
    assert len(asked) == 3


def test_times_of_the_day_are_read_as_they_are_typed() -> None:
    times = times_of("20:00，8:00、08:00 12：30")
    assert times is not None
    assert [f"{each:%H:%M}" for each in times] == ["08:00", "12:30", "20:00"]
    assert times_of("") == ()
    assert times_of("8 Uhr") is None
    assert times_of("24:00") is None
