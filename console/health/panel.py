"""How the cameras are: shares online by source and town, over time, and those that are down since when."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from console.health.columns import GroupRow, down_columns, group_columns, translate
from console.health.store import Down, HealthStore, Now, Share, Standing
from console.kit.jobs import Latest
from console.kit.keys import bind_key
from console.kit.panel import Panel
from console.kit.table import Delta, TableModel
from console.kit.view import TableView

if TYPE_CHECKING:
    from console.app.session import Session

R = TypeVar("R")

GROUPS: tuple[tuple[str, object], ...] = (
    ("source", QT_TRANSLATE_NOOP("camera", "by system")),
    ("town", QT_TRANSLATE_NOOP("camera", "by town")),
)
SPANS: tuple[tuple[int, object], ...] = (
    (24, QT_TRANSLATE_NOOP("camera", "24 hours")),
    (24 * 7, QT_TRANSLATE_NOOP("camera", "7 days")),
    (24 * 30, QT_TRANSLATE_NOOP("camera", "30 days")),
    (24 * 365, QT_TRANSLATE_NOOP("camera", "a year")),
)


class HealthPanel(Panel):
    """Counts, chart and list; choosing a row of the counts narrows the other two."""

    kind = "camera_health"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        from console.health.chart import ShareChart  # pyqtgraph takes its time: not at the start

        super().__init__(parent)
        self._session = session
        self._store = HealthStore(session.engine, session.replica)
        self._loads = Latest(session.reads, self)
        self._asks = Latest(session.reads, self)
        self._now = Now({}, (), ())
        self.groups: TableModel[GroupRow] = TableModel(group_columns(), key=_key, order=_place, parent=self)
        self.down: TableModel[Down] = TableModel(
            down_columns(session, self._source_name, session.clock.now),
            key=_camera,
            order=_since,
            parent=self,
        )
        self.group_table = TableView(self.groups, session.theme, session.clock)
        self.group_table.horizontalHeader().setStretchLastSection(False)  # a figure far from its title
        self.down_table = TableView(self.down, session.theme, session.clock)
        self.chart = ShareChart(session.theme, session.directory.workdays.tz)
        self.by = _box(GROUPS, self.tr("Count cameras by"))
        self.span = _box(SPANS, self.tr("How far back the chart goes"))
        self.words = QLabel()
        self._title = QLabel()
        self._lay_out()
        self._connect()
        self.refresh()

    def selected(self) -> Down | None:
        """Return the camera under the cursor."""
        row = self.down_table.selected_row()
        return row if isinstance(row, Down) else None

    @Slot()
    def refresh(self) -> None:
        """Read again."""
        self._loads.run(self._store.now, self._on_now, self._session.report)

    def next_group(self) -> None:
        """Count by the next thing."""
        self.by.setCurrentIndex((self.by.currentIndex() + 1) % self.by.count())

    def detach(self) -> None:
        """Let go of the session."""
        self._session.polled.disconnect(self.refresh)

    def _group(self) -> str:
        return str(self.by.currentData())

    def _chosen(self) -> str:
        """Return the chosen source or town; '': all."""
        row = self.group_table.selected_row()
        return row.key if isinstance(row, GroupRow) else ""

    def _ask_shares(self) -> None:
        since = self._session.clock.now() - timedelta(hours=int(self.span.currentData()))
        key = self._chosen()
        source = key if key and self._group() == "source" else None
        town = int(key) if key and self._group() == "town" else None
        work = partial(self._store.shares, since, self._group(), source, town)
        self._asks.run(work, partial(self._on_shares, self._group()), self._session.report)

    def _on_now(self, now: Now) -> None:
        self._now = now
        self._show()
        self._ask_shares()  # only now: the chart names systems too

    def _on_shares(self, by: str, shares: list[Share]) -> None:
        if by == self._group():
            self.chart.show_shares(shares, {key: self._name(key) for key in {share.key for share in shares}})

    def _show(self) -> None:
        rows = self._rows()
        _bring(self.groups, rows, _key)
        self._show_down()
        self._say(rows[0])

    def _rows(self) -> list[GroupRow]:
        """Sum by source or town, all of them first, then the largest."""
        by: Callable[[Standing], str] = (
            (lambda each: each.source) if self._group() == "source" else (lambda each: str(each.town_id))
        )
        keys = sorted({by(each) for each in self._now.standing}, key=lambda key: (-self._total(key, by), key))
        rows = [self._sum("", self.tr("All"), self._now.standing, 0)]
        for place, key in enumerate(keys, start=1):
            members = [each for each in self._now.standing if by(each) == key]
            rows.append(self._sum(key, self._name(key), members, place))
        return rows

    def _total(self, key: str, by: Callable[[Standing], str]) -> int:
        return sum(each.total for each in self._now.standing if by(each) == key)

    def _sum(self, key: str, name: str, members: Iterable[Standing], place: int) -> GroupRow:
        rows = list(members)
        total, online, down, unknown = (
            sum(getattr(each, field) for each in rows) for field in ("total", "online", "down", "unknown")
        )
        return GroupRow(key, name, total, online, down, unknown, place)

    def _name(self, key: str) -> str:
        if self._group() == "source":
            return self._source_name(key)
        town = self._session.directory.territories.get(int(key))
        return town.name if town is not None else self.tr("in no town")

    def _source_name(self, code: str) -> str:
        source = self._now.sources.get(code)
        return code if source is None else self._session.directory.label(source)

    def _show_down(self) -> None:
        key = self._chosen()
        by_source = self._group() == "source"
        rows = [
            each for each in self._now.down if key in ("", each.source if by_source else str(each.town_id))
        ]
        _bring(self.down, rows, _camera)
        self._title.setText(self.tr("Down: {n}, the longest first").format(n=len(rows)))

    def _say(self, every: GroupRow) -> None:
        known = max((each.known_at for each in self._now.standing if each.known_at is not None), default=None)
        if known is None:
            self.words.setText(self.tr("The cameras have not been asked yet; the worker does it by itself."))
            return
        moment = f"{known.astimezone(self._session.directory.workdays.tz):%Y-%m-%d %H:%M}"
        if every.total and every.unknown == every.total:
            text = self.tr("Not known now: the cameras were last asked at {time}. Is the worker running?")
        else:
            text = self.tr("{online} of {total} cameras online ({share}), {down} down; last asked at {time}.")
        self.words.setText(
            text.format(
                online=every.online, total=every.total, share=every.share, down=every.down, time=moment
            )
        )

    @Slot()
    def _on_grouped(self) -> None:
        self.groups.load(())
        self.down.load(())
        self._show()
        self._ask_shares()

    @Slot()
    def _on_span(self) -> None:
        self._ask_shares()

    @Slot(object)
    def _on_chosen(self, _row: object) -> None:
        self.down.load(())  # another list, no news of this one
        self._show_down()
        self._ask_shares()

    @Slot(object)
    def _on_opened(self, row: object) -> None:
        if isinstance(row, Down) and row.ticket_id is not None:
            self.ticket_requested.emit(row.ticket_id)

    def _connect(self) -> None:
        self.by.currentIndexChanged.connect(self._on_grouped)
        self.span.currentIndexChanged.connect(self._on_span)
        self.group_table.row_selected.connect(self._on_chosen)
        self.down_table.row_opened.connect(self._on_opened)
        self._session.polled.connect(self.refresh)
        bind_key(self, "F5", self.refresh)

    def _lay_out(self) -> None:
        self.words.setProperty("look", "strong")
        self._title.setProperty("look", "muted")
        head = QHBoxLayout()
        head.addWidget(self.words, 1)
        head.addWidget(self.by)
        head.addWidget(self.span)
        above = QSplitter(Qt.Orientation.Horizontal)
        above.addWidget(self.group_table)
        above.addWidget(self.chart)
        above.setSizes((660, 580))
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._title)
        column.addWidget(self.down_table, 1)
        body = QSplitter(Qt.Orientation.Vertical)
        body.addWidget(above)
        body.addWidget(below)
        body.setSizes((340, 420))
        gap = self._session.theme.size("gap")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(gap, gap, gap, gap)
        layout.addLayout(head)
        layout.addWidget(body, 1)
        self.setFocusProxy(self.group_table)


def _bring(model: TableModel[R], rows: Sequence[R], key: Callable[[R], Hashable]) -> None:
    """Load a first list; mark what differs in a later one."""
    if model.rowCount():
        gone = set(model.keys) - {key(row) for row in rows}
        model.apply(Delta(tuple(rows), tuple(gone)))
    else:
        model.load(rows)


def _box(choices: Sequence[tuple[object, object]], name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    for value, text in choices:
        box.addItem(translate("camera", text), value)
    return box


def _key(row: GroupRow) -> str:
    return row.key


def _place(row: GroupRow) -> int:
    return row.place


def _camera(row: Down) -> int:
    return row.camera_id


def _since(row: Down) -> datetime:
    return row.since
