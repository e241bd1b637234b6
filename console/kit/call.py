"""One intention to write, in a form that survives a crash."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID, uuid4

OPEN = "open"


@dataclass(frozen=True)
class Call:
    """One call of the database; `key` makes a second try harmless."""

    action: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    ticket_id: int | None = None
    version: int | None = None
    key: UUID = field(default_factory=uuid4)

    def to_json(self) -> str:
        """Return it as text."""
        return json.dumps(asdict(self), default=str, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Call:
        """Read it back."""
        data = json.loads(text)
        return cls(**data | {"key": UUID(data["key"])})
