"""Keeping what a picture shows: taken off the GUI thread, sent once, and not lost on the way."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from console.camera.record import Sight
from console.footage.copies import Copies
from console.footage.keep_work import (
    NoPicture,
    Press,
    StripWords,
    deliver,
    finish_clip,
    mend_clip,
    number_of,
    take_still,
)
from console.footage.outbox import READY, RECORDING, Found, Outbox, Parcel
from console.footage.record import Sighting
from console.footage.store import FootageStore, KeptAs
from console.kit.jobs import Jobs, ignore
from console.kit.notices import Notice, NoticeAction, Severity
from console.kit.seal import Unreadable
from console.video.player import Player
from db.errors import BadPayload, Refused, RightMissing, Unavailable

if TYPE_CHECKING:
    from console.app.session import Session
    from console.footage.clip import ClipRecorder
    from console.kit.seal import Seal

AGAIN_MS = 5000
WATCH_MS = 1000
PRE_ROLL_S = 5.0
STOPPED = "stopped"


@dataclass
class Recording:
    """A clip that is being written."""

    sight: Sight
    player: Player
    parcel: Parcel
    press: Press
    recorder: ClipRecorder


class Keeping(QObject):
    """Stills and clips of one desk, from the key to the server.

    Everything waits in the outbox until the server has it: a broken link only delays it, and after a crash
    the next console sends or offers it. Signals: kept(KeptAs) the server has something; clips_changed() one
    began or ended; reported(Sighting) somebody wants to make a ticket of a picture.
    """

    kept = Signal(object)
    clips_changed = Signal()
    reported = Signal(object)

    def __init__(self, session: Session, server: str, seal: Seal) -> None:
        super().__init__(session)
        self._session = session
        self.store = FootageStore(session.engine)
        self._outbox = Outbox(session.me.login, server, seal)
        self._jobs = Jobs(1, "footage", self)
        self.copies = Copies(session, self)
        self._recordings: dict[int, Recording] = {}
        self._waiting: dict[UUID, Parcel] = {}
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self._send_waiting)
        self._watch = QTimer(self, interval=WATCH_MS)
        self._watch.timeout.connect(self._end_orphans)
        session.feed.link_up.connect(self._on_link_up)
        self._jobs.run(self._outbox.adopt, self._on_adopted, session.report)

    def keep_still(self, sight: Sight, player: Player) -> UUID:
        """Keep the newest picture in full resolution; returns the key it is kept with."""
        key, press = uuid4(), self._press()
        words = self._strip_words(sight)
        parcel = self._parcel(key, "still", sight, press)
        number = partial(number_of, self._session.store, sight.ticket_id)
        work = partial(take_still, self._outbox, parcel, player, press, words, number)
        self._jobs.run(work, self._send, partial(self._on_not_taken, sight))
        return key

    def report(self, sight: Sight, player: Player) -> None:
        """Keep the picture for a ticket that is still to be made, and ask for its report (S71)."""
        now, camera = self._session.clock.now(), sight.camera
        key = self.keep_still(replace(sight, ticket_id=None), player)
        place = camera.p_grid or camera.territory_id
        self.reported.emit(
            Sighting(key, camera.name, camera.code, now, place, camera.lon, camera.lat, sight.reason)
        )

    def is_recording(self, view: int) -> bool:
        """Say whether a clip of this view goes on."""
        return view in self._recordings

    def recorded_s(self, view: int) -> float:
        """Return how long that clip is so far."""
        return self._recordings[view].recorder.seconds() if view in self._recordings else 0.0

    def start_clip(self, sight: Sight, player: Player) -> None:
        """Begin a clip, with the seconds before the key; once per view."""
        if sight.view in self._recordings:
            return
        from console.footage.clip import ClipRecorder  # FFmpeg: a third of a second

        key, press = uuid4(), self._press()
        parcel = replace(self._parcel(key, "clip", sight, press), state=RECORDING)
        recorder = ClipRecorder(partial(self._outbox.begin_raw, key), self._on_clip_ended)
        self._recordings[sight.view] = Recording(sight, player, parcel, press, recorder)
        prepare, started = partial(self._outbox.put, parcel), partial(self._on_clip_prepared, sight.view)
        self._jobs.run(prepare, started, self._session.report)
        self._watch.start()
        self.clips_changed.emit()

    def stop_clip(self, view: int) -> None:
        """End a clip and send it."""
        recording = self._recordings.get(view)
        if recording is not None:
            recording.recorder.reason = recording.recorder.reason or STOPPED
            recording.player.untee(recording.recorder)
            if not recording.recorder.has_begun():
                recording.recorder.end(STOPPED)

    def stop(self, timeout_s: float = 5.0) -> bool:
        """End clips and the worker; what is not sent yet goes out at the next start."""
        self._again.stop()
        self._watch.stop()
        for view in list(self._recordings):
            self.stop_clip(view)
        are_copies_ended = self.copies.stop(timeout_s)
        ended = self._jobs.stop(timeout_s, finish=True)
        self._outbox.close()
        return ended and are_copies_ended

    def _press(self) -> Press:
        return Press(self._session.clock.now(), time.monotonic())

    def _parcel(self, key: UUID, kind: str, sight: Sight, press: Press) -> Parcel:
        return Parcel(
            key=key,
            kind=kind,
            view=sight.view,
            camera_name=sight.camera.name,
            login=self._session.me.login,
            server=self._outbox.server,
            begun_at=press.at,
            ticket_id=sight.ticket_id,
            facts={"reason": sight.reason, "stream": sight.stream},
        )

    def _strip_words(self, sight: Sight) -> StripWords:
        directory, me = self._session.directory, self._session.me
        camera = sight.camera
        place = directory.place_path(camera.p_grid or camera.territory_id)
        person = f"{directory.staff_name(me.login)} ({me.login})"
        return StripWords(
            directory.workdays.tz,
            " · ".join(part for part in (camera.name, camera.code, place) if part),
            self.tr("{moment} server time"),
            " · ".join(part for part in (person, directory.unit_name(me.unit_id)) if part),
            self.tr("no ticket"),
            self.tr("{reason} · register of views № {view}").format(reason=sight.reason, view=sight.view),
        )

    def _send(self, parcel: Parcel) -> None:
        self._waiting[parcel.key] = parcel
        work = partial(deliver, self.store, self._outbox, parcel)
        self._jobs.run(work, partial(self._on_sent, parcel), partial(self._on_not_sent, parcel))

    def _on_sent(self, parcel: Parcel, kept: KeptAs) -> None:
        self._waiting.pop(parcel.key, None)
        if kept.ticket_id is None:
            text = self.tr("Kept: {camera}. Without a ticket it is deleted after 30 days.")
        else:
            text = self.tr("Kept with the ticket: {camera}.")
        self._session.notices.post(Notice(Severity.DONE, text.format(camera=kept.camera_name)))
        self._session.note_write()
        self.kept.emit(kept)

    def _on_not_sent(self, parcel: Parcel, error: Exception) -> None:
        if isinstance(error, Unavailable):
            self._again.start()
            text = self.tr(
                "The server cannot be reached. The picture is kept at this desk and goes out by itself."
            )
            self._session.notices.post(Notice(Severity.UNAVAILABLE, text))
            return
        self._waiting.pop(parcel.key, None)
        if isinstance(error, Unreadable):
            text = self.tr(
                "The picture of {camera} kept at this desk is damaged and cannot be sent; it is deleted."
            )
            self._session.notices.post(Notice(Severity.REFUSED, text.format(camera=parcel.camera_name)))
            self._drop(parcel)
            return
        if not isinstance(error, Refused | RightMissing | BadPayload):
            self._session.report(error)
            return
        actions = [NoticeAction(self.tr("Delete it"), partial(self._drop, parcel))]
        if parcel.ticket_id is not None:
            without = replace(parcel, ticket_id=None)
            actions.insert(
                0, NoticeAction(self.tr("Keep it without the ticket"), partial(self._keep, without))
            )
        text = self.tr("The picture of {camera} was not kept: {why}").format(
            camera=parcel.camera_name, why=self._session.sentence(error)
        )
        self._session.notices.post(Notice(Severity.REFUSED, text, actions=tuple(actions), sticky=True))

    def _keep(self, parcel: Parcel) -> None:
        """Send a parcel under its slip as it is now."""
        self._jobs.run(partial(self._outbox.put, parcel), self._send, self._session.report)

    def _drop(self, parcel: Parcel) -> None:
        self._jobs.run(partial(self._outbox.drop, parcel.key), ignore, self._session.report)

    @Slot()
    def _end_orphans(self) -> None:
        """End clips whose player went before it gave them anything."""
        for recording in list(self._recordings.values()):
            if not (recording.player.is_running() or recording.recorder.has_begun()):
                recording.recorder.end("ended")
        if not self._recordings:
            self._watch.stop()

    @Slot(object)
    def _on_link_up(self, _now: datetime) -> None:
        self._send_waiting()

    @Slot()
    def _send_waiting(self) -> None:
        for parcel in list(self._waiting.values()):
            self._send(parcel)

    def _on_not_taken(self, sight: Sight, error: Exception) -> None:
        if isinstance(error, NoPicture):
            text = self.tr("{camera} shows no picture yet; there is nothing to keep.")
            self._session.notices.post(Notice(Severity.REFUSED, text.format(camera=sight.camera.name)))
        elif isinstance(error, OSError):
            text = self.tr("This desk cannot write the picture to its disk; nothing was kept.")
            self._session.notices.post(Notice(Severity.REFUSED, text, detail=str(error)))
        else:
            self._session.report(error)

    def _on_clip_prepared(self, view: int, _parcel: Parcel) -> None:
        recording = self._recordings.get(view)
        if recording is not None:
            recording.player.tee(recording.recorder, PRE_ROLL_S)

    def _on_clip_ended(self, recorder: ClipRecorder) -> None:
        """Come from the writer's thread: the file is closed."""
        view = next((view for view, each in self._recordings.items() if each.recorder is recorder), None)
        if view is None:
            return
        recording = self._recordings[view]
        press = recording.press
        until = press.server_time(recorder.last_mono or press.mono)
        work = partial(finish_clip, self._outbox, recording.parcel, until, recorder)
        ready = partial(self._on_clip_ready, view)
        self._jobs.run(work, ready, partial(self._on_clip_failed, view, recording.sight))

    def _on_clip_ready(self, view: int, parcel: Parcel) -> None:
        recorder = self._forget(view)
        if recorder.problem is not None:
            text = self.tr("The clip of {camera} broke off: {why}. What was recorded until then is kept.")
            text = text.format(camera=parcel.camera_name, why=self._why(recorder.problem))
            self._session.notices.post(Notice(Severity.REFUSED, text, detail=str(recorder.problem)))
        elif recorder.reason not in (STOPPED, "untee"):
            text = self.tr("The clip of {camera} ended by itself; what was recorded is kept.")
            self._session.notices.post(
                Notice(Severity.INFO, text.format(camera=parcel.camera_name), detail=recorder.reason)
            )
        self._send(parcel)

    def _on_clip_failed(self, view: int, sight: Sight, error: Exception) -> None:
        from console.footage.clip import EmptyClip

        problem = self._forget(view).problem
        is_nothing_there = isinstance(error, EmptyClip | FileNotFoundError)
        if isinstance(error, OSError) and not is_nothing_there:
            problem = error
            text = self.tr(
                "The clip of {camera} is not sent yet: {why}. What was recorded stays here; when the console"
                " is started again it offers to keep it."
            )
        elif is_nothing_there and problem is not None:
            text = self.tr("No clip of {camera} was kept: {why}.")
        else:
            self._on_not_taken(sight, NoPicture() if is_nothing_there else error)
            return
        text = text.format(camera=sight.camera.name, why=self._why(problem))
        self._session.notices.post(Notice(Severity.REFUSED, text, detail=str(problem)))

    def _why(self, problem: Exception) -> str:
        if isinstance(problem, OSError):
            return self.tr("this desk cannot write it to its disk")
        return self.tr("its stream is of a kind that no clip can hold, stills can be kept")

    def _forget(self, view: int) -> ClipRecorder:
        recording = self._recordings.pop(view)
        recording.player.untee(recording.recorder)  # a full clip ends by itself
        self.clips_changed.emit()
        return recording.recorder

    def _on_adopted(self, found: Found) -> None:
        """Send what was complete; ask about clips that were cut off."""
        if found.unreadable:
            text = self.tr(
                "{count} pictures an earlier console kept at this desk were sealed with another key than the "
                "server holds for you now, or are damaged. Nobody can open them; they are deleted."
            ).format(count=found.unreadable)
            self._session.notices.post(Notice(Severity.INFO, text, sticky=True))
        for parcel in found.parcels:
            if parcel.state == READY:
                self._send(parcel)
                continue
            zone = self._session.directory.workdays.tz
            text = self.tr(
                "A clip of {camera} was cut off at {moment}, when the console ended. Keep it?"
            ).format(camera=parcel.camera_name, moment=f"{parcel.begun_at.astimezone(zone):%H:%M:%S}")
            actions = (
                NoticeAction(self.tr("Keep it"), partial(self._mend, parcel)),
                NoticeAction(self.tr("Delete it"), partial(self._drop, parcel)),
            )
            self._session.notices.post(Notice(Severity.INFO, text, actions=actions, sticky=True))

    def _mend(self, parcel: Parcel) -> None:
        self._jobs.run(partial(mend_clip, self._outbox, parcel), self._send, self._on_not_mended)

    def _on_not_mended(self, error: Exception) -> None:
        from console.footage.clip import EmptyClip

        if isinstance(error, EmptyClip):
            text = self.tr("There was no whole picture in the clip that was cut off; it is deleted.")
            self._session.notices.post(Notice(Severity.INFO, text))
        else:
            self._session.report(error)
