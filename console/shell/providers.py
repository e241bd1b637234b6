"""What the command line can find."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial

from PySide6.QtCore import QCoreApplication

from console.directory.record import Directory
from console.kit.action import Action
from console.kit.finding import Hit
from console.kit.fuzzy import Entry, Names
from console.kit.pinyin import reading
from console.lists.hits import snippet, spans, words_of
from console.ticket.record import Filter, SavedView, Ticket, TicketId
from console.ticket.store import TicketStore
from db.transaction import Halt

DIGITS = re.compile(r"[0-9]{4,20}")
LEAST, MOST = 2, 200
WORDS_SCORE = 40  # below what is called so
EACH = 8


class ActionProvider:
    """Actions that may run now; without a typed word all of them."""

    def __init__(self, actions: Callable[[], Iterable[Action]], run: Callable[[Action], None]) -> None:
        self._actions = actions
        self._run = run
        self.begin()

    def begin(self) -> None:
        """Read once what may run: it was settled before the command line opened."""
        self._entries = cache(self._load)

    def find(self, typed: str) -> Sequence[Hit]:
        """Match the translated text, the key and the help line."""
        entries, names = self._entries()
        found = names.search(typed, EACH) if typed else [(50, entry) for entry in entries]
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

    def _load(self) -> tuple[Sequence[Entry[Action]], Names[Action]]:
        entries = tuple(_action_entry(action) for action in self._actions())
        return entries, Names(entries)


class TicketProvider:
    """Tickets of all years by number, part of one, or words; digits also end telephone numbers."""

    def __init__(
        self,
        store: TicketStore,
        open_ticket: Callable[[object], object],
        show: Callable[[Filter], None],
        find_callers: Callable[[str], None] | None,
    ) -> None:
        self._store = store
        self._open = open_ticket
        self._show = show
        self._find_callers = find_callers  # None: not among this person's duties
        self._halt = Halt()

    def begin(self) -> None:
        """Keep nothing from one opening to the next."""

    def find(self, typed: str) -> Sequence[Hit]:
        """Ask the database from two characters on: one finds nearly everything."""
        if len(typed) < LEAST or len(typed) > MOST:
            return []
        self._halt = halt = Halt()
        found = self._store.search(typed, EACH, halt)
        hits = [self._ticket_hit(ticket, typed, place) for place, ticket in enumerate(found)]
        if found:
            hits.append(self._all_hit(typed))
        if self._find_callers is not None and DIGITS.fullmatch(typed):
            hits.append(self._caller_hit(typed, self._find_callers))
        return hits

    def halt(self) -> None:
        """End the search that runs."""
        self._halt.call()

    def _ticket_hit(self, ticket: Ticket, typed: str, place: int) -> Hit:
        kind = QCoreApplication.translate("Providers", "Ticket")
        score = 100 if ticket.number == typed else WORDS_SCORE - place
        detail = ticket.title
        if not spans(detail, words_of(typed)):
            detail = " · ".join(filter(None, (detail, snippet(ticket.body, words_of(typed)))))
        return Hit(ticket.number, kind, score, partial(self._open, TicketId(ticket.id)), detail)

    def _all_hit(self, typed: str) -> Hit:
        text = QCoreApplication.translate("Providers", "All tickets with “{words}”").format(words=typed)
        kind = QCoreApplication.translate("Providers", "Search")
        return Hit(text, kind, WORDS_SCORE - EACH, partial(self._show, Filter(text=typed, open_only=False)))

    def _caller_hit(self, typed: str, find: Callable[[str], None]) -> Hit:
        text = QCoreApplication.translate("Providers", "Callers whose number ends in {digits}").format(
            digits=typed
        )
        kind = QCoreApplication.translate("Providers", "Search")
        detail = QCoreApplication.translate("Providers", "This is written into the register.")
        return Hit(text, kind, WORDS_SCORE - EACH - 1, partial(find, typed), detail)


class PlaceProvider:
    """Units and territories; choosing one filters the queue."""

    def __init__(self, directory: Callable[[], Directory], show: Callable[[Filter], None]) -> None:
        self._directory = directory
        self._show = show

    def begin(self) -> None:
        """Keep nothing: the directory keeps its names ready."""

    def find(self, typed: str) -> Sequence[Hit]:
        """Match names by Chinese, pinyin and initials."""
        names = self._directory()  # which makes them ready at the first question, when nothing is typed
        unit = QCoreApplication.translate("Providers", "Unit")
        place = QCoreApplication.translate("Providers", "Place")
        units = [
            Hit(item.name, unit, score, partial(self._show, Filter(unit_id=item.value.id)))
            for score, item in names.unit_names.search(typed, EACH)
        ]
        places = [
            Hit(
                item.name,
                place,
                score - 1,
                partial(self._show, Filter(territory_id=item.value.id)),
                names.place_path(item.value.parent_id),
            )
            for score, item in names.territory_names.search(typed, EACH)
        ]
        return units + places


class ViewProvider:
    """Saved views, own and shared."""

    def __init__(self, store: TicketStore, show: Callable[[Filter], None]) -> None:
        self._store = store
        self._show = show
        self.begin()

    def begin(self) -> None:
        """Read the views once for each opening of the command line, not for each letter."""
        self._names = cache(self._load)

    def find(self, typed: str) -> Sequence[Hit]:
        """Match the views' names."""
        kind = QCoreApplication.translate("Providers", "View")
        return [
            Hit(entry.name, kind, score, partial(self._show, entry.value.filter))
            for score, entry in self._names().search(typed, EACH)
        ]

    def _load(self) -> Names[SavedView]:
        return Names(Entry(view, view.name, *reading(view.name)) for view in self._store.views())


def _action_entry(action: Action) -> Entry[Action]:
    text = action.shown_text().replace("&", "")
    return Entry(action, text, *reading(text), also=f"{action.key} {action.text}".replace("&", ""))
