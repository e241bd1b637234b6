"""What moves a camera: the gateway's own interface, or ONVIF. No Qt; called in a worker.

Directions are whole numbers from -100 to 100: pan to the right, tilt up, zoom in. A movement goes on until
the next one or a stop. A refused login is not tried again: cameras lock whoever guesses.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote

if TYPE_CHECKING:
    import httpx
    from onveef import OnvifClient

TIMEOUT_S = 3.0
HOLD_S = 8  # a camera that hears nothing more stops by itself, where it knows how (ONVIF's Timeout)


@dataclass(frozen=True)
class Control:
    """Where a camera is steered, and as whom."""

    kind: str  # 'wvp' or 'onvif'
    base: str  # http://host:port
    device: str
    channel: str
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Move:
    """A direction, each from -100 to 100."""

    pan: int = 0
    tilt: int = 0
    zoom: int = 0

    def __bool__(self) -> bool:
        return bool(self.pan or self.tilt or self.zoom)


@dataclass(frozen=True)
class Preset:
    """A position the camera remembers."""

    token: str
    name: str


class PtzTrouble(StrEnum):
    """Why a camera does not move."""

    UNREACHABLE = "unreachable"
    CREDENTIALS = "credentials"
    REFUSED = "refused"  # by the gateway or the camera


class PtzFailed(Exception):
    """The camera does not do what it was asked."""

    def __init__(self, trouble: PtzTrouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


class PtzLink(Protocol):
    """A way to one camera. Every call raises PtzFailed."""

    def move(self, move: Move) -> None:
        """Begin to move, or go on; said again every few seconds while it is to last."""

    def stop(self) -> None:
        """Stand still."""

    def presets(self) -> tuple[Preset, ...]:
        """Return the positions it remembers."""

    def go(self, preset: Preset) -> None:
        """Go to one of them."""

    def close(self) -> None:
        """Hang up."""


def link_to(control: Control) -> PtzLink:
    """Return the way a gateway names."""
    if control.kind == "wvp":
        return WvpLink(control)
    if control.kind == "onvif":
        return OnvifLink(control)
    raise PtzFailed(PtzTrouble.REFUSED)


class WvpLink:
    """`/api/front-end/…` of WVP-PRO, with its long-lived key as the password."""

    def __init__(self, control: Control) -> None:
        import httpx  # takes its time: not at the start of the program

        self._base = control.base.rstrip("/")
        self._at = f"{quote(control.device, safe='')}/{quote(control.channel, safe='')}"
        headers = {"api-key": control.password} if control.password else {}
        self._client: httpx.Client = httpx.Client(timeout=TIMEOUT_S, headers=headers)
        self._is_denied = False

    def move(self, move: Move) -> None:
        """Zoom, or turn in one of eight directions: this interface knows no two at once."""
        self._ask(
            f"ptz/{self._at}",
            {
                "command": _command(move),
                "horizonSpeed": round(abs(move.pan) * 2.55),
                "verticalSpeed": round(abs(move.tilt) * 2.55),
                "zoomSpeed": round(abs(move.zoom) * 0.15),
            },
        )

    def stop(self) -> None:
        """Stand still."""
        self.move(Move())

    def presets(self) -> tuple[Preset, ...]:
        """Return the positions it remembers."""
        rows = self._ask(f"preset/query/{self._at}", {})
        if not isinstance(rows, list):
            return ()
        found = ((str(row.get("presetId", "")), str(row.get("presetName") or "")) for row in rows)
        return tuple(Preset(token, name or token) for token, name in found if token)

    def go(self, preset: Preset) -> None:
        """Go to one of them."""
        self._ask(f"preset/call/{self._at}", {"presetId": preset.token})

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def _ask(self, path: str, given: Mapping[str, Any]) -> Any:
        import httpx

        if self._is_denied:
            raise PtzFailed(PtzTrouble.CREDENTIALS)
        try:
            reply = self._client.get(f"{self._base}/api/front-end/{path}", params=dict(given))
        except httpx.HTTPError:
            raise PtzFailed(PtzTrouble.UNREACHABLE) from None
        if reply.status_code in (401, 403):
            self._is_denied = True
            raise PtzFailed(PtzTrouble.CREDENTIALS)
        try:
            answer = reply.json() if reply.content else {}
        except ValueError:
            answer = {"code": -1}
        if reply.status_code != 200 or not isinstance(answer, dict) or answer.get("code", 0) != 0:
            raise PtzFailed(PtzTrouble.REFUSED)
        return answer.get("data")


def _command(move: Move) -> str:
    if move.zoom:
        return "zoomin" if move.zoom > 0 else "zoomout"
    up = "up" if move.tilt > 0 else "down" if move.tilt < 0 else ""
    side = "right" if move.pan > 0 else "left" if move.pan < 0 else ""
    return up + side or "stop"


class OnvifLink:
    """ONVIF's PTZ service at the camera or its recorder.

    The channel names the profile, or its number from 1. A login is given as the digests ONVIF knows, in at
    most three forms, and never in clear: left alone the library would do so when a camera names no way.
    """

    def __init__(self, control: Control) -> None:
        self._control = control
        self._connected: OnvifClient | None = None
        self._profile: str | None = None
        self._is_denied = False

    def move(self, move: Move) -> None:
        """Move in all three at once."""
        with self._told():
            self._client().ptz_continuous_move(
                profile_token=self._token(),
                pan=move.pan / 100,
                tilt=move.tilt / 100,
                zoom=move.zoom / 100,
                timeout=f"PT{HOLD_S}S",
            )

    def stop(self) -> None:
        """Stand still: said outright, for many cameras ignore the time-out."""
        with self._told():
            self._client().ptz_stop(profile_token=self._token())

    def presets(self) -> tuple[Preset, ...]:
        """Return the positions it remembers."""
        with self._told():
            rows = self._client().ptz_get_presets(profile_token=self._token())
        found = ((str(row.get("token") or ""), str(row.get("name") or "")) for row in rows)
        return tuple(Preset(token, name or token) for token, name in found if token)

    def go(self, preset: Preset) -> None:
        """Go to one of them."""
        with self._told():
            self._client().ptz_goto_preset(profile_token=self._token(), preset_token=preset.token)

    def close(self) -> None:
        """Hang up."""
        if self._connected is not None:
            self._connected.close()

    def _client(self) -> OnvifClient:
        """Return a client that knows where the camera's services are."""
        if self._connected is None:
            from onveef import OnvifClient, OnvifEndpoint

            client = OnvifClient(
                self._control.base,
                username=self._control.user,
                password=self._control.password,
                timeout_s=TIMEOUT_S,
                retries=0,
                http_auth="digest",
            )
            try:
                services = client.discover_services()
            except BaseException:
                client.close()
                raise
            client.set_endpoint(OnvifEndpoint(client.endpoint.device_xaddr, services=services))
            self._connected = client
        return self._connected

    def _token(self) -> str:
        if self._profile is None:
            tokens = [str(profile["token"]) for profile in self._client().get_profiles()]
            channel = self._control.channel
            number = int(channel) - 1 if channel.isdigit() else 0
            if channel in tokens:
                self._profile = channel
            elif 0 <= number < len(tokens):
                self._profile = tokens[number]
            else:
                raise PtzFailed(PtzTrouble.REFUSED)
        return self._profile

    def _told(self) -> _Told:
        if self._is_denied:
            raise PtzFailed(PtzTrouble.CREDENTIALS)
        return _Told(self)

    def deny(self) -> None:
        """Ask nothing more with this login."""
        self._is_denied = True


class _Told:
    """Turns what the library raises into PtzFailed, without its words: they may hold addresses and logins."""

    def __init__(self, link: OnvifLink) -> None:
        self._link = link

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        from onveef.exceptions import OnvifAuthError, OnvifError, OnvifTransportError

        if isinstance(error, OnvifAuthError):
            self._link.deny()
            raise PtzFailed(PtzTrouble.CREDENTIALS) from None
        if isinstance(error, OnvifTransportError):
            raise PtzFailed(PtzTrouble.UNREACHABLE) from None
        if isinstance(error, OnvifError):
            raise PtzFailed(PtzTrouble.REFUSED) from None


def hang_up(link: PtzLink) -> None:
    """Stop and close, whatever the camera says to it."""
    with suppress(PtzFailed):
        link.stop()
    link.close()
