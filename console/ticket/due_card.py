"""Why a ticket is due when it is: every counted day with its notice, every held span."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication

from console.directory.record import Directory
from console.kit.html import cell, heading, table
from console.ticket.page_record import ClockRun, CountedDay, DueExplained, Segment
from console.ticket.page_words import day_text, moment_text

translate = QCoreApplication.translate

WEEKDAYS = {
    "zh_CN": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


def due_html(directory: Directory, due: DueExplained) -> str:
    """Return the explanation as rich text."""
    parts = []
    for title, clock in (
        (translate("due_card", "Contact with the caller"), due.contact),
        (translate("due_card", "Handling and answer"), due.answer),
    ):
        if clock is not None:
            parts.append(f"{heading(title)}{_clock_html(directory, clock)}")
    basis = due.policy.get("basis")
    if basis:
        policy = translate("due_card", "Policy")
        parts.append(f'<p><span class="m">{escape(policy)}</span> {escape(str(basis))}</p>')
    if due.provisional:
        warning = translate("due_card", "Provisional: the notice of that year is not published yet.")
        parts.append(f'<p class="r">{escape(warning)}</p>')
    held = [segment for segment in due.segments if segment.state == "held"]
    if held:
        rows = (_segment_row(directory, segment) for segment in held)
        title = translate("due_card", "Held")
        parts.append(f"{heading(title)}{table(rows)}")
    nothing = translate("due_card", "No clock runs: it starts with the dispatch.")
    return "".join(parts) or f'<p class="m">{escape(nothing)}</p>'


def _clock_html(directory: Directory, clock: ClockRun) -> str:
    zone = directory.workdays.tz
    due = translate("due_card", "Due") if clock.from_at else translate("due_card", "Due on a fixed day")
    facts = (
        (translate("due_card", "Start (day not counted)"), clock.from_at),
        (due, clock.due_at),
        (translate("due_card", "Ended"), clock.ended_at),
    )
    rows = [cell(label, "m") + cell(moment_text(moment, zone), "b") for label, moment in facts if moment]
    if clock.due_at is None:
        rows.append(cell(due, "m") + cell(translate("due_card", "not as long as the clock is held")))
    return table(rows) + table(_day_rows(directory.language, clock.days))


def _day_rows(language: str, days: tuple[CountedDay, ...]) -> list[str]:
    rows = []
    number = 0
    names = WEEKDAYS.get(language, WEEKDAYS["en"])
    for day in days:
        number += day.counted
        rows.append(
            cell(f"{day_text(day.day)} {names[day.day.weekday()]}", "" if day.counted else "f")
            + cell(
                translate("due_card", "day {n}").format(n=number) if day.counted else "–",
                "b" if day.counted else "f",
            )
            + cell(day.notice, "m")
        )
    return rows


def _segment_row(directory: Directory, segment: Segment) -> str:
    zone = directory.workdays.tz
    end = moment_text(segment.to_at, zone) if segment.to_at else "…"
    return cell(f"{moment_text(segment.from_at, zone)} – {end}") + cell(
        directory.code_name(directory.actions, segment.reason), "m"
    )
