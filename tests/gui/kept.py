"""What tests of kept pictures share: something to keep, and where it is found again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hall import OPERATOR, Hall
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from console.camera.record import Camera, Sight
from console.camera.store import CameraStore
from console.footage.outbox import PREFIX
from console.footage.part import FootagePart
from console.shell.main_window import MainWindow
from console.ticket.page import TicketPage


def sight_of(window: MainWindow, camera: int, ticket: dict[str, Any] | None = None) -> Sight:
    store = CameraStore(window.session.engine)
    view = store.open(camera, "核实现场", ticket["id"] if ticket else None, "main").view
    seen: Camera = store.cameras([camera])[0]
    return Sight(view, seen, "main", "核实现场", ticket["id"] if ticket else None)


def picture(width: int = 640, height: int = 360) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)  # without it what is not painted is whatever the memory held
    for y in range(height):
        for x in range(0, width, 8):
            image.setPixelColor(
                x, y, Qt.GlobalColor.white if (x // 8 + y // 8) % 2 else Qt.GlobalColor.darkGreen
            )
    return image


def kept_of(owner_hall: Hall, ticket: int) -> list[dict[str, Any]]:
    return owner_hall.call(OPERATOR, "select * from api.footage_of(%s)", ticket)


def outbox_files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob(f"{PREFIX}*/*"))


def texts(window: MainWindow) -> list[str]:
    return [notice.text for notice in window.session.notices.all()]


def part_of(page: object) -> FootagePart:
    assert isinstance(page, TicketPage)
    part = page._parts[0]
    assert isinstance(part, FootagePart)
    return part


def said(part: FootagePart) -> list[str]:
    """Return what the desk of a page was told."""
    return [notice.text for notice in part._session.notices.all()]


def ended(owner_hall: Hall) -> list[str]:
    """Return of each export that has ended how many files came of it."""
    rows = owner_hall.rows(
        "select detail->>'rows' as n from audit.entry where kind = 'export_end' order by id"
    )
    return [row["n"] for row in rows]


def full_disk(target: Path) -> Path:
    """Let there be no room for a file: what is written before it has its name goes to a full device."""
    target.with_name(target.name + ".part").symlink_to("/dev/full")
    return target
