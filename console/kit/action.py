"""Everything a person can trigger, declared as data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QCoreApplication


class Host(Protocol):
    """What an action may ask of the window around it."""

    def open_ticket(self, ticket_id: object) -> object:
        """Show a ticket's page and return it."""

    def show_workspace(self, key: str) -> object:
        """Bring a workspace to the front and return its panel."""

    def toggle_aside(self, subject: object) -> object:
        """Show what stands beside a thing, or put it away when it is shown for this one already."""

    def show_screen(self, key: str) -> object:
        """Show a window of its own and return its panel."""


@dataclass(frozen=True)
class Context:
    """What decides whether an action may run, and what it runs on."""

    host: Host
    is_online: bool
    duties: frozenset[str]
    panel: object | None = None
    selected: object | None = None


def _always(_context: Context) -> bool:
    return True


@dataclass(frozen=True)
class Action:
    """One thing a person can do: `text` and `help` are marked with QT_TRANSLATE_NOOP("actions", …).

    `shortcut` works in the whole window; `panel_key` is bound by a panel itself and only told here.
    """

    key: str
    text: object  # the stubs say that of QT_TRANSLATE_NOOP
    help: object
    run: Callable[[Context], None]
    shortcut: str = ""
    panel_key: str = ""
    duties: frozenset[str] = frozenset()
    needs_link: bool = False
    enabled: Callable[[Context], bool] = _always

    def is_enabled(self, context: Context) -> bool:
        """Say whether it may run now; an empty set of duties means everybody."""
        return (
            (context.is_online or not self.needs_link)
            and (not self.duties or bool(self.duties & context.duties))
            and self.enabled(context)
        )

    def shown_key(self) -> str:
        """Return the key that triggers it, wherever it is bound."""
        return self.shortcut or self.panel_key

    def shown_text(self) -> str:
        """Return the translated text."""
        return QCoreApplication.translate("actions", str(self.text))

    def shown_help(self) -> str:
        """Return the translated line for the help."""
        return QCoreApplication.translate("actions", str(self.help))


class Registry:
    """The explicit list of all actions; keys and shortcuts are unique."""

    def __init__(self, *groups: Sequence[Action]) -> None:
        self._actions: dict[str, Action] = {}
        shortcuts: dict[str, str] = {}
        for action in (action for group in groups for action in group):
            if action.key in self._actions:
                raise ValueError(f"two actions have the key {action.key}")
            if action.shortcut and action.shortcut in shortcuts:
                raise ValueError(f"{action.key} and {shortcuts[action.shortcut]} share {action.shortcut}")
            self._actions[action.key] = action
            shortcuts[action.shortcut] = action.key

    def __iter__(self) -> Iterator[Action]:
        return iter(self._actions.values())

    def __getitem__(self, key: str) -> Action:
        return self._actions[key]
