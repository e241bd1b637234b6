"""Why a stream cannot be had: FFmpeg's errors in our own classes, without the secrets their texts carry."""

from __future__ import annotations

import errno
import socket
from urllib.parse import urlsplit

import av.error

from console.video.player import Source, Trouble, redact

CONNECT_S = 3.0
PORTS = {"rtsp": 554, "rtsps": 322, "http": 80, "https": 443}
SCHEMES = {"rtsp": ("rtsp", "rtsps")}  # the other protocols come by HTTP
WEB = ("http", "https")

_UNREACHABLE = (ConnectionRefusedError, socket.gaierror)
_SILENT = (av.error.ExitError, TimeoutError, InterruptedError)
_CREDENTIALS = (av.error.HTTPUnauthorizedError, av.error.HTTPForbiddenError)
_NO_STREAM = (av.error.HTTPNotFoundError, av.error.HTTPBadRequestError)
_CODEC = (av.error.DecoderNotFoundError, av.error.PatchWelcomeError)
_ENDED = (av.error.EOFError, ConnectionError)


class StreamFailure(Exception):
    """This try has failed; the text is redacted."""

    def __init__(self, trouble: Trouble, detail: str = "", *, is_about_transport: bool = False) -> None:
        super().__init__(redact(detail))
        self.trouble = trouble
        self.is_about_transport = is_about_transport

    @property
    def detail(self) -> str:
        """Return the backend's words, redacted."""
        return str(self)


def failure_of(error: Exception) -> StreamFailure:
    """Return what an error of FFmpeg means, without the error: it carries the address."""
    words = f"{type(error).__name__}: {getattr(error, 'strerror', None) or ''}".rstrip(": ")
    is_about_transport = getattr(error, "errno", None) == errno.EPROTONOSUPPORT  # RTSP 461
    return StreamFailure(_trouble_of(error), words, is_about_transport=is_about_transport)


def reach(source: Source, timeout_s: float = CONNECT_S) -> None:
    """Connect and hang up: only so a dead address can be told from a silent camera. Raises StreamFailure."""
    parts = urlsplit(source.url)
    if parts.scheme not in SCHEMES.get(source.protocol, WEB) or not parts.hostname:
        raise StreamFailure(Trouble.GARBAGE, f"no address of {source.protocol}")
    try:
        address = parts.hostname, parts.port or PORTS[parts.scheme]
        with socket.create_connection(address, timeout=timeout_s):
            return
    except (OSError, ValueError) as error:  # ValueError: a port that is none
        raise StreamFailure(Trouble.UNREACHABLE, type(error).__name__) from None


def _trouble_of(error: Exception) -> Trouble:
    for kinds, trouble in (
        (_CREDENTIALS, Trouble.CREDENTIALS),
        (av.error.HTTPServerError, Trouble.GATEWAY),
        (_NO_STREAM, Trouble.NO_STREAM),
        (_CODEC, Trouble.CODEC),
        (_UNREACHABLE, Trouble.UNREACHABLE),
        (_SILENT, Trouble.SILENT),
        (_ENDED, Trouble.ENDED),
    ):
        if isinstance(error, kinds):
            return trouble
    return Trouble.GARBAGE
