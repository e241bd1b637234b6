"""Everything a person can trigger with cameras."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QT_TRANSLATE_NOOP

from console.camera.record import Camera
from console.camera.room import PATROLS, VIEWS, WALL, CameraRoom
from console.kit.action import Action, Context
from console.kit.panel import Place
from console.ticket.record import Ticket

WORKSPACE, SCREEN = "cameras", "cameras"
WATCHERS = frozenset({"operator", "callback", "unit", "supervisor", "inspector", "leader", "admin"})
OVERSEERS = frozenset({"supervisor", "inspector", "leader", "admin"})


HERE: Place[CameraRoom] = Place("cameras", workspace=WORKSPACE)


def _has_camera(context: Context) -> bool:
    return HERE.is_here(context) and isinstance(context.selected, Camera)


def _has_ticket(context: Context) -> bool:
    return isinstance(context.selected, Ticket)


def _near(context: Context) -> None:
    if isinstance(context.selected, Ticket):
        context.host.toggle_aside(context.selected)


def _around(context: Context) -> None:
    ticket = context.selected
    if isinstance(ticket, Ticket):
        HERE.does(lambda room: room.show_around(ticket))(context)


def _to_screen(context: Context) -> None:
    """Send the camera under the cursor to the second screen."""
    screen = context.host.show_screen(SCREEN)
    if isinstance(context.selected, Camera):
        screen.open_camera(context.selected)  # type: ignore[attr-defined] # the panel under this key


def _act(
    key: str,
    text: object,
    help_line: object,
    run: Callable[[Context], None],
    *,
    shortcut: str = "",
    panel_key: str = "",
    enabled: Callable[[Context], bool] | None = None,
    duties: frozenset[str] = WATCHERS,
    needs_link: bool = True,
) -> Action:
    allowed = {} if enabled is None else {"enabled": enabled}
    return Action(
        f"camera.{key}",
        text,
        help_line,
        run,
        shortcut=shortcut,
        panel_key=panel_key,
        duties=duties,
        needs_link=needs_link,
        **allowed,
    )


ACTIONS = (
    _act(
        "near",
        QT_TRANSLATE_NOOP("actions", "Cameras near here"),
        QT_TRANSLATE_NOOP(
            "actions", "Show the nearest nine cameras beside the ticket, 1 to 9 open them; again: away"
        ),
        _near,
        shortcut="F10",
        enabled=_has_ticket,
    ),
    _act(
        "around",
        QT_TRANSLATE_NOOP("actions", "Map around the ticket"),
        QT_TRANSLATE_NOOP("actions", "Show the cameras around the ticket in hand on the map"),
        _around,
        shortcut="Shift+F10",
        enabled=_has_ticket,
    ),
    _act(
        "find",
        QT_TRANSLATE_NOOP("actions", "Find a camera"),
        QT_TRANSLATE_NOOP("actions", "Look for a camera by name, place, pinyin, purpose or code"),
        HERE.does(lambda room: room.seek()),
        shortcut="Ctrl+Shift+F10",
    ),
    _act(
        "open",
        QT_TRANSLATE_NOOP("actions", "Open the camera"),
        QT_TRANSLATE_NOOP(
            "actions", "Show the camera under the cursor in the chosen tile; a reason is asked first"
        ),
        HERE.does(lambda room: room.open_chosen()),
        panel_key="Return",
        enabled=_has_camera,
    ),
    _act(
        "screen",
        QT_TRANSLATE_NOOP("actions", "Second screen"),
        QT_TRANSLATE_NOOP(
            "actions", "Open the wall in a window of its own, with the camera under the cursor"
        ),
        _to_screen,
        shortcut="Ctrl+F10",
        needs_link=False,
    ),
    _act(
        "wall",
        QT_TRANSLATE_NOOP("actions", "Show the pictures"),
        QT_TRANSLATE_NOOP("actions", "Bring the wall of pictures to the front"),
        HERE.does(lambda room: room.show_page(WALL)),
        needs_link=False,
    ),
    _act(
        "map",
        QT_TRANSLATE_NOOP("actions", "Show on the map"),
        QT_TRANSLATE_NOOP("actions", "Show all cameras on the map, the one under the cursor chosen"),
        HERE.does(lambda room: room.show_on_map()),
        panel_key="Ctrl+M",
    ),
    _act(
        "grid",
        QT_TRANSLATE_NOOP("actions", "1, 4, 9 or 16 pictures"),
        QT_TRANSLATE_NOOP("actions", "Take the next number of tiles; the keys 1 to 4 choose one by its side"),
        HERE.does(lambda room: room.cycle_grid()),
        panel_key="G",
        enabled=HERE.is_here,
        needs_link=False,
    ),
    _act(
        "close",
        QT_TRANSLATE_NOOP("actions", "Close the picture"),
        QT_TRANSLATE_NOOP("actions", "Close the chosen picture of the wall"),
        HERE.does(lambda room: room.close_chosen()),
        panel_key="Delete",
        enabled=HERE.is_here,
        needs_link=False,
    ),
    _act(
        "close_all",
        QT_TRANSLATE_NOOP("actions", "Close all pictures"),
        QT_TRANSLATE_NOOP("actions", "Close every picture; the next one is asked for a reason again"),
        HERE.does(lambda room: room.close_all()),
        panel_key="Ctrl+Delete",
        enabled=HERE.is_here,
        needs_link=False,
    ),
    _act(
        "groups",
        QT_TRANSLATE_NOOP("actions", "Groups of cameras"),
        QT_TRANSLATE_NOOP("actions", "Go to my groups and those shared with my unit"),
        HERE.does(lambda room: room.show_groups()),
    ),
    _act(
        "new_group",
        QT_TRANSLATE_NOOP("actions", "New group of cameras"),
        QT_TRANSLATE_NOOP("actions", "Begin a group with the cameras on the wall"),
        HERE.does(lambda room: room.new_group()),
    ),
    _act(
        "round",
        QT_TRANSLATE_NOOP("actions", "Go round a group"),
        QT_TRANSLATE_NOOP(
            "actions", "Show the cameras of the chosen group one page after the other, with a record"
        ),
        HERE.does(lambda room: room.go_round()),
        enabled=HERE.is_here,
    ),
    _act(
        "round_pause",
        QT_TRANSLATE_NOOP("actions", "Stay, or go on with the round"),
        QT_TRANSLATE_NOOP("actions", "Keep the page of the round, or let it turn again"),
        HERE.does(lambda room: room.pause_round()),
        panel_key="Space",
        enabled=HERE.when(lambda room: room.is_on_round()),
        needs_link=False,
    ),
    _act(
        "round_next",
        QT_TRANSLATE_NOOP("actions", "Next page of the round"),
        QT_TRANSLATE_NOOP("actions", "Turn to the next page; after the last one the round is complete"),
        HERE.does(lambda room: room.turn_round(1)),
        panel_key="PgDown",
        enabled=HERE.when(lambda room: room.is_on_round()),
    ),
    _act(
        "round_back",
        QT_TRANSLATE_NOOP("actions", "Page before of the round"),
        QT_TRANSLATE_NOOP("actions", "Turn a page of the round back"),
        HERE.does(lambda room: room.turn_round(-1)),
        panel_key="PgUp",
        enabled=HERE.when(lambda room: room.is_on_round()),
    ),
    _act(
        "round_end",
        QT_TRANSLATE_NOOP("actions", "End the round"),
        QT_TRANSLATE_NOOP("actions", "End the round here; its record keeps what was seen"),
        HERE.does(lambda room: room.stop_round()),
        enabled=HERE.when(lambda room: room.is_on_round()),
        needs_link=False,
    ),
    _act(
        "rounds",
        QT_TRANSLATE_NOOP("actions", "Show the rounds"),
        QT_TRANSLATE_NOOP("actions", "What rounds are due today, and what those before really saw"),
        HERE.does(lambda room: room.show_page(PATROLS)),
    ),
    _act(
        "views",
        QT_TRANSLATE_NOOP("actions", "Who looked through cameras"),
        QT_TRANSLATE_NOOP("actions", "Show who looked through which camera, when, why and how long"),
        HERE.does(lambda room: room.show_page(VIEWS)),
        duties=OVERSEERS,
    ),
    _act(
        "export_views",
        QT_TRANSLATE_NOOP("actions", "Export who looked"),
        QT_TRANSLATE_NOOP(
            "actions", "Write what is asked of the views to CSV or XLSX; that is registered, too"
        ),
        HERE.does(lambda room: room.export_views()),
        duties=OVERSEERS,
    ),
    _act(
        "refresh",
        QT_TRANSLATE_NOOP("actions", "Refresh the cameras"),
        QT_TRANSLATE_NOOP("actions", "Read the places, groups and what is in front again"),
        HERE.does(lambda room: room.refresh()),
        panel_key="F5",
        enabled=HERE.is_here,
    ),
)
