"""What the figures of the history are called, and how they read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console.directory.record import Directory
from console.history.record import MOST_DAYS, Figures, Group, What
from console.kit.table import RIGHT, Column
from console.ticket.record import Filter

GROUPS = {
    Group.MONTH: QT_TRANSLATE_NOOP("history", "Month"),
    Group.UNIT: QT_TRANSLATE_NOOP("history", "Unit"),
    Group.PLACE: QT_TRANSLATE_NOOP("history", "Place"),
    Group.CATEGORY: QT_TRANSLATE_NOOP("history", "Category"),
    Group.CHANNEL: QT_TRANSLATE_NOOP("history", "Channel"),
    Group.KIND: QT_TRANSLATE_NOOP("history", "Kind"),
    Group.STATE: QT_TRANSLATE_NOOP("history", "State"),
}
NONE = {
    Group.UNIT: QT_TRANSLATE_NOOP("history", "no unit yet"),
    Group.PLACE: QT_TRANSLATE_NOOP("history", "no smaller place"),
    Group.CATEGORY: QT_TRANSLATE_NOOP("history", "no category"),
}
ANSWERS = {
    "on_time": QT_TRANSLATE_NOOP("history", "Answered in time"),
    "late": QT_TRANSLATE_NOOP("history", "Answered late"),
    "missed": QT_TRANSLATE_NOOP("history", "Answer overdue"),
    "undated": QT_TRANSLATE_NOOP("history", "Answered, no due moment"),
    "none": QT_TRANSLATE_NOOP("history", "Not answered"),
}
OVERDUE = {
    True: QT_TRANSLATE_NOOP("history", "Was overdue"),
    False: QT_TRANSLATE_NOOP("history", "Never overdue"),
}
# Figures that have a column of their own, so that each can be opened; shares stand beside what they are of.
TIPS = {
    "overdue_share": QT_TRANSLATE_NOOP("history", "Overdue at least once ÷ tickets: {part} ÷ {whole}"),
    "on_time_share": QT_TRANSLATE_NOOP(
        "history", "Answered in time ÷ answered by a due moment or due by now: {part} ÷ {whole}"
    ),
    "median": QT_TRANSLATE_NOOP(
        "history", "Working days from dispatch to the answer: half of {whole} answered tickets took no longer"
    ),
}


def tr(text: object) -> str:
    """Translate a marked text of the history."""
    return QCoreApplication.translate("history", str(text))


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One line of the figures: a group, or all of them together in the first line."""

    place: int
    name: str
    figures: Figures
    is_total: bool = False


def name_of(group: Group, key: str | None, directory: Directory) -> str:
    """Name a group."""
    if key is None:
        return tr(NONE.get(group, ""))
    if group is Group.UNIT:
        return directory.unit_name(int(key))
    if group is Group.PLACE:
        place = directory.territories.get(int(key))
        return key if place is None else place.name
    if group is Group.CATEGORY:
        return directory.category_name(int(key))
    tables = {
        Group.CHANNEL: directory.channels,
        Group.KIND: directory.kinds,
        Group.STATE: directory.states,
    }
    return directory.code_name(tables[group], key) if group in tables else key


def notes_of(wanted: Filter, directory: Directory) -> dict[str, str]:
    """Say in words what the filter limits without showing it elsewhere, by the name of the field."""
    notes = {}
    if wanted.held_by is not None:
        name = directory.unit_name(wanted.held_by) if wanted.held_by else tr(NONE[Group.UNIT])
        notes["held_by"] = tr(QT_TRANSLATE_NOOP("history", "Unit alone: {name}")).format(name=name)
    if wanted.place_only is not None:
        name = name_of(Group.PLACE, str(wanted.place_only), directory)
        notes["place_only"] = tr(QT_TRANSLATE_NOOP("history", "Place alone: {name}")).format(name=name)
    if wanted.territory_id == 0:
        notes["territory_id"] = tr(QT_TRANSLATE_NOOP("history", "In no street or town"))
    if wanted.category_only is not None:
        name = name_of(Group.CATEGORY, str(wanted.category_only) if wanted.category_only else None, directory)
        notes["category_only"] = tr(QT_TRANSLATE_NOOP("history", "Category alone: {name}")).format(name=name)
    return notes


def share_text(part: int, whole: int) -> str:
    """Write a share in per cent; nothing of nothing has none."""
    return f"{part / whole:.1%}" if whole else "–"


def days_text(figures: Figures) -> str:
    """Write the median of the working days to an answer."""
    median = figures.median_days
    if median is None:
        return "–"
    return f"≥ {MOST_DAYS}" if median >= MOST_DAYS else f"{median:g}"


def figure_columns() -> tuple[Column[GroupRow], ...]:
    """Return the columns of the figures; those named like a What can be opened."""
    return (
        Column("group", QT_TRANSLATE_NOOP("columns", "Group"), lambda row: row.name, width=150),
        _count(What.TICKETS, QT_TRANSLATE_NOOP("columns", "Tickets"), lambda each: each.tickets),
        _count(What.OVERDUE, QT_TRANSLATE_NOOP("columns", "Overdue"), lambda each: each.overdue),
        _derived(
            "overdue_share",
            QT_TRANSLATE_NOOP("columns", "of tickets"),
            lambda each: share_text(each.overdue, each.tickets),
            lambda each: (each.overdue, each.tickets),
        ),
        _count(What.ON_TIME, QT_TRANSLATE_NOOP("columns", "In time"), lambda each: each.on_time),
        _count(What.DUE, QT_TRANSLATE_NOOP("columns", "Fell due"), lambda each: each.due),
        _derived(
            "on_time_share",
            QT_TRANSLATE_NOOP("columns", "of due"),
            lambda each: share_text(each.on_time, each.due),
            lambda each: (each.on_time, each.due),
        ),
        _count(What.ANSWERED, QT_TRANSLATE_NOOP("columns", "Answered"), lambda each: each.answered),
        _derived(
            "median",
            QT_TRANSLATE_NOOP("columns", "Median wd"),
            days_text,
            lambda each: (0, each.answered),
        ),
    )


def _count(what: What, title: object, count: Callable[[Figures], int]) -> Column[GroupRow]:
    return Column(what.value, title, lambda row: f"{count(row.figures):,}", width=74, align=RIGHT)


def _derived(
    key: str, title: object, text: Callable[[Figures], str], parts: Callable[[Figures], tuple[int, int]]
) -> Column[GroupRow]:
    def tip(row: GroupRow) -> str:
        part, whole = parts(row.figures)
        return tr(TIPS[key]).format(part=f"{part:,}", whole=f"{whole:,}")

    return Column(key, title, lambda row: text(row.figures), width=74, tip=tip, align=RIGHT)
