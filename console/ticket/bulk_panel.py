"""Below the queue: one action for many tickets, from the choice to what became of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout

from console.kit.table import Column, Delta, TableModel
from console.kit.view import TableView
from console.ticket.action_form import ActionForm, action_name
from console.ticket.action_keys import bind_action_keys
from console.ticket.bulk_kept import BulkKeeper, KeptRun
from console.ticket.bulk_run import BulkRun, RunState
from console.ticket.bulk_store import BulkAction, BulkRow, BulkStore
from console.ticket.bulk_words import Told, told
from console.ticket.page_actions import ActionRow
from console.ticket.page_record import AllowedAction
from console.ticket.record import Filter, PageKey

if TYPE_CHECKING:
    from console.app.session import Session

MOST = 20_000
TABLE_HEIGHT = 170
COLUMNS: tuple[Column[Told], ...] = (
    Column("number", QT_TRANSLATE_NOOP("columns", "Number"), lambda t: t.number, 118),
    Column("outcome", QT_TRANSLATE_NOOP("columns", "Outcome"), lambda t: t.outcome, 92),
    Column("why", QT_TRANSLATE_NOOP("columns", "Why"), lambda t: t.why, 420, tip=lambda t: t.why),
    Column("what", QT_TRANSLATE_NOOP("columns", "Matter"), lambda t: t.title, 300, tip=lambda t: t.title),
)


class BulkPanel(QFrame):
    """Choose an action, fill its form once, watch it go.

    Signals: closed().
    """

    closed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.setObjectName("bulkPanel")
        self._session = session
        self._store = BulkStore(session.engine)
        self._actions: dict[str, BulkAction] = {}
        self._rows: tuple[BulkRow, ...] = ()
        self._as_of = session.clock.now()
        self._told = 0
        self._gathering = 0  # tells the answers for an older question
        self.run: BulkRun | None = None
        self._keeper = BulkKeeper(session.journal)
        self.title = QLabel()
        self.title.setProperty("look", "strong")
        self.offers = ActionRow(session.directory.language, session.theme.size("gap"))
        self.form = ActionForm(session)
        self.bar = QProgressBar()
        self.model: TableModel[Told] = TableModel(COLUMNS, key=_key, order=_order, parent=self)
        self.table = TableView(self.model, session.theme, session.clock)
        self.table.setFixedHeight(TABLE_HEIGHT)
        self.stop_button = QPushButton()
        self.undo_button = QPushButton(self.tr("Undo"))
        self._lay_out()
        self.offers.chosen.connect(self._on_chosen)
        self.form.submitted.connect(self._on_submitted)
        self.form.edited.connect(self._on_edited)
        self.form.closed.connect(self.setFocus)
        self.stop_button.clicked.connect(self.step_back)
        self.undo_button.clicked.connect(self._on_undo)
        bind_action_keys(self, self.offers.press)
        self.hide()

    @property
    def is_running(self) -> bool:
        """Say whether a run has not come to its end."""
        return self.run is not None and not self.run.is_over

    def show_rows(self, rows: Sequence[BulkRow]) -> None:
        """Begin with chosen tickets."""
        if not self.is_running and rows:
            self._gathering += 1
            self._begin(rows)

    def show_query(self, wanted: Filter) -> None:
        """Begin with a whole list as of now, read page by page."""
        if self.is_running:
            return
        self._gathering += 1
        self._as_of = self._session.clock.now()
        self._prepare(self.tr("Reading the list…"))
        self._gather(wanted, (), None)

    def restore(self) -> None:
        """Show again what became of a run whose console has died."""
        kept = self._keeper.found()
        if kept is not None:
            self._prepare(self.tr("Reading what became of the last run…"))
            work = partial(self._store.actions, self._session.me.duties)
            self._session.reads.run(
                work, partial(self._on_kept, kept), partial(self._on_gather_failed, self._gathering)
            )

    def _on_kept(self, kept: KeptRun, actions: tuple[BulkAction, ...]) -> None:
        self._actions = {each.form.action: each for each in actions}
        action = self._actions.get(kept.action)
        if action is None:  # no longer among this person's duties
            self.step_back()
            return
        self._rows = kept.rows
        self._watch(BulkRun.of_kept(self._session, action, kept, self._keeper, self))
        self._on_progressed()
        if self.run is not None:
            self.run.finish()

    @Slot()
    def step_back(self) -> None:
        """Stop what runs; when nothing does, close."""
        if self.run is not None and not self.run.is_over:
            self.run.stop()
            return
        self._gathering += 1
        self._keeper.forget()
        self.form.hide()
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Esc; an open form has put itself away with it before."""
        if event.key() == Qt.Key.Key_Escape:
            self.step_back()
        else:
            super().keyPressEvent(event)

    def _gather(self, wanted: Filter, rows: tuple[BulkRow, ...], after: PageKey | None) -> None:
        work = partial(self._store.rows, wanted, self._as_of, after)
        done = partial(self._on_page, self._gathering, wanted, rows)
        self._session.reads.run(work, done, partial(self._on_gather_failed, self._gathering))

    def _on_page(
        self,
        number: int,
        wanted: Filter,
        before: tuple[BulkRow, ...],
        page: tuple[tuple[BulkRow, ...], PageKey | None],
    ) -> None:
        if number != self._gathering:
            return
        rows, after = before + page[0], page[1]
        if len(rows) > MOST:
            self.title.setText(
                self.tr("These are more than {n} tickets; narrow the list first.").format(n=f"{MOST:,}")
            )
        elif after is not None:
            self.title.setText(self.tr("Reading the list: {n}").format(n=f"{len(rows):,}"))
            self._gather(wanted, rows, after)
        elif rows:
            self._begin(rows)
        else:
            self.title.setText(self.tr("No ticket is in this list."))

    def _on_gather_failed(self, number: int, error: Exception) -> None:
        if number == self._gathering:
            self.step_back()
        self._session.report(error)

    def _prepare(self, title: str) -> None:
        """Clear what an earlier run has left."""
        self.run = None
        self.model.load(())
        self.title.setText(title)
        self._name_button()
        for widget in (self.offers, self.bar, self.table, self.undo_button, self.form):
            widget.hide()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self, rows: Sequence[BulkRow]) -> None:
        self._rows = tuple(rows)
        self._prepare(
            self.tr("Tickets chosen: {n}. What shall be done with them?").format(n=f"{len(rows):,}")
        )
        work = partial(self._store.actions, self._session.me.duties)
        self._session.reads.run(work, self._on_actions, self._session.report)

    def _on_actions(self, actions: tuple[BulkAction, ...]) -> None:
        self._actions = {each.form.action: each for each in actions}
        states = {row.state for row in self._rows}
        fitting = [each.form for each in actions if each.states & states]
        self.offers.offer(fitting)
        self.offers.show()
        if not fitting:
            self.title.setText(
                self.tr("Tickets chosen: {n}. Nothing can be done with them together.").format(
                    n=f"{len(self._rows):,}"
                )
            )

    @Slot(object)
    def _on_chosen(self, action: AllowedAction) -> None:
        if self.offers.isVisible():
            self.form.ask(action, self._keeper.text(action.action))

    @Slot(object, object)
    def _on_edited(self, action: AllowedAction, payload: Mapping[str, Any]) -> None:
        self._keeper.keep_text(action.action, payload)

    @Slot(object, object)
    def _on_submitted(self, action: AllowedAction, payload: Mapping[str, Any]) -> None:
        if self.is_running:
            return
        begun = self._actions[action.action]
        run = BulkRun(self._session, begun, payload, self._rows, self._keeper, self)
        self._watch(run)
        run.ended.connect(self._on_sent)
        run.start()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _watch(self, run: BulkRun) -> None:
        """Show this run."""
        self.form.hide()
        self.offers.hide()
        self.model.load(())
        self.table.show()
        self.undo_button.hide()
        self.bar.show()
        self.bar.setRange(0, run.total)
        self._told = 0
        self.run = run
        run.progressed.connect(self._on_progressed)
        run.ended.connect(self._on_ended)

    @Slot()
    def _on_progressed(self) -> None:
        run = self.run
        if run is None:
            return
        known = len(run.outcomes)
        fresh = [
            told(run.outcomes[row.id], number, row, self._session)
            for number, row in enumerate(run.rows[self._told : known], self._told)
        ]
        self._told = known
        self.model.apply(Delta(tuple(fresh)))
        self.bar.setValue(known)
        self.title.setText(self._headline(run))
        self._name_button()

    def _name_button(self) -> None:
        self.stop_button.setText(self.tr("Stop  (Esc)") if self.is_running else self.tr("Close  (Esc)"))

    def _headline(self, run: BulkRun) -> str:
        name = action_name(run.action.form, self._session.directory.language)
        if run.state is RunState.COUNTING:
            text = self.tr("{action}: {n} tickets, starts in {s} s. Esc stops it.")
            return text.format(action=name, n=f"{run.total:,}", s=run.seconds)
        sums = self.tr(
            "{done} done, {refused} refused, {conflict} changed by others, {rest} not sent"
        ).format(
            done=run.count("done"),
            refused=run.count("refused") + run.count("failed"),
            conflict=run.count("conflict"),
            rest=run.total - len(run.outcomes),
        )
        words = {
            RunState.WAITING: self.tr("waits for the server"),
            RunState.STOPPING: self.tr("stops after the piece under way"),
            RunState.STOPPED: self.tr("stopped"),
            RunState.ENDED: self.tr("ended"),
        }
        state = words.get(run.state)
        return f"{name}: {sums}" if state is None else f"{name}: {sums} · {state}"

    @Slot()
    def _on_ended(self) -> None:
        run = self.run
        if run is not None:
            self.undo_button.setVisible(run.action.inverse in self._actions and bool(run.done_rows()))

    @Slot()
    def _on_sent(self) -> None:
        """Forget what was typed; who stopped before the first row has it again."""
        if self.run is not None and self.run.outcomes:
            self.form.forget()
            self._keeper.forget_text(self.run.action.form.action)

    @Slot()
    def _on_undo(self) -> None:
        """Ask what the exact inverse needs, for the tickets that were done."""
        run = self.run
        if run is not None and run.action.inverse in self._actions:
            inverse = self._actions[run.action.inverse]
            self._rows = run.done_rows()
            self.form.ask(inverse.form, self._keeper.text(inverse.form.action))

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        note = QLabel(self.tr("Each ticket is judged by itself."))
        note.setProperty("look", "small")
        foot.addWidget(note, 1)
        foot.addWidget(self.undo_button)
        foot.addWidget(self.stop_button)
        layout = QVBoxLayout(self)
        for widget in (self.title, self.offers, self.form, self.bar, self.table):
            layout.addWidget(widget)
        layout.addLayout(foot)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


def _key(row: Told) -> int:
    return row.number_in_run


def _order(row: Told) -> int:
    return row.number_in_run
