"""A desk without a database, for measuring and trying walls: as much of a session as they need."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from console.camera.record import Address, Camera, Opening
from console.kit.clock import Clock
from console.kit.jobs import Jobs
from console.kit.notices import Notices
from console.kit.theme import Theme
from console.wall.logins import GatewayLogins
from console.wall.opening import Views

if TYPE_CHECKING:
    from console.app.session import Session

TIMEZONE = "Asia/Shanghai"


class BareStore:
    """Addresses of a gateway at `base`, without register and right; it knows what was asked of it."""

    def __init__(self, base: str, credential: str | None = None) -> None:
        self.base = base
        self.credential = credential
        self.opened: list[tuple[int, str, int | None, str, str]] = []

    def open(
        self, camera: int, reason: str, ticket: int | None = None, stream: str = "sub", kind: str = "live"
    ) -> Opening:
        """Return the address."""
        self.opened.append((camera, reason, ticket, stream, kind))
        address = Address("rtsp", f"{self.base}/{code_of(camera)}/{stream}")
        until = datetime.now(UTC) + timedelta(hours=1)
        return Opening(len(self.opened), camera, (address,), self.credential, until, 30)

    def renew(self, opening: Opening) -> Opening:
        """Return the same address: it holds for ever."""
        return opening

    def keep(self, views: Iterable[int]) -> frozenset[int]:
        """Let every view go on."""
        return frozenset(views)

    def close(self, view: int) -> None:
        """Need no end."""


class BareDesk(SimpleNamespace):
    """As much of a session as a wall needs."""

    def __init__(self, store: BareStore, theme: Theme, wallet: Any = None) -> None:
        super().__init__()
        self.reads, self.writes = Jobs(2, "reads"), Jobs(1, "writes")
        self.views = Views(store, self.reads, self.writes, GatewayLogins(wallet))
        self.theme, self.clock, self.notices = theme, Clock(), Notices()
        self.me = SimpleNamespace(tz=TIMEZONE)
        self.sentence = str

    @property
    def session(self) -> Session:
        """Return it as a wall wants it."""
        return cast("Session", self)

    def stop(self, *, finish: bool = False) -> None:
        """End its threads; with `finish` what is to be written is written first."""
        self.views.stop()
        self.clock.stop()
        self.reads.stop()
        self.writes.stop(finish=finish)


def camera(number: int) -> Camera:
    """Return an invented camera."""
    return Camera(
        id=number,
        code=code_of(number),
        national_code=None,
        name=f"演示·{number}号",
        source="security",
        purpose="street",
        place_kind="road",
        territory_id=None,
        p_town=None,
        p_area=None,
        p_grid=None,
        lon=None,
        lat=None,
        bearing_deg=None,
        has_ptz=False,
        owner_unit_id=None,
        retention_days=30,
        is_active=True,
        is_demo=True,
        status="unknown",
        status_since=None,
        last_status=None,
    )


def code_of(number: int) -> str:
    """Return the code of an invented camera."""
    return f"A{number}"
