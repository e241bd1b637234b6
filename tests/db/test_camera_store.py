"""The camera room's store: what it asks and how it tells what came."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hall import OPERATOR, OTHER_DEPT, Hall
from optics import REASON, Optics, verify

from console.camera.store import CameraStore
from db.engine import engine_for
from db.errors import BadPayload, Refused


@pytest.fixture
def optics(hall: Hall) -> Optics:
    return Optics(hall)


@pytest.fixture
def store_of(person_dsn: Callable[[str], str]) -> Iterator[Callable[[str], CameraStore]]:
    engines = []

    def make(login: str) -> CameraStore:
        engines.append(engine_for(person_dsn(login)))
        return CameraStore(engines[-1])

    yield make
    for engine in engines:
        engine.dispose()


def test_opening_brings_a_signed_address_that_no_word_shows(
    optics: Optics, store_of: Callable[[str], CameraStore]
) -> None:
    store = store_of(OPERATOR)
    opening = store.open(optics.make(), REASON)
    assert verify(opening.addresses[0].url)["op"] == OPERATOR
    assert "sig=" not in repr(opening)
    assert store.renew(opening).view == opening.view
    assert store.keep([opening.view]) == {opening.view}
    store.close(opening.view)
    assert store.keep([opening.view]) == frozenset()
    with pytest.raises(Refused) as refusal:
        store.renew(opening)
    assert refusal.value.code == "camera_view_over"


def test_refusals_arrive_as_such(optics: Optics, store_of: Callable[[str], CameraStore]) -> None:
    camera = optics.make()
    with pytest.raises(Refused) as refusal:
        store_of(OTHER_DEPT).open(camera, REASON)
    assert refusal.value.code == "no_such_camera"
    with pytest.raises(BadPayload):
        store_of(OPERATOR).open(camera, "看")


def test_cameras_come_in_the_order_asked_for_and_only_those_in_sight(
    optics: Optics, store_of: Callable[[str], CameraStore]
) -> None:
    one, two = optics.make(name="甲路口"), optics.make(name="乙路口")
    found = store_of(OPERATOR).cameras([two, 99_999, one])
    assert [(camera.id, camera.name) for camera in found] == [(two, "乙路口"), (one, "甲路口")]
    assert found[0].status == "unknown"
    assert store_of(OTHER_DEPT).cameras([one]) == []
