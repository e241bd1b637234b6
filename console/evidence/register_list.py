"""The register as a list: pages by key, news that wait while somebody reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from console.directory.record import Directory
from console.evidence.columns import register_columns
from console.evidence.record import Entry, Wanted
from console.evidence.store import PAGE_ROWS, Asked, EvidenceStore, asked_of
from console.kit.jobs import Latest
from console.kit.table import Delta, TableModel

if TYPE_CHECKING:
    from console.app.session import Session

POLL_S = 30
LAST = datetime.max.replace(tzinfo=UTC)
Read = tuple[Asked, list[Entry]]


class RegisterList(QObject):
    """Keep a TableModel equal to what is asked of the register, the newest first.

    Signals: loaded() the rows were replaced; settled() nothing is under way, the next page may be asked for.
    """

    loaded = Signal()
    settled = Signal()

    def __init__(self, session: Session, is_busy: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.wanted = Wanted()
        self.asked: Asked = {}  # what the database was asked for the rows shown
        self.model: TableModel[Entry] = TableModel(
            register_columns(session), key=_id, order=_newest_first, parent=self
        )
        self._session = session
        self._store = EvidenceStore(session.engine)
        self._is_busy = is_busy
        self._loads = Latest(session.reads, self)
        self._generation = 0
        self._is_loading = False
        self._is_asking = False
        self._has_next = False
        self._seconds = 0
        session.clock.ticked.connect(self._on_ticked)
        session.feed.link_up.connect(self._on_link_up)

    def detach(self) -> None:
        """Let go of the session."""
        self._session.clock.ticked.disconnect(self._on_ticked)
        self._session.feed.link_up.disconnect(self._on_link_up)

    def show(self, wanted: Wanted) -> None:
        """Show something else from its beginning."""
        self.wanted = wanted
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the first page again."""
        self._generation += 1
        self._is_loading, self._is_asking = True, False
        work = partial(_first_page, self._store, self.wanted, self._session.directory)
        self._loads.run(work, self._on_loaded, self._on_load_failed)

    def want_next(self) -> None:
        """Read the page behind the last row."""
        if self._has_next and self.model.rowCount():
            last = self.model.row_at(self.model.rowCount() - 1).key()
            self._ask(partial(self._store.page, self.asked, last), self._on_next)

    def look_for_news(self) -> None:
        """Read what came since."""
        if self.model.rowCount():
            newest = self.model.row_at(0).key()
            self._ask(partial(self._store.news, self.asked, newest), self._on_news)
        else:
            self.refresh()

    def _on_loaded(self, answer: Read) -> None:
        self._is_loading = False
        self.asked, rows = answer
        self._has_next = len(rows) == PAGE_ROWS
        self.model.load(rows)
        self.loaded.emit()
        self.settled.emit()

    def _on_load_failed(self, error: Exception) -> None:
        self._is_loading = False
        self._session.report(error)

    def _ask(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        if not (self._is_loading or self._is_asking):
            self._is_asking = True
            number = self._generation
            answered, failed = (partial(self._on_answer, number, each) for each in (done, self._on_failed))
            self._session.reads.run(work, answered, failed)

    def _on_answer(self, number: int, receiver: Callable[[Any], None], answer: Any) -> None:
        if number == self._generation:
            self._is_asking = False
            receiver(answer)
            self.settled.emit()

    def _on_failed(self, error: Exception) -> None:
        self._has_next = False  # or the end of the list would ask again and again; a refresh does
        self._session.report(error)

    def _on_next(self, rows: list[Entry]) -> None:
        self._has_next = len(rows) == PAGE_ROWS
        self.model.extend(rows)

    def _on_news(self, rows: list[Entry] | None) -> None:
        self.model.hold = self._is_busy()
        if rows is None:
            if not self.model.hold:
                self.refresh()
            return
        if not self.model.hold:
            self.model.release()
        oldest = self.model.row_at(self.model.rowCount() - 1).key()
        self.model.apply(Delta(tuple(row for row in rows if row.key() >= oldest)))

    @Slot(object)
    def _on_ticked(self, _now: datetime) -> None:
        self._seconds += 1
        if self._seconds % POLL_S == 0 and self._session.is_online:
            self.look_for_news()

    @Slot(object)
    def _on_link_up(self, _now: datetime) -> None:
        self.look_for_news()


def _first_page(store: EvidenceStore, wanted: Wanted, directory: Directory) -> Read:
    asked = asked_of(wanted, directory)
    return asked, store.page(asked)


def _id(entry: Entry) -> int:
    return entry.id


def _newest_first(entry: Entry) -> Any:
    return LAST - entry.at, -entry.id
