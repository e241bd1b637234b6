"""The workspaces of the console; panels are imported when first shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtWidgets import QWidget

from console.app.session import Session
from console.camera.actions import SCREEN, WATCHERS, WORKSPACE
from console.directory.record import Directory
from console.evidence.actions import CHECKERS
from console.kit.action import Host
from console.kit.finding import Provider
from console.kit.panel import Aside, PagePart, Panel
from console.kit.spare import Spare
from console.shell.parts import Parts
from console.shell.workspaces import Workspace
from console.ticket.record import TicketId
from console.ticket.rehearsal import Rehearsal

if TYPE_CHECKING:
    from console.ticket.page import TicketPage

CENTRE = frozenset({"operator", "callback", "supervisor", "inspector", "leader"})


def _queue(session: Session) -> Panel:
    from console.ticket.queue import QueuePanel

    return QueuePanel(session)


def _intake(session: Session) -> Panel:
    from console.ticket.intake import IntakePanel

    return IntakePanel(session)


def _centre_desk(session: Session) -> Panel:
    from console.ticket.centre_desk import CentreDesk

    return CentreDesk(session)


def _unit_desk(session: Session) -> Panel:
    from console.ticket.unit_desk import UnitDesk

    return UnitDesk(session)


def _evidence(session: Session) -> Panel:
    from console.evidence.panel import EvidencePanel

    return EvidencePanel(session)


def _history(session: Session) -> Panel:
    from console.history.panel import HistoryPanel

    return HistoryPanel(session)


def _camera_health(session: Session) -> Panel:
    from console.health.panel import HealthPanel

    return HealthPanel(session)


def _footage(session: Session) -> PagePart:
    from console.footage.part import FootagePart

    return FootagePart(session)


def _cameras(session: Session) -> Panel:
    from console.camera.workspace import CameraPanel

    return CameraPanel(session)


def _second_screen(session: Session) -> Panel:
    from console.wall.second_screen import SecondScreen

    return SecondScreen(session)


def _near(session: Session) -> Aside:
    from console.camera.near_panel import NearPanel

    return NearPanel(session)


def _finders(session: Session, host: Host) -> Sequence[Provider]:
    """Return what the command line finds beside actions, tickets, places and views."""
    if WATCHERS.isdisjoint(session.me.duties):
        return ()
    from console.camera.directory_store import CameraDirectoryStore
    from console.camera.finder import CameraFinder
    from console.camera.record import Camera
    from console.camera.room import CameraRoom

    def directory() -> Directory:
        return session.directory

    def show(camera: Camera) -> None:
        room = host.show_workspace(WORKSPACE)
        if isinstance(room, CameraRoom):
            room.open_camera(camera)

    return (CameraFinder(CameraDirectoryStore(session.engine), directory, show),)


def _pages(session: Session, home: QWidget) -> Callable[[object], Panel]:
    """Return what makes the page of a ticket, which will be a child of `home`."""

    def build() -> TicketPage:
        from console.ticket.page import TicketPage

        return TicketPage(session)

    def show(ticket_id: object) -> Panel:
        page = spare.take()
        page.show_for(TicketId(int(str(ticket_id))))
        return page

    spare = Spare(build, home)
    Rehearsal(session, home)
    return show


PAGE_PARTS = (_footage,)
WORKSPACES = (
    Workspace(
        "unit",
        QT_TRANSLATE_NOOP("actions", "Unit desk"),
        QT_TRANSLATE_NOOP("actions", "What my unit holds or assists: sign, contact, answer, return."),
        _unit_desk,
        frozenset({"unit"}),
    ),
    Workspace(
        "queue",
        QT_TRANSLATE_NOOP("actions", "Queue"),
        QT_TRANSLATE_NOOP("actions", "All tickets I may see, live, by light, state, unit, place and text."),
        _queue,
    ),
    Workspace(
        "intake",
        QT_TRANSLATE_NOOP("actions", "Intake"),
        QT_TRANSLATE_NOOP("actions", "Write down what a caller says and decide where it goes."),
        _intake,
        frozenset({"operator", "supervisor"}),
    ),
    Workspace(
        "centre",
        QT_TRANSLATE_NOOP("actions", "Centre desk"),
        QT_TRANSLATE_NOOP("actions", "Dispatch, returns, extensions, holds, reviews and callbacks to do."),
        _centre_desk,
        CENTRE,
    ),
    Workspace(
        "evidence",
        QT_TRANSLATE_NOOP("actions", "Evidence"),
        QT_TRANSLATE_NOOP("actions", "The register: who saw whom, when and why; the reveals day by day."),
        _evidence,
        CHECKERS,
    ),
    Workspace(
        "history",
        QT_TRANSLATE_NOOP("actions", "History"),
        QT_TRANSLATE_NOOP(
            "actions", "All years: figures by month, unit, place or category, the tickets, a file."
        ),
        _history,
    ),
    Workspace(
        WORKSPACE,
        QT_TRANSLATE_NOOP("actions", "Cameras"),
        QT_TRANSLATE_NOOP("actions", "Find a camera, look, go round a group, see who looked."),
        _cameras,
        WATCHERS,
    ),
    Workspace(
        "camera_health",
        QT_TRANSLATE_NOOP("actions", "Camera health"),
        QT_TRANSLATE_NOOP(
            "actions", "How many cameras are online, over time, and which are down since when."
        ),
        _camera_health,
        CENTRE,
    ),
)
PARTS = Parts(_pages, _near, {SCREEN: _second_screen}, _finders)
