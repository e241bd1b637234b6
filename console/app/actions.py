"""All actions of the console in one registry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QT_TRANSLATE_NOOP

from console.camera.actions import ACTIONS as CAMERA_ACTIONS
from console.evidence.actions import ACTIONS as EVIDENCE_ACTIONS
from console.footage.actions import ACTIONS as FOOTAGE_ACTIONS
from console.history.actions import ACTIONS as HISTORY_ACTIONS
from console.kit.action import Action, Context, Registry
from console.shell.main_window import MainWindow
from console.shell.workspaces import Workspace
from console.ticket.actions import ACTIONS as TICKET_ACTIONS
from console.wall.actions import ACTIONS as WALL_ACTIONS


def _on_window(run: Callable[[MainWindow], object]) -> Callable[[Context], None]:
    def run_on(context: Context) -> None:
        if isinstance(context.host, MainWindow):
            run(context.host)

    return run_on


def _has_pages(context: Context) -> bool:
    return isinstance(context.host, MainWindow) and bool(context.host.open_pages)


SHELL_ACTIONS = (
    Action(
        "shell.palette",
        QT_TRANSLATE_NOOP("actions", "Find and do"),
        QT_TRANSLATE_NOOP("actions", "Find an action, ticket number, unit, place or view by typing."),
        _on_window(MainWindow.show_palette),
        "Ctrl+K",
    ),
    Action(
        "shell.notices",
        QT_TRANSLATE_NOOP("actions", "Notices"),
        QT_TRANSLATE_NOOP("actions", "Show all notices and errors of this run with their details."),
        _on_window(MainWindow.show_notices),
        "Ctrl+Shift+N",
    ),
    Action(
        "shell.speed",
        QT_TRANSLATE_NOOP("actions", "How quick this desk is"),
        QT_TRANSLATE_NOOP("actions", "Show how long each kind of action takes, what was slow, and why."),
        _on_window(MainWindow.show_speed),
    ),
    Action(
        "shell.theme",
        QT_TRANSLATE_NOOP("actions", "Light or dark"),
        QT_TRANSLATE_NOOP("actions", "Switch between the light and the dark theme."),
        _on_window(MainWindow.switch_theme),
        "Ctrl+Shift+T",
    ),
    Action(
        "shell.language",
        QT_TRANSLATE_NOOP("actions", "中文 / English"),
        QT_TRANSLATE_NOOP("actions", "Switch between Chinese and English."),
        _on_window(MainWindow.switch_language),
        "Ctrl+Shift+L",
    ),
    Action(
        "shell.help",
        QT_TRANSLATE_NOOP("actions", "All keys"),
        QT_TRANSLATE_NOOP("actions", "List every action by its key."),
        _on_window(MainWindow.show_help),
        "F1",
    ),
    Action(
        "shell.close_page",
        QT_TRANSLATE_NOOP("actions", "Close ticket"),
        QT_TRANSLATE_NOOP("actions", "Close the ticket in front."),
        _on_window(MainWindow.close_page),
        "Ctrl+W",
        enabled=_has_pages,
    ),
    Action(
        "shell.next_page",
        QT_TRANSLATE_NOOP("actions", "Next open ticket"),
        QT_TRANSLATE_NOOP("actions", "Go to the next open ticket."),
        _on_window(partial(MainWindow.turn_page, step=1)),
        "Ctrl+PgDown",
        enabled=_has_pages,
    ),
    Action(
        "shell.previous_page",
        QT_TRANSLATE_NOOP("actions", "Previous open ticket"),
        QT_TRANSLATE_NOOP("actions", "Go to the previous open ticket."),
        _on_window(partial(MainWindow.turn_page, step=-1)),
        "Ctrl+PgUp",
        enabled=_has_pages,
    ),
    Action(
        "shell.lock",
        QT_TRANSLATE_NOOP("actions", "Lock"),
        QT_TRANSLATE_NOOP("actions", "Hide everything until the password is typed."),
        _on_window(MainWindow.lock),
        "Ctrl+Shift+Q",
    ),
    Action(
        "shell.person",
        QT_TRANSLATE_NOOP("actions", "Somebody else"),
        QT_TRANSLATE_NOOP("actions", "Let somebody else work at this desk; your layout and drafts are kept."),
        _on_window(MainWindow.change_person),
    ),
    Action(
        "shell.quit",
        QT_TRANSLATE_NOOP("actions", "Quit"),
        QT_TRANSLATE_NOOP("actions", "Close the console; drafts are kept."),
        _on_window(MainWindow.close),
        "Ctrl+Q",
    ),
)


def registry(workspaces: Sequence[Workspace]) -> Registry:
    """Return every action a person with these workspaces can trigger."""
    places = [_go(*each) for each in enumerate(workspaces, start=1)]
    rooms = (TICKET_ACTIONS, EVIDENCE_ACTIONS, HISTORY_ACTIONS, CAMERA_ACTIONS, WALL_ACTIONS, FOOTAGE_ACTIONS)
    return Registry(SHELL_ACTIONS, places, *rooms)


def _go(number: int, workspace: Workspace) -> Action:
    return Action(
        f"go.{workspace.key}",
        workspace.title,
        workspace.help,
        _on_window(partial(MainWindow.show_workspace, key=workspace.key)),
        f"Alt+{number}",
    )
