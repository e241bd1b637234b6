"""A wall on a gateway of its own, without a database: addresses come from a store that can refuse."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from console.bench.bare_desk import BareDesk, BareStore
from console.camera.record import Opening
from console.kit.theme import Theme
from db.errors import Refused


class FakeStore(BareStore):
    """The register of a test: what was opened, renewed, kept, closed."""

    def __init__(self, base: str, credential: str | None = None) -> None:
        super().__init__(base, credential)
        self.refused: set[int] = set()
        self.renewed: list[int] = []
        self.closed: list[int] = []
        self.lost: set[int] = set()

    def open(
        self, camera: int, reason: str, ticket: int | None = None, stream: str = "sub", kind: str = "live"
    ) -> Opening:
        if camera in self.refused:
            raise Refused("camera_inactive", {})
        return super().open(camera, reason, ticket, stream, kind)

    def renew(self, opening: Opening) -> Opening:
        self.renewed.append(opening.view)
        if opening.view in self.closed:
            raise Refused("camera_view_over", {})
        return opening

    def keep(self, views: Iterable[int]) -> frozenset[int]:
        return frozenset(views) - self.lost

    def close(self, view: int) -> None:
        self.closed.append(view)

    def open_views(self) -> set[int]:
        return set(range(1, len(self.opened) + 1)) - set(self.closed)


class FakeDesk(BareDesk):
    """A desk that remembers what was reported."""

    def __init__(self, store: FakeStore, wallet: Any = None) -> None:
        super().__init__(store, Theme(), wallet)
        self.store = store
        self.errors: list[Exception] = []
        self.sentence = said

    def report(self, error: Exception) -> None:
        self.errors.append(error)


def said(error: Exception) -> str:
    return f"said: {getattr(error, 'code', error)}"
