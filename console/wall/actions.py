"""What may be done with the chosen picture of the wall in front."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtWidgets import QWidget

from console.kit.action import Action, Context
from console.wall.keep_keys import CLIP_KEY, REPORT_KEY, REPORTERS, STILL_KEY, WallKeeping
from console.wall.wall import Wall


def _wall(context: Context) -> Wall | None:
    if not isinstance(context.panel, QWidget):
        return None
    return next((wall for wall in context.panel.findChildren(Wall) if wall.isVisible()), None)


def _keeping(context: Context) -> WallKeeping | None:
    wall = _wall(context)
    return None if wall is None else wall.keeping


def _has_picture(context: Context) -> bool:
    keeping = _keeping(context)
    return keeping is not None and keeping.can_keep()


def _calls(method: Callable[[WallKeeping], None]) -> Callable[[Context], None]:
    def run(context: Context) -> None:
        keeping = _keeping(context)
        if keeping is not None:
            method(keeping)

    return run


def _can_steer(context: Context) -> bool:
    wall = _wall(context)
    return wall is not None and wall.helm.camera is not None


def _steer(context: Context) -> None:
    """Take the camera in hand or let go of it; keys steer while the wall has the focus."""
    wall = _wall(context)
    if wall is None:
        return
    if wall.helm.is_mine:
        wall.helm.release()
    else:
        wall.helm.take(over=wall.helm.may_take_over())
    wall.setFocus()


ACTIONS = (
    Action(
        "camera.keep_still",
        QT_TRANSLATE_NOOP("actions", "Keep the picture"),
        QT_TRANSLATE_NOOP(
            "actions", "Keep the chosen picture in full resolution, with the ticket it was opened for"
        ),
        _calls(WallKeeping.keep_still),
        panel_key=STILL_KEY,
        enabled=_has_picture,
    ),
    Action(
        "camera.keep_clip",
        QT_TRANSLATE_NOOP("actions", "Begin or end a clip"),
        QT_TRANSLATE_NOOP(
            "actions", "Record the chosen picture, with the seconds before; the same key ends it"
        ),
        _calls(WallKeeping.toggle_clip),
        panel_key=CLIP_KEY,
        enabled=_has_picture,
    ),
    Action(
        "camera.report",
        QT_TRANSLATE_NOOP("actions", "Make a ticket of the picture"),
        QT_TRANSLATE_NOOP("actions", "Begin a report with place, time, camera and picture filled in"),
        _calls(WallKeeping.report),
        panel_key=REPORT_KEY,
        duties=REPORTERS,
        needs_link=True,
        enabled=_has_picture,
    ),
    Action(
        "camera.steer",
        QT_TRANSLATE_NOOP("actions", "Steer the camera or let go of it"),
        QT_TRANSLATE_NOOP(
            "actions",
            "The enlarged camera, where it can turn: arrows turn, + and − zoom; a supervisor takes over",
        ),
        _steer,
        panel_key="Left",
        needs_link=True,
        enabled=_can_steer,
    ),
)
