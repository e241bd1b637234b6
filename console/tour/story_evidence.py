"""Who saw whom: a caller revealed, a sheet on paper, the register, and the supervisor's daily list."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel

from console.evidence.daily import DailyView
from console.evidence.panel import EvidencePanel
from console.kit.paper import picture
from console.ticket.action_form import ActionForm
from console.tour.album import SIZE
from console.tour.day import OPERATOR, SUPERVISOR, Day
from console.tour.forms import fill
from console.tour.hands import StepError, activate, press, shown, wait_for, write
from console.tour.seat import Seat
from console.tour.story_report import need, page_text
from console.tour.teller import Step

REASON = "核对来电号码，准备回访"


def reveal(day: Day) -> None:
    """Show the caller for a reason; the page says how long."""
    seat = day.seat(OPERATOR)
    page = seat.page(need(day.first))
    page.setFocus()
    seat.press("F6")
    wait_for(lambda: any(form.isVisible() for form in page.findChildren(ActionForm)), "the form")
    form = shown(page, ActionForm)
    fill(form, {"reason": REASON})
    press(form, "Ctrl+Return")
    wait_for(lambda: day.phone in page_text(page), "the caller's number in plain sight")


def paper(day: Day) -> None:
    """Save the sheet as PDF by its key, and look at a page: masked again, marked all over."""
    seat = day.seat(OPERATOR)
    page = seat.page(need(day.first))
    page.setFocus()
    with tempfile.TemporaryDirectory() as folder:
        seat.press("Ctrl+Shift+P")
        dialog = need(page.findChild(QFileDialog), "dialog for the file")
        file = Path(folder) / "sheet.pdf"
        dialog.selectFile(str(file))
        dialog.accept()
        wait_for(file.exists, "the PDF")
        if not file.read_bytes().startswith(b"%PDF-"):
            raise StepError("the file is no PDF")
    sheet = need(page.on_paper(), "sheet")
    if day.phone in sheet.body:
        raise StepError("the caller is in plain sight on paper after the page was left")
    stamp = sheet.begin()
    image = picture(sheet.body, stamp.text(sheet.zone))
    sheet.end(stamp)
    window = QLabel()
    smooth = Qt.TransformationMode.SmoothTransformation
    page_of_paper = QPixmap.fromImage(image).scaledToHeight(SIZE.height(), smooth)
    window.setPixmap(page_of_paper)
    window.setFixedSize(page_of_paper.size())
    window.show()
    day.windows = (window,)
    day.shoot()
    window.close()


def register(day: Day) -> None:
    """Ask the register about the ticket, and read the reveal in plain words."""
    seat, panel = _evidence(day)
    seat.press("Ctrl+Shift+R")
    write(panel.register.filter.number, need(day.first).number)
    model = panel.register.list.model
    wait_for(lambda: {row.kind for row in model.rows} >= {"reveal", "export"}, "the reveal and the paper")
    wait_for(lambda: all(row.ticket_id == need(day.first).id for row in model.rows), "this ticket alone")
    number = next(number for number, row in enumerate(model.rows) if row.kind == "reveal")
    panel.register.table.selectRow(number)
    wait_for(lambda: REASON in panel.register.detail.toPlainText(), "the reason in plain words")


def register_dark(day: Day) -> None:
    """Look at the same in the other theme."""
    seat, _ = _evidence(day)
    seat.press("Ctrl+Shift+T")
    wait_for(lambda: seat.session.theme.name == "dark", "the dark theme")
    day.shoot()
    seat.press("Ctrl+Shift+T")


def daily(day: Day) -> None:
    """Look over today's reveals and tick them."""
    seat, panel = _evidence(day)
    seat.press("Ctrl+Shift+D")
    view: DailyView = panel.daily
    seat.press("F5")
    wait_for(
        lambda: any(row.reason == REASON for row in view.reveals.rows) and view.may_tick(), "today's list"
    )
    day.shoot()
    seat.press("Ctrl+Return")
    wait_for(lambda: view.day() is not None and need(view.day(), "day").seen_at is not None, "the tick")


def _evidence(day: Day) -> tuple[Seat, EvidencePanel]:
    seat = day.seat(SUPERVISOR)
    activate(seat.window)
    return seat, seat.evidence()


STEPS = (
    Step("reveal", reveal, ("dispatch",)),
    Step("paper", paper, ("dispatch",)),
    Step("register", register, ("reveal", "paper")),
    Step("register-dark", register_dark, ("register",)),
    Step("daily-list", daily, ("reveal",)),
)
