"""Kept pictures in words: what, when, by whom, why, and how long they last."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, tzinfo
from html import escape

from PySide6.QtCore import QCoreApplication

from console.directory.record import Directory
from console.footage.record import Kept, Original
from console.kit.html import heading, link

translate = QCoreApplication.translate

SHA_SHOWN = 16
URGENT = timedelta(days=3)
PUBLISHERS = frozenset({"supervisor", "leader"})
OVERSEER = "supervisor"


def footage_html(
    directory: Directory,
    kept: Sequence[Kept],
    originals: Sequence[Original],
    now: datetime,
    duties: frozenset[str],
    loose: Sequence[Kept] = (),
) -> str:
    """Return the ticket's pictures and what sources still hold, each with what may be done about it.

    `loose` are pictures of the reader's own that no ticket has.
    """
    rows = [_original_html(directory, each, now) for each in originals]
    pictures = [_kept_html(directory, each, duties) for each in kept]
    parts = []
    if rows:
        parts.append(heading(translate("footage", "Recordings of the source systems")) + "".join(rows))
    if pictures:
        table = f'<table cellspacing="0">{"".join(pictures)}</table>'
        parts.append(heading(translate("footage", "Pictures from cameras")) + table)
    if loose:
        table = f'<table cellspacing="0">{"".join(_loose_html(directory, each) for each in loose)}</table>'
        parts.append(heading(translate("footage", "Kept by you, without a ticket")) + table)
    return "".join(parts)


def countdown(original: Original, now: datetime, zone: tzinfo) -> str:
    """Say how long the source system keeps what it recorded."""
    left = original.overwritten_at - now
    if left >= timedelta(days=1):
        text = translate("footage", "this footage is overwritten in {n} days, ask for the original now")
        return text.format(n=left.days)
    if left > timedelta():
        text = translate("footage", "this footage is overwritten in {n} hours, ask for the original now")
        return text.format(n=max(1, round(left / timedelta(hours=1))))
    text = translate("footage", "overwritten on {day}; nobody asked for it")
    return text.format(day=f"{original.overwritten_at.astimezone(zone):%Y-%m-%d}")


def original_words(directory: Directory, original: Original, now: datetime) -> tuple[str, str]:
    """Return a mark that needs no colour, and how the recording stands."""
    zone = directory.workdays.tz
    if original.state == "asked":
        text = translate("footage", "asked for on {moment} by {person}: {of}; overwritten on {day}")
        return "◐", text.format(
            moment=_moment(original.asked_at, zone),
            person=directory.staff_name(original.asked_by or ""),
            of=original.asked_of,
            day=f"{original.overwritten_at.astimezone(zone):%Y-%m-%d}",
        )
    if original.ended_at is not None:
        text = (
            translate("footage", "secured on {moment} by {person}: {note}")
            if original.state == "secured"
            else translate("footage", "lost, told on {moment} by {person}: {note}")
        )
        moment, person = _moment(original.ended_at, zone), directory.staff_name(original.ended_by or "")
        mark = "●" if original.state == "secured" else "✕"
        return mark, text.format(moment=moment, person=person, note=original.note)
    return ("▲" if original.overwritten_at > now else "✕"), countdown(original, now, zone)


def span_text(since: datetime, until: datetime, zone: tzinfo) -> str:
    """Show a span of time, the day once."""
    first, last = since.astimezone(zone), until.astimezone(zone)
    end = f"{last:%H:%M}" if first.date() == last.date() else f"{last:%Y-%m-%d %H:%M}"
    return f"{first:%Y-%m-%d %H:%M}–{end}"


def _original_html(directory: Directory, original: Original, now: datetime) -> str:
    mark, words = original_words(directory, original, now)
    is_open = original.state in ("open", "asked")
    is_urgent = original.state == "open" and original.overwritten_at - now <= URGENT
    where = f"{original.camera_name} {span_text(original.since, original.until, directory.workdays.tz)}"
    links = []
    if original.state == "open":
        links.append(link(f"ask:{original.id}", translate("footage", "I have asked…")))
    if is_open:
        links.append(link(f"secured:{original.id}", translate("footage", "It is secured…")))
        links.append(link(f"lost:{original.id}", translate("footage", "It is lost…")))
    look = "r" if is_urgent else "b" if is_open else "m"
    return (
        f'<p>{escape(where)} · <span class="{look}">{mark} {escape(words)}</span>'
        f" &nbsp; {' · '.join(links)}</p>"
    )


def _kept_html(directory: Directory, kept: Kept, duties: frozenset[str]) -> str:
    zone = directory.workdays.tz
    taken = f"{kept.taken_at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
    if kept.kind == "clip":
        seconds = round((kept.taken_until - kept.taken_at).total_seconds())
        what = (
            translate("footage", "clip of {n} s")
            if kept.blurred_from is None
            else translate("footage", "shielded copy of clip № {id}, {n} s")
        ).format(id=kept.blurred_from, n=seconds)
    elif kept.blurred_from is not None:
        what = translate("footage", "shielded copy of № {id}").format(id=kept.blurred_from)
    else:
        what = translate("footage", "picture")
    head = f"<b>№ {kept.id}</b> · {escape(what)} · {escape(kept.camera_name)} · {escape(kept.camera_code)}"
    person = f"{directory.staff_name(kept.kept_by)} · {directory.unit_name(kept.unit_id)}"
    who = translate("footage", "{moment} server time · {person} · {reason}").format(
        moment=taken, person=person, reason=kept.reason
    )
    sha = f"SHA-256 {kept.sha256.hex()[:SHA_SHOWN]}… · {kept.size / 1024:.0f} kB"
    lines = (head, escape(who), f'<span class="f">{escape(sha)}</span>', _standing(directory, kept))
    text = "<br>".join(line for line in (*lines, " · ".join(_links(kept, duties))) if line)
    return f"<tr><td>{_thumb(kept)}</td><td>{text}</td></tr>"


def _loose_html(directory: Directory, kept: Kept) -> str:
    taken = f"{kept.taken_at.astimezone(directory.workdays.tz):%Y-%m-%d %H:%M:%S}"
    text = f"<b>№ {kept.id}</b> · {escape(f'{kept.camera_name} · {taken} · {kept.reason}')}"
    give = link(f"give:{kept.id}", translate("footage", "Give it to this ticket"))
    return f"<tr><td>{_thumb(kept)}</td><td>{text}<br>{give}</td></tr>"


def _thumb(kept: Kept) -> str:
    if kept.thumb is None:
        gone = translate("footage", "deleted")
        return f'<span class="m">{escape(gone)}</span>'
    return f'<img src="data:image/png;base64,{base64.b64encode(kept.thumb).decode()}">'


def _standing(directory: Directory, kept: Kept) -> str:
    zone = directory.workdays.tz
    if kept.purged_at is not None:
        text = translate("footage", "✕ deleted on {moment}; the digest is kept")
        return f'<span class="m">{escape(text.format(moment=_moment(kept.purged_at, zone)))}</span>'
    if kept.served_at is None or kept.deleted_on is None:
        return ""
    text = translate("footage", "◐ has served ({person}: {reason}); deleted on {day}")
    person = directory.staff_name(kept.served_by or "")
    day = f"{kept.deleted_on.astimezone(zone):%Y-%m-%d}"
    return f'<span class="b">{escape(text.format(person=person, reason=kept.served_reason, day=day))}</span>'


def _links(kept: Kept, duties: frozenset[str]) -> Iterable[str]:
    if kept.purged_at is not None:
        return
    is_still = kept.kind == "still"
    yield link(f"look:{kept.id}", translate("footage", "Look"))
    if kept.blurred_from is None:
        yield link(f"shield:{kept.id}", translate("footage", "Shield…"))
    if is_still:
        yield link(f"print:{kept.id}", translate("footage", "Print…"))
    yield link(f"evidence:{kept.id}", translate("footage", "Save as evidence…"))
    if kept.blurred_from is not None and duties & PUBLISHERS:
        yield link(f"publication:{kept.id}", translate("footage", "Save for publication…"))
    if OVERSEER in duties:
        has_served = kept.served_at is not None
        words = translate("footage", "Needed still…") if has_served else translate("footage", "Has served…")
        yield link(f"{'needed' if has_served else 'served'}:{kept.id}", words)


def _moment(at: datetime | None, zone: tzinfo) -> str:
    return "" if at is None else f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
