"""What a workspace or a tab shows."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Generic, TypeVar, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.kit.action import Context


class Panel(QWidget):
    """Base of every panel.

    Signals: ticket_requested(TicketId) upward; selection_changed() when `selected()` may differ;
    title_changed(str) renames the panel's tab. `kind` is what actions know it by.
    """

    kind: ClassVar[str] = ""

    ticket_requested = Signal(object)
    selection_changed = Signal()
    title_changed = Signal(str)

    def selected(self) -> object | None:
        """Return the row actions work on."""
        return None

    def press(self, key: str) -> None:
        """Do what one of the keys for a ticket in hand means here; most panels have none in hand."""

    def layout_state(self) -> Mapping[str, Any]:
        """Return how the panel is arranged, to be kept on the server."""
        return {}

    def restore_layout(self, state: Mapping[str, Any]) -> None:
        """Arrange the panel as it was; what no longer fits is ignored."""

    def detach(self) -> None:
        """Let go of longer-lived objects before the panel is closed."""


class PagePart(QWidget):
    """A part of a page that another room brings: it reads for itself, and hides while it is empty.

    Built without a ticket, with the page; `show_for` says, once, which.
    """

    @abstractmethod  # checked with the types: Qt's classes have a metaclass of their own
    def show_for(self, ticket_id: int) -> None:
        """Belong to the page of this ticket."""

    @abstractmethod
    def reload(self) -> None:
        """Read again: the page was read again, too."""

    def detach(self) -> None:
        """Let go of longer-lived objects before the page is closed."""


class Aside(Panel):
    """A panel that stands beside the one in front and is about one thing of it, for instance its ticket.

    Signals: closed() it wants to be put away.
    """

    closed = Signal()

    @abstractmethod
    def show_for(self, subject: object) -> None:
        """Be about this from now on."""

    @abstractmethod
    def subject(self) -> object | None:
        """Return what it is about."""


P = TypeVar("P")


class Place(Generic[P]):
    """Panels of some kinds, as the actions on them see them; their modules are imported when first shown.

    With a `workspace` an action brings that to the front where no such panel is.
    """

    def __init__(self, *kinds: str, workspace: str = "") -> None:
        self._kinds = kinds
        self._workspace = workspace

    def of(self, context: Context) -> P | None:
        """Return the panel in front, if it is one of these."""
        panel = context.panel
        return cast("P", panel) if isinstance(panel, Panel) and panel.kind in self._kinds else None

    def is_here(self, context: Context) -> bool:
        """Say whether one of these is in front."""
        return self.of(context) is not None

    def when(self, asked: Callable[[P], bool]) -> Callable[[Context], bool]:
        """Return what says whether one of these is in front of which something is true."""

        def is_so(context: Context) -> bool:
            panel = self.of(context)
            return panel is not None and asked(panel)

        return is_so

    def does(self, method: Callable[[P], object]) -> Callable[[Context], None]:
        """Return what runs a method of the panel in front, or of the workspace's."""

        def run(context: Context) -> None:
            panel = self.of(context)
            if panel is None and self._workspace:
                panel = cast("P", context.host.show_workspace(self._workspace))
            if panel is not None:
                method(panel)

        return run
