"""Every event of a ticket in words, newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import QCoreApplication

from console.directory.record import Directory
from console.ticket.page_record import Event
from console.ticket.page_words import moment_text, payload_lines

AT_FIRST = 30  # events; more than a screen shows


def timeline_html(directory: Directory, events: Sequence[Event], numbers: Mapping[int, str]) -> str:
    """Return the stream as rich text; `numbers` names the tickets it speaks of."""
    return "".join(_event_html(directory, event, numbers) for event in reversed(events))


def _event_html(directory: Directory, event: Event, numbers: Mapping[int, str]) -> str:
    action = directory.code_name(directory.actions, event.action)
    actor = " · ".join(
        part for part in (directory.staff_name(event.actor), directory.unit_name(event.unit_id)) if part
    )
    moved = ""
    if event.to_state and event.to_state != event.from_state:
        state = directory.code_name(directory.states, event.to_state)
        moved = f' <span class="m">→ {escape(state)}</span>'
    colon = QCoreApplication.translate("timeline", ": ")
    lines = "".join(
        f'<p style="margin-left:14px"><span class="f">{escape(label)}{colon}</span>{escape(text)}</p>'
        for label, text in payload_lines(directory, event, numbers)
    )
    rule = f' <span class="f">{escape(event.rule)}</span>' if event.rule else ""
    return (
        f'<p style="margin-top:8px"><span class="b">{escape(action)}</span>{moved}{rule}</p>'
        f'<p class="m">{moment_text(event.at, directory.workdays.tz)} · {escape(actor)}</p>{lines}'
    )
