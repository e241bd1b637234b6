"""What keeping a picture takes, step by step: in a worker, because it encodes, writes and waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from console.footage.outbox import READY, Outbox, Parcel
from console.footage.store import FootageStore, KeptAs
from console.ticket.record import TicketId
from console.ticket.store import TicketStore
from console.video.player import Player
from db.errors import Unavailable

if TYPE_CHECKING:
    from console.footage.clip import ClipRecorder


class NoPicture(Exception):
    """The player has none yet."""


@dataclass(frozen=True, slots=True)
class Press:
    """When a key was pressed, on the server's clock and on the desk's own."""

    at: datetime
    mono: float

    def server_time(self, mono: float) -> datetime:
        """Place a moment of this desk on the server's clock."""
        return self.at + timedelta(seconds=mono - self.mono)


@dataclass(frozen=True, slots=True)
class StripWords:
    """What is burned in below a picture; `when` has a place for the moment."""

    zone: tzinfo
    where: str
    when: str
    who: str
    no_ticket: str
    why: str

    def lines(self, taken_at: datetime, number: str) -> list[str]:
        """Return the lines."""
        moment = f"{taken_at.astimezone(self.zone):%Y-%m-%d %H:%M:%S.%f}"[:-3]
        when = self.when.format(moment=moment)
        return [self.where, f"{when} · {self.who} · {number or self.no_ticket}", self.why]


def number_of(store: TicketStore, ticket_id: int | None) -> str:
    """Name the ticket; without the server by its id, which is not lost either."""
    if ticket_id is None:
        return ""
    try:
        found = store.by_ids([TicketId(ticket_id)])
    except Unavailable:
        found = []
    return found[0].number if found else f"# {ticket_id}"


def take_still(
    outbox: Outbox,
    parcel: Parcel,
    player: Player,
    press: Press,
    words: StripWords,
    number: Callable[[], str],
) -> Parcel:
    """Take the newest picture and pack it; raises `NoPicture` when there is none."""
    from console.footage.still import still_files

    still = player.still()
    if still is None:
        raise NoPicture
    taken_at = press.server_time(still.taken)
    files = still_files(still.image, words.lines(taken_at, number()))
    facts = {**parcel.facts, "pts_from": still.pts_s, "pts_until": still.pts_s}
    parcel = replace(parcel, taken_at=taken_at, taken_until=taken_at, facts=facts)
    return outbox.put(parcel, original=files.original.content, burned=files.burned.content, thumb=files.thumb)


def finish_clip(outbox: Outbox, parcel: Parcel, until: datetime, recorder: ClipRecorder) -> Parcel:
    """Pack a clip that ended at a moment of the server's clock."""
    facts = {**parcel.facts, "pts_from": recorder.pts_from, "pts_until": recorder.pts_until}
    return _pack_clip(outbox, replace(parcel, facts=facts), until)


def mend_clip(outbox: Outbox, parcel: Parcel) -> Parcel:
    """Make a clip of what was written before the console ended: the last write was its last moment."""
    from console.footage.clip import EmptyClip

    try:
        return _pack_clip(outbox, parcel, parcel.begun_at + outbox.raw_span(parcel.key))
    except (EmptyClip, FileNotFoundError):
        outbox.drop(parcel.key)
        raise EmptyClip from None


def _pack_clip(outbox: Outbox, parcel: Parcel, until: datetime) -> Parcel:
    from console.footage.clip import EmptyClip, finish

    try:
        clip = finish(outbox.read_raw(parcel.key))
    except (EmptyClip, FileNotFoundError):
        outbox.drop(parcel.key)
        raise
    parcel = replace(
        parcel,
        taken_at=until - timedelta(seconds=clip.seconds),
        taken_until=until,
        state=READY,
    )
    parcel = outbox.put(parcel, original=clip.content, thumb=clip.thumb)
    outbox.drop_raw(parcel.key)
    return parcel


def deliver(store: FootageStore, outbox: Outbox, parcel: Parcel) -> KeptAs:
    """Send a parcel, and delete it here once the server has it."""
    send: Callable[..., KeptAs] = store.keep_still if parcel.kind == "still" else store.keep_clip
    kept = send(outbox.sent(parcel))
    outbox.drop(parcel.key)
    return kept
