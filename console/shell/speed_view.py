"""How quick each kind of action was, and what was slow and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from console.kit.meter import Cause, Meter, Pace, Taken
from db.speed import RULE_MS

CAUSES: Mapping[Cause, object] = {
    Cause.QUEUE: QT_TRANSLATE_NOOP("causes", "other work here"),
    Cause.DISK: QT_TRANSLATE_NOOP("causes", "own disk"),
    Cause.SERVER: QT_TRANSLATE_NOOP("causes", "network and server"),
    Cause.GUI: QT_TRANSLATE_NOOP("causes", "the window"),
}
LEAST_WIDTH = 64
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def cause_word(cause: Cause) -> str:
    """Name where the time went."""
    return QCoreApplication.translate("causes", str(CAUSES[cause]))


class SpeedView(QDialog):
    """Two tables: the kinds of action, and the slow ones; both follow what is done."""

    def __init__(self, meter: Meter, tz: ZoneInfo, parent: QWidget) -> None:
        super().__init__(parent)
        self._meter = meter
        self._tz = tz
        self.setWindowTitle(self.tr("How quick this desk is"))
        self.resize(940, 620)
        self.paces = self._table(
            self.tr("Action"),
            self.tr("Done"),
            self.tr("Half within"),
            self.tr("95 of 100 within"),
            self.tr("Longest"),
            self.tr("Budget"),
            self.tr("In budget"),
            self.tr("Within 2 s"),
        )
        self.slow = self._table(
            self.tr("When"),
            self.tr("Action"),
            self.tr("Took"),
            self.tr("Mostly"),
            *(cause_word(cause) for cause in Cause),
        )
        layout = QVBoxLayout(self)
        layout.addWidget(self._heading(self.tr("The last actions of each kind (milliseconds)")))
        layout.addWidget(self.paces, 2)
        self.rule = QLabel(self)
        self.rule.setWordWrap(True)
        layout.addWidget(self.rule)
        layout.addWidget(self._heading(self.tr("What was slow, newest first, and where the time went")))
        layout.addWidget(self.slow, 3)
        meter.measured.connect(self._on_measured)
        self._on_measured()

    @Slot()
    def _on_measured(self) -> None:
        paces = self._meter.paces()
        _fill(self.paces, [_pace_line(pace) for pace in paces])
        self._show_rule(paces)
        _fill(self.slow, [self._slow_line(taken) for taken in self._meter.slow()])

    def _show_rule(self, paces: Sequence[Pace]) -> None:
        """Say whether the desk keeps the rule of dispatch centres, and if not, with what."""
        late = [pace.budget.shown_text() for pace in paces if pace.p95_ms > RULE_MS]
        if late:
            text = self.tr(
                "The rule of dispatch centres, an answer within two seconds, is broken by: {kinds}."
                " The table below says where the time goes; `liangdeng doctor` says what to do."
            ).format(kinds=" · ".join(late))
        else:
            text = self.tr("The rule of dispatch centres, an answer within two seconds, is kept.")
        self.rule.setText(text)
        self.rule.setProperty("look", "problem" if late else "muted")
        self.rule.style().polish(self.rule)

    def _slow_line(self, taken: Taken) -> Sequence[str]:
        return (
            f"{taken.at.astimezone(self._tz):%H:%M:%S}",
            taken.budget.shown_text(),
            f"{taken.total_ms:,.0f}",
            cause_word(taken.cause),
            *(f"{ms:,.0f}" for _, ms in taken.parts_ms),
        )

    def _heading(self, text: str) -> QLabel:
        made = QLabel(text, self)
        made.setProperty("look", "strong")
        return made

    def _table(self, *titles: str) -> QTableWidget:
        made = QTableWidget(0, len(titles), self)
        made.setHorizontalHeaderLabels(titles)
        made.verticalHeader().hide()
        made.setShowGrid(False)
        made.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        made.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        made.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        made.horizontalHeader().setMinimumSectionSize(LEAST_WIDTH)
        return made


def _pace_line(pace: Pace) -> Sequence[str]:
    return (
        pace.budget.shown_text(),
        str(pace.count),
        f"{pace.p50_ms:,.0f}",
        f"{pace.p95_ms:,.0f}",
        f"{pace.max_ms:,.0f}",
        str(pace.budget.limit_ms),
        f"{pace.within:.0%}",
        f"{pace.in_rule:.0%}",
    )


def _fill(table: QTableWidget, lines: Sequence[Sequence[str]]) -> None:
    table.setRowCount(len(lines))
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            item = QTableWidgetItem(text)
            if text[:1].isdigit() and column:
                item.setTextAlignment(RIGHT)
            table.setItem(row, column, item)
