"""What a camera, its views and its pictures are; no Qt, no SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

DEAD = frozenset({"refused", "timeout", "credentials", "no_stream", "bad_answer"})


@dataclass(frozen=True, slots=True)
class Camera:
    """One camera as the directory knows it; where its stream is had only an `Opening` tells."""

    id: int
    code: str
    national_code: str | None
    name: str
    source: str
    purpose: str
    place_kind: str
    territory_id: int | None
    p_town: int | None
    p_area: int | None
    p_grid: int | None
    lon: float | None
    lat: float | None
    bearing_deg: int | None  # clockwise from north; None: it turns
    has_ptz: bool
    owner_unit_id: int | None
    retention_days: int
    is_active: bool
    is_demo: bool
    status: str  # 'unknown', 'online', or one of DEAD
    status_since: datetime | None
    last_status: str | None  # what the last look found, however long ago; None: never looked at


@dataclass(frozen=True, slots=True)
class Address:
    """Where a stream is had; `url` may be signed, so it goes into no log and on no screen."""

    protocol: str  # 'rtsp', 'flv', 'hls', 'mp4'
    url: str

    def __repr__(self) -> str:
        return f"Address(protocol={self.protocol!r})"


@dataclass(frozen=True, slots=True)
class Opening:
    """A view that stands in the register, and where its stream is had, the best address first (R702)."""

    view: int
    camera: int
    addresses: tuple[Address, ...]
    credential: str | None  # name of a secret in the desktop's keyring: 'keyring:<gateway>'
    expires_at: datetime  # until then `CameraStore.renew` brings fresh addresses for this view
    retention_days: int


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody looks at: a view of the register, through a camera, on an errand."""

    view: int
    camera: Camera
    stream: str  # 'main' or 'sub'
    reason: str
    ticket_id: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought: the first cameras, and how many there are in all."""

    cameras: tuple[Camera, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Near:
    """A camera and how far it is, in metres."""

    camera: Camera
    distance_m: float


@dataclass(frozen=True, slots=True)
class Branch:
    """A place in the tree of cameras; the one without id holds what lies nowhere.

    Of its cameras `known` were looked at lately enough to say whether they are online.
    """

    territory_id: int | None
    level: int | None
    name: str | None
    cameras: int
    online: int
    known: int


@dataclass(frozen=True, slots=True)
class Point:
    """A camera on the map."""

    camera_id: int
    lon: float
    lat: float
    bearing_deg: int | None
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class CameraGroup:
    """A person's own cameras, or a risk area's (S72); `dwell_s` is how long a round stays with each."""

    id: int
    name: str
    kind: str  # 'own', 'shared'
    owner_login: str | None
    risk_area: str
    dwell_s: int


@dataclass(frozen=True, slots=True)
class ViewEntry:
    """A row of the register of views (R702); `seconds` is null while the view goes on."""

    id: int
    at: datetime
    login: str
    unit_id: int
    camera_id: int
    camera: str
    ticket_id: int | None
    reason: str
    kind: str
    stream: str
    seconds: int | None


@dataclass(frozen=True, slots=True)
class CameraHit:
    """A row of a list of cameras; near a place also how far, and where it lies clockwise from north."""

    camera: Camera
    rank: int  # 1 is the first
    metres: float | None = None
    bearing: float | None = None
