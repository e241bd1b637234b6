"""A list of tickets that follows the database: pages by key, changes from the feed, counts that agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from console.kit.again import Again
from console.kit.jobs import Latest
from console.kit.meter import Budget
from console.kit.paced import Paced
from console.kit.table import MARK_TICKS, Column, Delta, TableModel
from console.lists.budgets import FILTER, LIST, PAGE, SEARCH
from console.lists.window import Window, sort_key
from console.ticket.record import Counts, Filter, Matching, Page, PageKey, Ticket, TicketId, page_key
from db.changes import Change
from db.transaction import Halt

if TYPE_CHECKING:
    from console.app.session import Session

PAGE_ROWS = 100
MOST_ROWS = 10_000
MOST_ASKED = 500
FRAME_MS = 33
SEARCH_MS = 1000  # a search costs more than a list: what changes meanwhile waits as long
TURNED = timedelta(seconds=5)

Failed = Callable[[Exception], None]


class LiveList(QObject):
    """Keep a TableModel equal to what a filter shows.

    New rows wait while `is_busy()`; a row that no longer matches stays, and is in `left`, until a refresh
    or until nobody has worked in the list for some seconds.

    Signals: counted(Counts) after the rows, within half a second or, when changes are many, each second;
    loading() and loaded() around the moment the rows are replaced; sliding() and slid() around another page;
    left_changed() when a row has left or come back; failed_changed() when reading has failed or worked again.
    """

    counted = Signal(object)
    loading = Signal()
    loaded = Signal()
    sliding = Signal()
    slid = Signal()
    left_changed = Signal()
    failed_changed = Signal()

    def __init__(
        self,
        session: Session,
        columns: Sequence[Column[Ticket]],
        is_busy: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.wanted = Filter()
        self.left: dict[TicketId, int] = {}
        self.model: TableModel[Ticket] = TableModel(columns, key=_id, order=self._order, parent=self)
        self._session = session
        self._is_busy = is_busy
        self._loads = Latest(session.reads, self)
        self._counts = Paced(session.reads, self._ask_counts, session.report, self)
        self._counts.answered.connect(self.counted)
        self._generation = 0  # answers about an older filter or an older load are dropped
        self._window = Window(self.wanted.order)
        self._is_loading = self._is_counting = False
        self.is_refreshing = False  # the rows to come are those that are shown, and stay in their place
        self.has_failed = False  # what is shown may be older than the feed, or of another filter
        self._again = Again(self._read_again, self)
        self._asks_again = Again(self._wake, self)  # what changed must not look unchanged
        self._is_paging = False
        self._is_asking = False
        self._changed: set[TicketId] = set()
        self._asked_for: frozenset[TicketId] = frozenset()
        self._flip_at: datetime | None = None
        self._asked = QElapsedTimer()
        self._frame = QTimer(self, interval=FRAME_MS, singleShot=True)
        self._frame.timeout.connect(self._on_frame)
        session.feed.changed.connect(self._on_changed)
        session.feed.link_up.connect(self._on_link_up)
        session.feed.missed.connect(self.refresh)
        session.clock.ticked.connect(self._on_ticked)
        session.polled.connect(self._on_polled)

    def detach(self) -> None:
        """Let go of the session."""
        self._counts.forget()
        self._again.rest()
        self._asks_again.rest()
        self._session.feed.changed.disconnect(self._on_changed)
        self._session.feed.link_up.disconnect(self._on_link_up)
        self._session.feed.missed.disconnect(self.refresh)
        self._session.clock.ticked.disconnect(self._on_ticked)
        self._session.polled.disconnect(self._on_polled)

    @property
    def has_next(self) -> bool:
        """Say whether there are rows behind the last one."""
        return self._window.next is not None

    def show(self, wanted: Filter) -> None:
        """Show another filter from its beginning."""
        self.wanted = wanted
        self.is_refreshing = False
        self._again.rest()
        self._load(Window(wanted.order), PAGE_ROWS, SEARCH if wanted.text else FILTER)

    @Slot()
    def refresh(self) -> None:
        """Read again what is shown: rows that wait come in, rows that left go."""
        # Another filter that failed, or is under way, is still another one.
        self.is_refreshing |= not (self.has_failed or self._is_loading)
        if self.is_refreshing:
            # A page more: what came in before them must not push the last rows out.
            self._load(self._window.again(), self.model.rowCount() + PAGE_ROWS, LIST)
        else:
            self._load(Window(self.wanted.order), PAGE_ROWS, LIST)

    def want_next(self) -> None:
        """Read the page behind the last row."""
        if self._window.next is not None:
            self._read_page(self._window.next, self._on_next)

    def want_previous(self) -> None:
        """Read again the page before the first row, given up to bound memory."""
        if self._window.behind:
            self._read_page(self._window.behind[-1], self._on_previous)

    def _order(self, ticket: Ticket) -> tuple[Any, ...]:
        return sort_key(page_key(ticket, self.wanted.order), self.wanted.order)

    def _load(self, window: Window, limit: int, budget: Budget) -> None:
        self._generation += 1
        self._is_loading = self._is_counting = True
        self._is_paging = self._is_asking = False
        self._changed.update(self._asked_for)  # nobody hears that answer
        self._asked_for = frozenset()
        self._counts.forget()
        halt = Halt()
        show = partial(self._on_answer, self._generation, partial(self._on_rows, window))
        tell = partial(self._session.reads.tell, show)
        read = partial(self._session.store.first_page, self.wanted, limit, halt, tell, window.starts[0])
        loaded = partial(self._on_loaded, window)
        watched = self._session.meter.watch(budget, read, loaded, self._on_load_failed)
        self._loads.run(*watched, halt=halt.call)

    def _on_rows(self, window: Window, page: Page) -> None:
        """Show the rows; counting them may take longer than reading them."""
        self._is_loading = False
        self._note_failed(has_failed=False)
        window.fill(page.rows, page.next, PAGE_ROWS)
        self._window = window
        self.loading.emit()
        self.left.clear()
        self.model.load(page.rows)
        self._flip_at = None
        self._note_flips(page.rows)
        self.loaded.emit()

    def _on_loaded(self, window: Window, answer: tuple[Page, Counts]) -> None:
        page, counts = answer
        self._is_counting = False
        if self._is_loading:  # nobody has told of the rows
            self._on_rows(window, page)
        self.counted.emit(counts)
        self._wake()

    def _on_load_failed(self, error: Exception) -> None:
        self._is_loading = self._is_counting = False
        self._note_failed(has_failed=True)
        self._session.report(error)
        if self._session.is_online:  # else it is read when the link is back
            self._again.later()

    def _note_failed(self, *, has_failed: bool) -> None:
        if not has_failed:
            self._again.rest()
            self._asks_again.rest()
        if has_failed != self.has_failed:
            self.has_failed = has_failed
            self.failed_changed.emit()

    @Slot()
    def _read_again(self) -> None:
        if self.has_failed and not self._is_reading():
            self.refresh()

    def _ask(self, work: Callable[[], Any], done: Callable[[Any], None], failed: Failed) -> None:
        number = self._generation
        self._session.reads.run(
            work, partial(self._on_answer, number, done), partial(self._on_answer, number, failed)
        )

    def _on_answer(self, number: int, receiver: Callable[[Any], None], answer: Any) -> None:
        if number == self._generation:
            receiver(answer)

    def _read_page(self, after: PageKey | None, done: Callable[[Page], None]) -> None:
        if not (self._is_paging or self._is_loading):
            self._is_paging = True
            read = partial(self._session.store.page, self.wanted, after, PAGE_ROWS)
            self._ask(*self._session.meter.watch(PAGE, read, done, self._on_page_failed))

    def _on_next(self, page: Page) -> None:
        self._window.append(page)
        self._extend(page, self._window.give_up_front)

    def _on_previous(self, page: Page) -> None:
        self._window.prepend()
        self._extend(page, self._window.give_up_back)

    def _extend(self, page: Page, give_up: Callable[[Sequence[Ticket]], tuple[TicketId, ...]]) -> None:
        self.sliding.emit()
        self.model.extend(page.rows)
        if self.model.rowCount() > MOST_ROWS:
            self.model.apply(Delta(removes=give_up(self.model.rows)))
        self.slid.emit()
        self._is_paging = False
        self._note_flips(page.rows)
        self._wake()

    def _on_page_failed(self, error: Exception) -> None:
        self._is_paging = False
        self._session.report(error)

    @Slot(object)
    def _on_link_up(self, _now: datetime) -> None:
        """Ask again for what could not be read while the link was down."""
        if self.has_failed:
            self.refresh()
        else:
            self._asks_again.rest()
            self._wake()
            self._counts.want_soon()

    @Slot(object)
    def _on_changed(self, changes: tuple[Change, ...]) -> None:
        self._changed.update(TicketId(change.id) for change in changes if self._is_news(change))
        self._wake()

    def _is_news(self, change: Change) -> bool:
        if change.what != "ticket":
            return False
        row = self.model.row_of(change.id)
        return row is None or self.model.row_at(row).version < change.version

    def _wake(self, wait_ms: int = 0) -> None:
        """Ask soon about what changed; never beside a page under way, whose rows may be older."""
        is_asked = self._is_asking or self._frame.isActive() or self._asks_again.is_waiting
        if self._changed and not (is_asked or self._is_reading() or self.has_failed):
            self._frame.start(wait_ms)

    def _is_reading(self) -> bool:
        return self._is_loading or self._is_counting or self._is_paging

    @Slot()
    def _on_frame(self) -> None:
        if self._is_reading():
            return
        ids = list(islice(self._changed, MOST_ASKED))
        self._changed.difference_update(ids)
        self._asked_for = frozenset(ids)
        self._is_asking = True
        self._asked.start()
        work = partial(self._session.store.matching, ids, self.wanted)
        self._ask(work, partial(self._on_found, ids), partial(self._on_ask_failed, ids))

    def _on_ask_failed(self, ids: Sequence[TicketId], error: Exception) -> None:
        self._is_asking = False
        self._asked_for = frozenset()
        self._changed.update(ids)
        self._session.report(error)
        if self._session.is_online:  # else asked again when the link is back
            self._asks_again.later()

    def _on_found(self, ids: Sequence[TicketId], found: Matching) -> None:
        self._is_asking = False
        self._asks_again.rest()
        self._asked_for = frozenset()
        self._take(ids, *found)
        self._counts.want_soon()
        self._wake(SEARCH_MS if self.wanted.text else max(0, FRAME_MS - self._asked.elapsed()))

    def _ask_counts(self) -> Callable[[], Counts]:
        return partial(self._session.store.counts, self.wanted)

    def _take(self, ids: Iterable[TicketId], rows: Sequence[Ticket], matches: frozenset[TicketId]) -> None:
        """Bring what changed into the model without moving anything under the operator's hand."""
        self.model.hold = self._is_busy()
        if not self.model.hold:
            self.model.release()
        gone = set(ids) - {row.id for row in rows}  # no longer visible to this person
        left_before = set(self.left)
        upserts = []
        for row in rows:
            number = self.model.row_of(row.id)
            known = self.model.held(row.id) if number is None else self.model.row_at(number)
            if known is not None and known.version > row.version:
                continue
            if row.id in matches:
                self.left.pop(row.id, None)
                # A change of a row on a page not loaded is no news here; a fresh report always is.
                if known is not None or row.version == 1 or self._window.covers(row):
                    upserts.append(row)
            elif number is not None:
                self.left[row.id] = MARK_TICKS
                upserts.append(row)
            else:
                gone.add(row.id)  # it may be among those that wait
        for ticket_id in gone:
            self.left.pop(ticket_id, None)
        self.model.apply(Delta(tuple(upserts), tuple(gone)))
        self._note_flips(upserts)
        if self.left.keys() != left_before:  # all rows are painted anew then
            self.left_changed.emit()

    @Slot(object)
    def _on_ticked(self, now: datetime) -> None:
        if self.left and not self._is_busy():
            self._tidy()
        if self._flip_at is not None and now >= self._flip_at:
            self._flip_at = None
            turned = [row.id for row in self.model.rows if _has_just_turned(row, now)]
            self._note_flips(self.model.rows)
            self._changed.update(turned)
            self._wake()

    @Slot()
    def _on_polled(self) -> None:
        if not self._is_loading:
            self._ask(
                partial(self._session.store.first_page, self.wanted, PAGE_ROWS),
                self._on_rechecked,
                self._session.report,
            )

    def _on_rechecked(self, answer: tuple[Page, Counts]) -> None:
        """Take the slow poll behind the feed: a light may bring a row in without a change."""
        page, counts = answer
        ids = frozenset(row.id for row in page.rows)
        self._take(ids, page.rows, ids)
        self.counted.emit(counts)

    def _tidy(self) -> None:
        for ticket_id in list(self.left):
            self.left[ticket_id] -= 1
        over = tuple(ticket_id for ticket_id, ticks in self.left.items() if ticks <= 0)
        for ticket_id in over:
            del self.left[ticket_id]
        self.model.apply(Delta(removes=over))

    def _note_flips(self, rows: Iterable[Ticket]) -> None:
        now = self._session.clock.now()
        moments = [at for row in rows for at in (row.yellow_at, row.red_at) if at is not None and at > now]
        if self._flip_at is not None:
            moments.append(self._flip_at)
        self._flip_at = min(moments, default=None)


def _has_just_turned(ticket: Ticket, now: datetime) -> bool:
    return any(at is not None and now - TURNED <= at <= now for at in (ticket.yellow_at, ticket.red_at))


def _id(ticket: Ticket) -> TicketId:
    return ticket.id
