"""From a database row to a frozen record; no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

R = TypeVar("R")


def names_of(kind: Any) -> tuple[str, ...]:
    """Return the field names of a dataclass, in order."""
    return tuple(kind.__dataclass_fields__)


def record_of(kind: type[R], row: Mapping[Any, Any], **changed: Any) -> R:
    """Build a record from the columns named like its fields; `changed` replaces what needs conversion."""
    return kind(**{name: changed[name] if name in changed else row[name] for name in names_of(kind)})
