"""What the command line can find."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication

from console.directory.record import Directory
from console.kit.action import Action
from console.kit.fuzzy import Entry, search
from console.kit.pinyin import reading
from console.shell.palette import Hit
from console.ticket.record import Filter, TicketId
from console.ticket.store import TicketStore

NUMBER = re.compile(r"[\dA-Za-z]*\d[\d-]{3,}")
EACH = 8


class ActionProvider:
    """Actions that may run now; without a typed word all of them."""

    def __init__(self, actions: Callable[[], Iterable[Action]], run: Callable[[Action], None]) -> None:
        self._actions = actions
        self._run = run

    def find(self, typed: str) -> Sequence[Hit]:
        """Match the translated text, the key and the help line."""
        entries = [_action_entry(action) for action in self._actions()]
        found = search(typed, entries, EACH) if typed else [(50, entry) for entry in entries]
        return [
            Hit(
                entry.name,
                entry.value.shown_key() or QCoreApplication.translate("Providers", "Action"),
                score + 2,  # of equals, what can be done comes first
                partial(self._run, entry.value),
                entry.value.shown_help(),
            )
            for score, entry in found
        ]


class TicketProvider:
    """Tickets by number or the end of one."""

    def __init__(self, store: TicketStore, open_ticket: Callable[[object], object]) -> None:
        self._store = store
        self._open = open_ticket

    def find(self, typed: str) -> Sequence[Hit]:
        """Ask the database when what is typed looks like a number."""
        if not NUMBER.fullmatch(typed):
            return []
        ticket = self._store.by_number(typed.upper())
        if ticket is None:
            return []
        kind = QCoreApplication.translate("Providers", "Ticket")
        return [Hit(ticket.number, kind, 100, partial(self._open, TicketId(ticket.id)), ticket.title)]


class PlaceProvider:
    """Units and territories; choosing one filters the queue."""

    def __init__(self, directory: Callable[[], Directory], show: Callable[[Filter], None]) -> None:
        self._directory = directory
        self._show = show

    def find(self, typed: str) -> Sequence[Hit]:
        """Match names by Chinese, pinyin and initials."""
        if not typed:
            return []
        names = self._directory()
        unit = QCoreApplication.translate("Providers", "Unit")
        place = QCoreApplication.translate("Providers", "Place")
        units = [
            Hit(item.name, unit, score, partial(self._show, Filter(unit_id=item.value.id)))
            for score, item in search(typed, names.unit_entries, EACH)
        ]
        places = [
            Hit(
                item.name,
                place,
                score - 1,
                partial(self._show, Filter(territory_id=item.value.id)),
                names.place_path(item.value.parent_id),
            )
            for score, item in search(typed, names.territory_entries, EACH)
        ]
        return units + places


class ViewProvider:
    """Saved views, own and shared."""

    def __init__(self, store: TicketStore, show: Callable[[Filter], None]) -> None:
        self._store = store
        self._show = show

    def find(self, typed: str) -> Sequence[Hit]:
        """Match the views' names."""
        if not typed:
            return []
        kind = QCoreApplication.translate("Providers", "View")
        entries = [Entry(view, view.name, *reading(view.name)) for view in self._store.views()]
        return [
            Hit(entry.name, kind, score, partial(self._show, entry.value.filter))
            for score, entry in search(typed, entries, EACH)
        ]


def _action_entry(action: Action) -> Entry[Action]:
    text = action.shown_text().replace("&", "")
    return Entry(action, text, *reading(text), also=f"{action.key} {action.text}".replace("&", ""))
