"""How far a picture is behind, and what is left out to catch up."""

from __future__ import annotations

SKIP_PICTURE_S = 0.3  # later than this: decode, but do not scale
KEYS_ONLY_S = 0.7  # later than this: decode key frames only …
CAUGHT_UP_S = 0.15  # … until a key frame is this punctual
SHOW_ANYWAY_S = 0.25  # a late picture is better than none
WAITED_S = 0.002  # a packet that had to be waited for: nothing was left to read
LEAK = 0.0005  # the stream's clock may go slower than ours by this much
JUMP_S = 10.0  # a step of the stream's clock, not a delay


class Lag:
    """Two signs of being late: the stream's clock against ours, and packets that lie ready.

    The first counts the most punctual packet so far as on time. The second sees what the first cannot: that
    a gateway began two seconds ago, at its last key frame, and there never was a punctual packet.
    """

    def __init__(self) -> None:
        self.late_s = 0.0
        self.is_keys_only = False
        self._least: float | None = None
        self._at: float | None = None
        self._drained_at: float | None = None
        self._shown_at = 0.0

    def note(self, pts_s: float | None, now: float, *, waited_s: float, is_key: bool) -> None:
        """Take a packet: its time on both clocks, and how long it was waited for."""
        if self._drained_at is None or waited_s >= WAITED_S:
            self._drained_at = now
        late_s = max(self._late_s(pts_s, now), now - self._drained_at)
        if late_s > KEYS_ONLY_S:
            self.is_keys_only = True
        elif is_key and late_s < CAUGHT_UP_S:  # between key frames the decoder has lost its references
            self.is_keys_only = False

    def is_shown(self, now: float) -> bool:
        """Say whether a picture decoded now is worth scaling."""
        behind_s = 0.0 if self._drained_at is None else now - self._drained_at
        if max(self.late_s, behind_s) > SKIP_PICTURE_S and now - self._shown_at < SHOW_ANYWAY_S:
            return False
        self._shown_at = now
        return True

    def _late_s(self, pts_s: float | None, now: float) -> float:
        if pts_s is None:
            return self.late_s
        behind = now - pts_s
        if self._least is not None and self._at is not None:
            self._least += LEAK * (now - self._at)
        if self._least is None or behind < self._least or behind > self._least + JUMP_S:
            self._least = behind
        self._at = now
        self.late_s = behind - self._least
        return self.late_s


class Pace:
    """When a picture of a stream that comes in lumps is due (HLS: a segment at a time)."""

    def __init__(self) -> None:
        self.late_s = 0.0  # of the last picture
        self._first: tuple[float, float] | None = None

    def wait_s(self, pts_s: float, now: float, *, waited_s: float) -> float:
        """Return how long to hold a picture back, at most a second; `waited_s`: for its packet.

        After a pause of the stream the picture that was waited for is due at once, and the others after it.
        """
        if self._first is None:
            self._first = pts_s, now
        due = self._first[1] + pts_s - self._first[0]
        has_paused = due < now and waited_s >= WAITED_S
        if has_paused or not now - 3 * JUMP_S < due < now + JUMP_S:
            self._first, due = (pts_s, now), now
        self.late_s = max(0.0, now - due)
        return min(1.0, max(0.0, due - now))
