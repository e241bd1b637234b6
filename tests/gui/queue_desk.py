"""A desk without a server: a session whose store is a list of tickets in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from console.app.journal import Draft
from console.directory.calendar import Workdays
from console.directory.record import Category, Code, Directory, Me, Staff, State, Territory, Unit
from console.kit.clock import FakeClock
from console.kit.jobs import Jobs
from console.kit.meter import Meter
from console.kit.theme import Theme
from console.lists.attendance_store import Attended
from console.lists.window import sort_key
from console.ticket.queue import QueuePanel
from console.ticket.record import (
    Counts,
    Filter,
    Matching,
    Page,
    PageKey,
    SavedView,
    Ticket,
    TicketId,
    TicketState,
    Totals,
    light_of,
    page_key,
)
from db.changes import Change
from db.replica import Standing
from db.transaction import Halt

NOW = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)  # a Wednesday, ten in the morning
ZONE = ZoneInfo("Asia/Shanghai")
DAY_END = timedelta(hours=13, minutes=59, seconds=59)  # from NOW to 23:59:59 of the same day


def ticket(number: int, **changed: Any) -> Ticket:
    """Make a dispatched ticket that is due in three days; name what differs."""
    due_at = changed.pop("due_at", NOW + timedelta(days=3) + DAY_END)
    red_at = None if due_at is None else due_at + timedelta(seconds=1)
    values: dict[str, Any] = dict.fromkeys(Ticket.__dataclass_fields__)
    values |= {
        "id": TicketId(202603_00000000 + number),
        "district_id": 1,
        "number": f"20260304{number:05}",
        "version": 1,
        "state": TicketState.WORK,
        "is_open": True,
        "kind": "complaint",
        "channel": "phone",
        "source": "own",
        "is_urgent": False,
        "is_complex": False,
        "title": f"路灯不亮 {number}",
        "body": "",
        "category_id": 3,
        "place_id": 4,
        "place_text": "",
        "caller_label": "",
        "caller_secret": False,
        "wants_reply": True,
        "handler_unit_id": 2,
        "assist_unit_ids": (),
        "designated": False,
        "leg": 1,
        "returns": 0,
        "reworks": 0,
        "extensions": 0,
        "callback_required": True,
        "callback_attempts": 0,
        "created_at": NOW - timedelta(hours=number),
        "updated_at": NOW,
        "answer_due_at": due_at,
        "due_at": due_at,
        "yellow_at": None if due_at is None else due_at - timedelta(days=1),
        "red_at": red_at,
        "due_provisional": False,
        "created_by": "d1_operator1",
    }
    return Ticket(**values | changed)


class FakeStore:
    """Answer as the database would, from a dict."""

    def __init__(self, clock: FakeClock, tickets: Sequence[Ticket] = ()) -> None:
        self.clock = clock
        self.tickets = {each.id: each for each in tickets}
        self.saved: list[SavedView] = []
        self.present: dict[TicketId, Attended] = {}
        self.questions: list[str] = []
        self.looks: list[frozenset[TicketId]] = []

    def first_page(
        self,
        wanted: Filter,
        limit: int = 200,
        _halt: Halt | None = None,
        tell: Callable[[Page], None] | None = None,
        after: PageKey | None = None,
    ) -> tuple[Page, Counts]:
        self.questions.append("first_page")
        page = self._page(wanted, after, limit)
        if tell is not None:
            tell(page)
        return page, self._counts(wanted)

    def page(self, wanted: Filter, after: PageKey | None = None, limit: int = 200) -> Page:
        self.questions.append("page")
        return self._page(wanted, after, limit)

    def matching(self, ids: Sequence[TicketId], wanted: Filter) -> Matching:
        self.questions.append("matching")
        rows = [self.tickets[each] for each in ids if each in self.tickets]
        return rows, frozenset(row.id for row in rows if self._matches(row, wanted))

    def counts(self, wanted: Filter) -> Counts:
        self.questions.append("counts")
        return self._counts(wanted)

    def who_is_at(self, ids: Iterable[TicketId]) -> dict[TicketId, Attended]:
        self.looks.append(frozenset(ids))
        return {each: self.present[each] for each in ids if each in self.present}

    def views(self) -> list[SavedView]:
        return self.saved

    def save_view(self, view_id: int | None, name: str, wanted: Filter, *, shared: bool = False) -> int:
        self.saved = [view for view in self.saved if view.id != view_id]
        owner = None if shared else "d1_operator1"
        made = SavedView(view_id or len(self.saved) + 1, owner, name, wanted, 0)
        self.saved.append(made)
        return made.id

    def drop_view(self, view_id: int) -> None:
        self.saved = [view for view in self.saved if view.id != view_id]

    def totals(self, wanted: Mapping[str, Filter]) -> Totals:
        self.questions.append("totals")
        held = Counter(row.handler_unit_id for row in self.tickets.values() if row.is_open)
        return Totals({name: self._counts(each).total for name, each in wanted.items()}, units=held)

    def _matches(self, row: Ticket, wanted: Filter) -> bool:
        return (
            (row.is_open or not wanted.open_only)
            and (not wanted.lights or light_of(row, self.clock.now()) in wanted.lights)
            and (not wanted.states or row.state in wanted.states)
            and (wanted.category_id in (None, row.category_id))
            and wanted.text in row.title + row.number
        )

    def _page(self, wanted: Filter, after: PageKey | None, limit: int) -> Page:
        def place(row: Ticket) -> tuple[Any, ...]:
            return sort_key(page_key(row, wanted.order), wanted.order)

        rows = sorted((row for row in self.tickets.values() if self._matches(row, wanted)), key=place)
        if after is not None:
            rows = [row for row in rows if place(row) > sort_key(after, wanted.order)]
        shown = tuple(rows[:limit])
        return Page(shown, page_key(shown[-1], wanted.order) if len(shown) == limit else None)

    def _counts(self, wanted: Filter) -> Counts:
        now = self.clock.now()

        def hits(limits: Filter) -> list[Ticket]:
            return [row for row in self.tickets.values() if self._matches(row, limits)]

        return Counts(
            len(hits(wanted)),
            Counter(light_of(row, now) for row in hits(replace(wanted, lights=()))),
            Counter(row.state for row in hits(replace(wanted, states=()))),
        )


class FakeFeed(QObject):
    changed = Signal(object)
    link_up = Signal(object)
    missed = Signal()
    link_lost = Signal(str)


class FakeJournal:
    """Drafts in memory; they outlive a panel."""

    def __init__(self) -> None:
        self.kept: dict[UUID, Draft] = {}

    def drafts(self, kind: str) -> tuple[Draft, ...]:
        return tuple(draft for draft in self.kept.values() if draft.kind == kind)

    def save_draft(self, key: UUID, kind: str, data: Mapping[str, Any]) -> None:
        self.kept[key] = Draft(key, kind, dict(data), NOW)

    def drop_draft(self, key: UUID) -> None:
        self.kept.pop(key, None)

    def flush(self) -> None:
        """Nothing waits."""


class FakeSession(QObject):
    """What panels see of a session, moved by hand."""

    link_changed = Signal(bool)
    directory_changed = Signal()
    standby_changed = Signal(object)
    polled = Signal()

    def __init__(self, tickets: Sequence[Ticket] = ()) -> None:
        super().__init__()
        self.clock = FakeClock(NOW, self)
        self.meter = Meter(self.clock.now, self)
        self.reads = Jobs(2, "reads", self)
        self.writes = Jobs(1, "writes", self)
        self.feed = FakeFeed(self)
        self.theme = Theme(parent=self)
        self.store = FakeStore(self.clock, tickets)
        self.engine = None
        self.journal = FakeJournal()
        self.replica = SimpleNamespace(has_standby=False, standing=Standing())
        self.attendance = SimpleNamespace(store=self.store)
        self.directory = directory()
        self.is_online = True
        self.errors: list[Exception] = []
        self.me = Me(
            "d1_operator1",
            "李明",
            1,
            "指挥中心",
            ("operator",),
            1,
            "西海岸",
            "West Coast",
            "all",
            "zh_CN",
            NOW,
            is_demo=True,
            tz="Asia/Shanghai",
        )

    def note_write(self) -> None:
        """There is no standby."""

    def report(self, error: Exception) -> None:
        self.errors.append(error)

    def commit(self, *rows: Ticket, by: str = "d1_town01") -> None:
        """Let a colleague write these rows and the feed tell of it."""
        self.store.tickets.update((row.id, row) for row in rows)
        self.feed.changed.emit(tuple(Change("ticket", row.id, row.version, by) for row in rows))

    def stop(self) -> None:
        self.reads.stop()
        self.writes.stop()


def directory() -> Directory:
    """Return a small directory."""
    tree: dict[str, Any] = {"pinyin": "", "initials": "", "lon": None, "lat": None, "kind": "area"}
    days = {date(2026, 1, 1) + timedelta(days=n): n for n in range(365)}
    numbers, working = {}, 0
    for day in days:
        working += day.weekday() < 5
        numbers[day] = working
    return Directory(
        language="en",
        territories={
            1: Territory(
                1, None, 1, code="1", name="西海岸", town_id=None, area_id=None, grid_id=None, **tree
            ),
            2: Territory(2, 1, 2, code="2", name="隐珠街道", town_id=2, area_id=None, grid_id=None, **tree),
            3: Territory(3, 2, 3, code="3", name="东山管区", town_id=2, area_id=3, grid_id=None, **tree),
            4: Territory(4, 3, 4, code="4", name="第7网格", town_id=2, area_id=3, grid_id=4, **tree),
        },
        units={
            1: Unit(
                1, None, None, "centre", 1, "C", "区社会治理指挥中心", "指挥中心", "", "", takes_tickets=True
            ),
            2: Unit(
                2,
                1,
                None,
                "town",
                2,
                "T",
                "隐珠街道办事处",
                "隐珠街道",
                "yin zhu",
                "yzjd",
                takes_tickets=True,
            ),
        },
        categories={
            3: Category(3, None, None, 3, "3", "路灯", "Street lamps", "lu deng", "ld", None, False, False),
        },
        channels={"phone": Code("phone", "电话", "Phone"), "web": Code("web", "网络", "Web", 1)},
        kinds={"complaint": Code("complaint", "投诉", "Complaint")},
        sources={"own": Code("own", "本中心", "Own")},
        states={
            code: State(code, name, code.title(), rank, is_open, "run")
            for rank, (code, name, is_open) in enumerate(
                (
                    ("NEW", "待受理", True),
                    ("WORK", "办理中", True),
                    ("REVIEW", "待审核", True),
                    ("DONE", "已办结", False),
                )
            )
        },
        actions={},
        reasons={},
        staff={"d1_town01": Staff("d1_town01", "王建国", 2, ("unit",))},
        workdays=Workdays(ZONE, numbers),
    )


OPEN = [ticket(n, due_at=NOW + timedelta(days=n) + DAY_END) for n in range(6)]


def open_queue(qtbot: QtBot, session: FakeSession, rows: int = len(OPEN)) -> QueuePanel:
    made = QueuePanel(session)  # type: ignore[arg-type]  # the stand-in has what panels use
    qtbot.addWidget(made)
    made.resize(1500, 500)
    made.show()
    QAbstractItemModelTester(model(made), QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    qtbot.waitUntil(lambda: model(made).rowCount() == rows)
    return made


def model(panel: QueuePanel):
    return panel._live.model
