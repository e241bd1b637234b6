"""What the rail on the left offers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.kit.panel import Panel

if TYPE_CHECKING:
    from console.app.session import Session


@dataclass(frozen=True)
class Workspace:
    """One panel of the rail; `title` is marked with QT_TRANSLATE_NOOP("actions", …)."""

    key: str
    title: object
    help: object
    factory: Callable[[Session], Panel]
    duties: frozenset[str] = frozenset()

    def is_for(self, duties: frozenset[str]) -> bool:
        """Say whether somebody with these duties works here; an empty set means everybody."""
        return not self.duties or bool(self.duties & duties)

    def shown_title(self) -> str:
        """Return the translated title."""
        return QCoreApplication.translate("actions", str(self.title))
