"""What the window is made of beside its workspaces; put together in console/app."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.kit.finding import Provider
from console.kit.panel import Aside, Panel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from console.app.session import Session
    from console.kit.action import Host


@dataclass(frozen=True)
class Parts:
    """`pages` of tickets, children of a widget; `aside` beside one; `screens` in own windows; Ctrl+K."""

    pages: Callable[[Session, QWidget], Callable[[object], Panel]]
    aside: Callable[[Session], Aside]
    screens: Mapping[str, Callable[[Session], Panel]]
    providers: Callable[[Session, Host], Sequence[Provider]]
