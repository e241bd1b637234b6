"""Which of several addresses, and which transport, the next try takes."""

from __future__ import annotations

from collections.abc import Sequence

from console.video.failure import StreamFailure
from console.video.player import Denied, Source, Trouble

TCP, UDP = "tcp", "udp"
ANOTHER_ADDRESS = frozenset({Trouble.UNREACHABLE, Trouble.SILENT, Trouble.CODEC})


class Way:
    """RTSP goes over TCP unless source or server want UDP; UDP that loses too much gives way to TCP."""

    def __init__(self) -> None:
        self.name = ""  # of the transport: 'tcp', 'udp', or 'http'
        self._turn = 0
        self._closed: set[str] = set()

    @property
    def has_better(self) -> bool:
        """Say whether a stream that loses too much has somewhere else to go."""
        return self.name == UDP and TCP not in self._closed

    def choose(self, sources: Sequence[Source]) -> Source:
        """Return the source whose turn it is."""
        if not sources:
            raise Denied
        source = sources[self._turn % len(sources)]
        if source.protocol != "rtsp":
            self.name = "http"
        elif self.name not in (TCP, UDP):
            self.name = source.transport
        return source

    def note(self, failure: StreamFailure) -> None:
        """Take another way next time, where this one is closed."""
        if failure.is_about_transport:
            self._closed.add(self.name)
            self._flip()
        elif self.name == UDP and failure.trouble in (Trouble.SILENT, Trouble.GARBAGE):
            self._flip()  # lossy, or a firewall lets the request through and the pictures not
        elif failure.trouble in ANOTHER_ADDRESS:
            self._turn += 1

    def _flip(self) -> None:
        other = UDP if self.name == TCP else TCP
        if other not in self._closed:
            self.name = other
