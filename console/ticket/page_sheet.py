"""The sheet of a ticket: words, facts, caller, related tickets, custody, files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from html import escape

from PySide6.QtCore import QCoreApplication

from console.directory.record import Directory
from console.kit.html import cell, heading, link, paragraphs, table
from console.ticket.page_data import PageData
from console.ticket.page_record import Attachment, Caller, Custody, Event, Identity
from console.ticket.page_words import moment_text
from console.ticket.record import Ticket

translate = QCoreApplication.translate
SHA_SHOWN = 12


def sheet_html(
    directory: Directory, page: PageData, identity: Identity | None, now: datetime, *, is_paper: bool = False
) -> str:
    """Return the sheet as rich text; on paper there is nothing to click."""
    custody = _custody_html(directory, page.custody, page.events, now)
    tickets = partial(_tickets_html, directory, is_paper=is_paper)
    sections = (
        ("", paragraphs(page.ticket.body)),
        (translate("sheet", "Facts"), table(_fact_rows(directory, page.ticket))),
        (translate("sheet", "Caller"), _caller_html(directory, page, identity, is_paper=is_paper)),
        (
            translate("sheet", "Merged into this ticket"),
            tickets(page.merged),
        ),
        (translate("sheet", "Linked tickets"), tickets(page.linked)),
        (translate("sheet", "Who held it"), custody),
        (translate("sheet", "Files"), _files_html(directory, page.attachments, is_paper=is_paper)),
    )
    return "".join(f"{heading(title) if title else ''}{body}" for title, body in sections if body)


def _fact_rows(directory: Directory, ticket: Ticket) -> list[str]:
    zone = directory.workdays.tz
    place = " · ".join(part for part in (directory.place_path(ticket.place_id), ticket.place_text) if part)
    source = " ".join(
        (directory.code_name(directory.sources, ticket.source), ticket.external_number or "")
    ).strip()
    kind = directory.code_name(directory.kinds, ticket.kind)
    category = " · ".join(part for part in (kind, directory.category_path(ticket.category_id)) if part)
    assisting = "、".join(directory.unit_name(unit_id) for unit_id in ticket.assist_unit_ids)
    satisfaction = directory.reason_name("satisfaction", ticket.satisfaction)
    facts = (
        (translate("sheet", "Kind and category"), category),
        (translate("sheet", "Place"), place or translate("sheet", "no place")),
        (
            translate("sheet", "Channel"),
            f"{directory.code_name(directory.channels, ticket.channel)} · {source}",
        ),
        (translate("sheet", "Handling unit"), directory.unit_name(ticket.handler_unit_id)),
        (translate("sheet", "Assisting"), assisting),
        (translate("sheet", "Unit complained about"), directory.unit_name(ticket.accused_unit_id)),
        (
            translate("sheet", "Registered"),
            f"{moment_text(ticket.created_at, zone)} · {directory.staff_name(ticket.created_by)}",
        ),
        (
            translate("sheet", "Dispatched"),
            moment_text(ticket.dispatched_at, zone) if ticket.dispatched_at else "",
        ),
        (
            translate("sheet", "Contacted"),
            moment_text(ticket.contacted_at, zone) if ticket.contacted_at else "",
        ),
        (translate("sheet", "Answered"), moment_text(ticket.answered_at, zone) if ticket.answered_at else ""),
        (translate("sheet", "Returns · reworks · extensions"), _tallies(ticket)),
        (translate("sheet", "Callback"), satisfaction),
    )
    return [cell(label, "m") + cell(text) for label, text in facts if text]


def _tallies(ticket: Ticket) -> str:
    numbers = (ticket.returns, ticket.reworks, ticket.extensions)
    return " · ".join(str(number) for number in numbers) if any(numbers) else ""


def _caller_html(directory: Directory, page: PageData, identity: Identity | None, *, is_paper: bool) -> str:
    caller: Caller | None = page.caller
    if caller is None:
        return ""
    if identity is not None:
        line = escape(" · ".join(identity.known()))
        if not is_paper:
            until = f"{identity.expires_at.astimezone(directory.workdays.tz):%H:%M}"
            hint = translate("sheet", "in plain sight until {time}").format(time=until)
            line += f' &nbsp; <span class="f">{escape(hint)}</span>'
    elif caller.is_anonymous:
        line = escape(translate("sheet", "anonymous"))
    else:
        masked = " · ".join(part for part in (caller.name_masked, caller.phone_masked) if part)
        reveal = link("reveal", translate("sheet", "Reveal… (F6)"))
        line = escape(masked) if is_paper else f"{escape(masked)} &nbsp; {reveal}"
    marks = [
        text
        for text, holds in (
            (translate("sheet", "asks for secrecy"), page.ticket.caller_secret),
            (translate("sheet", "wants no reply"), not page.ticket.wants_reply),
        )
        if holds
    ]
    return f'<p>{line} <span class="r">{escape(" · ".join(marks))}</span></p>'


def _tickets_html(directory: Directory, tickets: Sequence[Ticket], *, is_paper: bool) -> str:
    rows = (
        _linked(f"ticket:{ticket.id}", ticket.number, is_paper=is_paper)
        + cell(directory.code_name(directory.states, ticket.state), "m")
        + cell(ticket.title)
        for ticket in tickets
    )
    return table(rows) if tickets else ""


def _custody_html(
    directory: Directory, custody: Sequence[Custody], events: Sequence[Event], now: datetime
) -> str:
    head = (
        translate("sheet", "Leg"),
        translate("sheet", "Unit"),
        translate("sheet", "From"),
        translate("sheet", "To"),
        translate("sheet", "Working days"),
        translate("sheet", "Basis, returns and end"),
    )
    return table(_custody_rows(directory, custody, events, now), head) if custody else ""


def _custody_rows(
    directory: Directory, custody: Iterable[Custody], events: Sequence[Event], now: datetime
) -> Iterable[str]:
    zone = directory.workdays.tz
    for held in custody:
        role = "" if held.role == "lead" else translate("sheet", " (assists)")
        ended = directory.code_name(directory.actions, held.ended_by)
        words = (held.basis or "", *_returns(directory, held, events), ended)
        yield (
            cell(str(held.leg), "m")
            + cell(directory.unit_name(held.unit_id) + role, "b" if held.to_at is None else "")
            + cell(moment_text(held.from_at, zone), "n")
            + cell(moment_text(held.to_at, zone) if held.to_at else translate("sheet", "now"), "n")
            + cell(_days_held(directory, held, now))
            + cell(" · ".join(word for word in words if word), "m")
        )


def _days_held(directory: Directory, held: Custody, now: datetime) -> str:
    days = directory.workdays.between(held.from_at, held.to_at or now)
    if days is None:
        return ""
    return str(days) if held.to_at else translate("sheet", "{n} so far").format(n=days)


def _returns(directory: Directory, held: Custody, events: Sequence[Event]) -> Iterable[str]:
    """Name the basis of every return by the unit that held the ticket."""
    for event in events:
        is_within = held.from_at <= event.at and (held.to_at is None or event.at <= held.to_at)
        if event.action == "return" and held.role == "lead" and is_within:
            basis = directory.reason_name("return", event.payload["basis"])
            yield translate("sheet", "returned: {basis}").format(basis=basis)


def _files_html(directory: Directory, files: Sequence[Attachment], *, is_paper: bool) -> str:
    zone = directory.workdays.tz
    rows = (
        # a camera's picture is looked at in the list of pictures, where it leaves no copy
        _linked(f"file:{file.id}", file.name, is_paper=is_paper or file.footage_id is not None)
        + cell(size_text(file.size), "m")
        + cell(f"SHA-256 {file.sha256.hex()[:SHA_SHOWN]}…", "f")
        + cell(f"{moment_text(file.added_at, zone)} {directory.staff_name(file.added_by)}", "m")
        for file in files
    )
    if is_paper:
        return table(rows) if files else ""
    add = link("attach", translate("sheet", "Add a file… (F7), or drop it here"))
    return f"{table(rows) if files else ''}<p>{add}</p>"


def _linked(target: str, text: str, *, is_paper: bool) -> str:
    return cell(text) if is_paper else f"<td>{link(target, text)}</td>"


def size_text(size: int) -> str:
    """Show a file's size."""
    return f"{size / 1024:.0f} kB" if size < 1 << 20 else f"{size / (1 << 20):.1f} MB"
