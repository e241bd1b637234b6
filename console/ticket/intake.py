"""Where a citizen's words become a ticket."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from console.footage.record import Sighting
from console.kit.call import OPEN, Call
from console.kit.jobs import Latest
from console.kit.notices import Notice, NoticeAction, Severity
from console.kit.panel import Panel
from console.ticket.action_form import ActionForm
from console.ticket.intake_draft import KIND, IntakeDraft, RestoreBar
from console.ticket.intake_endings import ENDINGS, EndingBar
from console.ticket.intake_form import IntakeForm
from console.ticket.intake_side import IntakeSide
from console.ticket.intake_store import IntakeStore, PlaceFound
from console.ticket.intake_values import IntakeValues
from console.ticket.page_actions import keep_draft
from console.ticket.page_record import AllowedAction, Outcome
from console.ticket.record import Ticket, TicketId
from db.errors import BadPayload, Refused

if TYPE_CHECKING:
    from console.app.session import Session

MAP_MS = 300
SHARES = (720, 480)
MERGE = "merge"
KEY_USED = frozenset({"request_key_reused", "request_key_used"})
# Where the form shows what the database says about a field.
FIELDS = {"caller.phone": "phone", "caller": "phone", "lon": "map_code", "lat": "map_code"}


class IntakePanel(Panel):
    """Write a report down, look what is known about it, and decide where it goes.

    Registering and ending are two calls, each with its request key; the draft is kept until both are known.
    """

    kind = "intake"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._store = IntakeStore(session.engine)
        self._draft = IntakeDraft(uuid4(), IntakeValues())
        self._places = Latest(session.reads, self)
        self._map_timer = QTimer(self, interval=MAP_MS, singleShot=True)
        self._map_timer.timeout.connect(self._on_map_timeout)
        self.form = IntakeForm(session)
        self.side = IntakeSide(session, self)
        self.ending = ActionForm(session)
        self.bar = EndingBar(self)
        self.restore = RestoreBar(self)
        self._endings: Mapping[str, AllowedAction] = {}
        self._is_filling = False
        self._is_busy = False
        self._lay_out()
        self._connect()
        self._look_for_drafts()
        session.reads.run(partial(self._store.endings, ENDINGS), self._on_endings, session.report)

    def values(self) -> IntakeValues:
        """Return what is typed."""
        return self.form.values()

    def begin(self, sighting: Sighting) -> None:
        """Write a report about what a camera showed (S71); what was begun before is offered back."""
        at = sighting.taken_at.astimezone(self._session.directory.workdays.tz)
        seen = self.tr("Seen by camera {name} ({code}) at {moment}: ").format(
            name=sighting.camera_name, code=sighting.camera_code, moment=f"{at:%Y-%m-%d %H:%M:%S}"
        )
        picture = self.tr("picture of {name}, {moment}").format(
            name=sighting.camera_name, moment=f"{at:%H:%M:%S}"
        )
        has_point = sighting.lon is not None and sighting.lat is not None
        values = IntakeValues(
            channel="video",
            kind="hazard",
            is_anonymous=True,
            no_reply=True,
            place_id=sighting.territory_id,
            no_place=sighting.territory_id is None,
            place_text=sighting.camera_name,
            map_code=f"{sighting.lon:.6f},{sighting.lat:.6f}" if has_point else "",
            body=seen,
            footage=(str(sighting.footage),),
            footage_text=picture,
        )
        self._start_with(values)

    def _start_with(self, values: IntakeValues) -> None:
        self._fill(IntakeDraft(uuid4(), values))
        self.ending.forget()
        self.ending.put_away()
        self._keep(self._draft)
        self._session.journal.flush()  # a console that dies now offers it at its next start
        self._offer_drafts()
        self.form.body.setFocus(Qt.FocusReason.OtherFocusReason)
        self.form.body.moveCursor(QTextCursor.MoveOperation.End)

    def choose(self, ending: AllowedAction | None, preset: Mapping[str, Any] | None = None) -> None:
        """Ask what an ending needs; None registers at once."""
        if self._shows_problems():
            return
        if ending is None:
            self._send(None, {})
        else:
            self.ending.ask(ending, {**self._preset(ending), **(preset or {})})

    def detach(self) -> None:
        """Let go of the session."""
        self._session.link_changed.disconnect(self._on_link_changed)

    def _preset(self, ending: AllowedAction) -> dict[str, Any]:
        found = self.side.suggestion
        if ending.action != "dispatch" or found is None:
            return {}
        values = {"unit": found.lead_unit_id, "assist": list(found.assist_unit_ids), "basis": found.basis}
        return {name: value for name, value in values.items() if value}

    def _shows_problems(self) -> bool:
        sentences = {
            "body": self.tr("Write down what the caller says."),
            "place_id": self.tr("Choose a place, or tick “no place”."),
            "phone": self.tr("A number or an address is needed, or tick “anonymous”."),
            "map_code": self.tr("Write it as longitude,latitude."),
        }
        unsettled = dict.fromkeys(
            self.form.unsettled(), self.tr("Choose one of the list, or empty the field.")
        )
        problems = {name: sentences[name] for name in self.values().problems()} | unsettled
        self.form.show_problems(problems)
        return bool(problems)

    def _send(self, ending: str | None, payload: Mapping[str, Any]) -> None:
        draft = self._draft.sent(self.values(), ending, payload)
        self._keep(draft)
        self._session.journal.flush()  # where it is to end is on the disk before the report leaves
        self._set_busy(is_busy=True)
        call = Call(OPEN, draft.values.payload(), key=draft.key)
        self._session.submit(call, partial(self._on_opened, draft), partial(self._on_refused, draft))
        if not self._session.is_online:
            self._start_anew()

    def _on_opened(self, draft: IntakeDraft, ticket: Ticket) -> None:
        if draft.ending is None:
            self._on_ended(draft, ticket)
            return
        call = Call(draft.ending, draft.ending_payload or {}, ticket.id, ticket.version)
        refused = partial(self._on_ending_refused, draft, ticket)
        self._session.submit(call, partial(self._on_ended, draft), refused)

    def _on_ended(self, draft: IntakeDraft, ticket: Ticket) -> None:
        self._forget(draft)
        directory = self._session.directory
        text = self.tr("{number} · {state}").format(
            number=ticket.number, state=directory.code_name(directory.states, ticket.state)
        )
        look = NoticeAction(self.tr("Open"), partial(self.ticket_requested.emit, ticket.id))
        self._session.notices.post(Notice(Severity.DONE, text, actions=(look,)))

    def _on_refused(self, draft: IntakeDraft, error: Exception) -> None:
        self._set_busy(is_busy=False)
        draft = replace(draft, is_sent=False)
        self._keep(draft)
        if isinstance(error, Refused) and error.code in KEY_USED:
            # It had arrived before a crash, and was changed since.
            outcome = partial(self._session.store.outcome, draft.key)
            self._session.reads.run(outcome, partial(self._on_outcome, draft), self._session.report)
        elif isinstance(error, BadPayload) and draft.key == self._draft.key:
            self.form.show_problems({FIELDS.get(error.field, error.field): self._session.sentence(error)})
            self._session.report(error)
        else:
            self._session.report(error)

    def _on_ending_refused(self, draft: IntakeDraft, ticket: Ticket, error: Exception) -> None:
        # The report is registered: what was meant for its end goes on at its page.
        self._session.report(error)
        self._go_on(draft, ticket.id)

    def _on_outcome(self, draft: IntakeDraft, outcome: Outcome) -> None:
        if outcome.known and outcome.ticket_id is not None:
            self._go_on(draft, outcome.ticket_id)
        else:
            self._offer_drafts()

    def _go_on(self, draft: IntakeDraft, ticket_id: TicketId) -> None:
        if draft.ending is not None:
            keep_draft(self._session.journal, uuid4(), ticket_id, draft.ending, draft.ending_payload or {})
        self._forget(draft)
        self._session.notices.post(
            Notice(Severity.INFO, self.tr("The report is registered. Decide on its page where it goes."))
        )
        self.ticket_requested.emit(ticket_id)

    def _forget(self, draft: IntakeDraft) -> None:
        self._session.journal.drop_draft(draft.key)
        if draft.key == self._draft.key:
            self._start_anew()

    def _keep(self, draft: IntakeDraft) -> None:
        if draft.key == self._draft.key:
            self._draft = draft
        self._session.journal.save_draft(draft.key, KIND, draft.to_json())

    def _start_anew(self) -> None:
        self._fill(IntakeDraft(uuid4(), IntakeValues()))
        self.ending.forget()
        self.ending.put_away()

    def _fill(self, draft: IntakeDraft) -> None:
        self._draft = draft
        self._is_filling = True
        self.form.set_values(draft.values)
        self._is_filling = False
        self.side.look_at(draft.values)
        self._set_busy(is_busy=False)
        self.form.phone.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_busy(self, *, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.bar.setEnabled(not is_busy)
        self.ending.set_busy(is_busy)

    def _look_for_drafts(self) -> None:
        """Ask about reports whose answer was lost; offer what was only typed."""
        store = self._session.store
        for kept in self._session.journal.drafts(KIND):
            draft = IntakeDraft.from_json(kept.key, kept.data)
            if not draft.is_sent or self._session.adopt(
                draft.key, partial(self._on_opened, draft), partial(self._on_refused, draft)
            ):
                continue
            answer = partial(self._on_outcome, replace(draft, is_sent=False))
            self._session.reads.run(partial(store.outcome, draft.key), answer, self._session.report)
        self._offer_drafts()

    def _offer_drafts(self) -> None:
        self.restore.put_away()
        for kept in self._session.journal.drafts(KIND):
            draft = IntakeDraft.from_json(kept.key, kept.data)
            if draft.key != self._draft.key and not draft.is_sent:
                self.restore.offer(draft, kept.at, self._session.directory.workdays.tz)

    @Slot()
    def _on_changed(self) -> None:
        if self._is_filling:
            return
        values = self.values()
        if values.map_code != self._draft.values.map_code:
            self._map_timer.start()
        self._draft = replace(self._draft, values=values)
        self.side.look_at(values)
        if values == IntakeValues():
            self._session.journal.drop_draft(self._draft.key)
        else:
            self._session.journal.save_draft(self._draft.key, KIND, self._draft.to_json())

    @Slot()
    def _on_map_timeout(self) -> None:
        position = self.values().position()
        if position is not None:
            self._places.run(
                partial(self._store.place_at, *position), self._on_place_found, self._session.report
            )

    def _on_place_found(self, found: PlaceFound | None) -> None:
        if found is not None:
            self.form.set_place(found.place_id)
        else:
            self.form.show_problems({"map_code": self.tr("There is no grid near this position.")})

    def _on_endings(self, endings: Mapping[str, AllowedAction]) -> None:
        self._endings = endings
        self.bar.offer(endings, self._session.directory.language)

    @Slot(object)
    def _on_ending_chosen(self, ending: AllowedAction | None) -> None:
        self.choose(ending)

    @Slot(object, object)
    def _on_ending_submitted(self, ending: AllowedAction, payload: Mapping[str, Any]) -> None:
        if self._shows_problems():
            self.ending.set_busy(False)
        else:
            self._send(ending.action, payload)

    @Slot(object)
    def _on_merge_requested(self, ticket_id: TicketId) -> None:
        if MERGE in self._endings:
            self.choose(self._endings[MERGE], {"main": ticket_id})

    @Slot(object)
    def _on_restore_requested(self, draft: IntakeDraft) -> None:
        self._fill(draft)
        self._offer_drafts()

    @Slot(object)
    def _on_discard_requested(self, draft: IntakeDraft) -> None:
        self._session.journal.drop_draft(draft.key)
        self._offer_drafts()

    @Slot(bool)
    def _on_link_changed(self, is_online: bool) -> None:
        # What was sent waits in the journal; the next caller need not.
        if self._is_busy and not is_online:
            self._start_anew()

    def _connect(self) -> None:
        self.form.changed.connect(self._on_changed)
        self.bar.chosen.connect(self._on_ending_chosen)
        self.ending.submitted.connect(self._on_ending_submitted)
        self.side.merge_requested.connect(self._on_merge_requested)
        self.side.open_requested.connect(self.ticket_requested)
        self.restore.restore_requested.connect(self._on_restore_requested)
        self.restore.discard_requested.connect(self._on_discard_requested)
        self._session.link_changed.connect(self._on_link_changed)

    def _lay_out(self) -> None:
        report = QWidget()
        column = QVBoxLayout(report)
        column.setContentsMargins(0, 0, self._session.theme.size("gap"), 0)
        for widget, stretch in ((self.restore, 0), (self.form, 1), (self.ending, 0), (self.bar, 0)):
            column.addWidget(widget, stretch)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(report)
        split.addWidget(self.side)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes(SHARES)
        layout = QVBoxLayout(self)
        layout.addWidget(split)
        self.setFocusProxy(self.form.phone)
