"""One seal over the chains, as it is printed and read back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class Anchor:
    """One line of the list that is printed or mailed."""

    id: int
    at: datetime
    links: int
    hash: bytes

    def line(self) -> str:
        """Return what is printed; `read` is the way back."""
        return f"{self.id} {self.at.astimezone(UTC).isoformat()} {self.links} {self.hash.hex()}"

    @classmethod
    def read(cls, line: str) -> Anchor:
        """Read a printed line."""
        number, at, links, seal = line.split()
        return cls(int(number), datetime.fromisoformat(at), int(links), bytes.fromhex(seal))
