"""The mark of whatever leaves the database: on every row, and across every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any


@dataclass(frozen=True)
class Stamp:
    """Who takes something out, when, and under which number the register has it; from `api.export_stamp`."""

    entry: int
    login: str
    name: str
    unit: str
    at: datetime

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Stamp:
        """Read what the database says."""
        moment = datetime.fromisoformat(data["at"])
        return cls(int(data["entry"]), data["login"], data["name"], data["unit"], moment)

    def by(self) -> str:
        """Name the person and the login."""
        return self.login if self.name == self.login else f"{self.name} ({self.login})"

    def text(self, zone: tzinfo) -> str:
        """Return the watermark."""
        moment = f"{self.at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
        return " · ".join(part for part in (self.by(), self.unit, moment, f"№ {self.entry}") if part)
