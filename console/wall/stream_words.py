"""Sentences for what a stream does and why there is no picture."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console.video.player import Phase, PlayerState, Trouble
from console.wall.logins import LoginMissing

TROUBLES: dict[Trouble, object] = {
    Trouble.OFFLINE: QT_TRANSLATE_NOOP(
        "camera", "The console has no link to its server, which alone knows the address."
    ),
    Trouble.REFUSED: QT_TRANSLATE_NOOP("camera", "You may not look through this camera now."),
    Trouble.UNREACHABLE: QT_TRANSLATE_NOOP(
        "camera", "The camera or its gateway cannot be reached. It is off, or the network is down."
    ),
    Trouble.CREDENTIALS: QT_TRANSLATE_NOOP(
        "camera", "The gateway refused the login. It is not tried again, or it would lock this desk out."
    ),
    Trouble.GATEWAY: QT_TRANSLATE_NOOP("camera", "The gateway is in trouble itself and gives no stream."),
    Trouble.NO_STREAM: QT_TRANSLATE_NOOP("camera", "The gateway does not know this stream."),
    Trouble.CODEC: QT_TRANSLATE_NOOP("camera", "The camera sends a kind of video nothing here can read."),
    Trouble.SILENT: QT_TRANSLATE_NOOP("camera", "Connected, but no picture comes."),
    Trouble.GARBAGE: QT_TRANSLATE_NOOP("camera", "What comes from there is no video."),
    Trouble.ENDED: QT_TRANSLATE_NOOP("camera", "The other side closed the stream."),
}
PHASES: dict[Phase, object] = {
    Phase.ASKING: QT_TRANSLATE_NOOP("camera", "Asking for the right to look …"),
    Phase.CONNECTING: QT_TRANSLATE_NOOP("camera", "Connecting …"),
    Phase.WAITING: QT_TRANSLATE_NOOP("camera", "Connected; waiting for the camera …"),
    Phase.STOPPED: QT_TRANSLATE_NOOP("camera", "Closed"),
}
TRY_AGAIN: object = QT_TRANSLATE_NOOP("camera", "Enter: try again")
TYPE_LOGIN: object = QT_TRANSLATE_NOOP("camera", "Enter: type name and password")
NEXT_TRY: object = QT_TRANSLATE_NOOP("camera", "Next try in {seconds} s")
LOGIN_WANTED: object = QT_TRANSLATE_NOOP("camera", "The gateway {gateway} asks for a name and a password.")
LATE: object = QT_TRANSLATE_NOOP("camera", "Picture of {time}, {seconds} s old")
FROZEN: object = QT_TRANSLATE_NOOP("camera", "FROZEN since {time} – not live")
FIRST: object = QT_TRANSLATE_NOOP("camera", "first picture {seconds} s")
STREAMS: dict[str, object] = {
    "main": QT_TRANSLATE_NOOP("camera", "main stream"),
    "sub": QT_TRANSLATE_NOOP("camera", "sub stream"),
}


def say(text: object) -> str:
    """Translate one of the sentences above."""
    return QCoreApplication.translate("camera", str(text))


def sentence_of(state: PlayerState, of_error: Callable[[Exception], str]) -> str:
    """Say what a player does; `of_error` says what the database meant."""
    if isinstance(state.error, LoginMissing):
        return say(LOGIN_WANTED).format(gateway=state.error.gateway)
    if state.trouble is Trouble.REFUSED and state.error is not None:
        return of_error(state.error)
    if state.trouble is not None:
        return say(TROUBLES[state.trouble])
    return say(PHASES.get(state.phase, ""))


def hint_of(state: PlayerState) -> str:
    """Say what comes next, or what can be done."""
    if isinstance(state.error, LoginMissing) or state.trouble is Trouble.CREDENTIALS:
        return say(TYPE_LOGIN) if state.phase is Phase.FAILED else ""
    if state.phase is Phase.FAILED:
        return say(TRY_AGAIN)
    if state.phase is Phase.PAUSING and state.next_try is not None:
        return say(NEXT_TRY).format(seconds=max(0, round(state.next_try - time.monotonic())))
    return ""


def stream_line(stream: str, state: PlayerState) -> str:
    """Name the stream, its size, and how long its first picture took."""
    parts = [say(STREAMS[stream])]
    if state.size is not None:
        parts.append(f"{state.size[0]}×{state.size[1]}")
    if state.first_picture_s is not None:
        parts.append(say(FIRST).format(seconds=f"{state.first_picture_s:.2f}"))
    return " · ".join(parts)
