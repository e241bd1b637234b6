"""What the command line finds is read when it opens, not at each letter."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from console.kit.action import Action
from console.shell.providers import ActionProvider, ViewProvider
from console.ticket.record import Filter, SavedView


class Store:
    """Saved views, and how often they were asked for."""

    def __init__(self) -> None:
        self.names = ["Late"]
        self.asked = 0

    def views(self) -> list[SavedView]:
        self.asked += 1
        return [SavedView(number, None, name, Filter(), 0) for number, name in enumerate(self.names)]


def texts(provider: Any, typed: str) -> list[str]:
    return [hit.text for hit in provider.find(typed)]


def test_views_are_read_once_for_each_opening() -> None:
    store = Store()
    provider = ViewProvider(store, lambda _: None)  # type: ignore[arg-type]  # what the provider uses
    provider.begin()
    assert [texts(provider, typed) for typed in ("l", "la", "lat")] == [["Late"]] * 3
    store.names.append("Later")
    assert texts(provider, "late") == ["Late"]
    assert store.asked == 1
    provider.begin()
    assert texts(provider, "late") == ["Late", "Later"]
    assert store.asked == 2


def test_actions_are_those_that_may_run_when_it_opens() -> None:
    runs = SimpleNamespace(actions=[Action("a.one", "First thing", "Help", print)])
    provider = ActionProvider(lambda: runs.actions, print)
    provider.begin()
    assert texts(provider, "thing") == ["First thing"]
    runs.actions = [*runs.actions, Action("a.two", "Second thing", "Help", print)]
    provider.begin()
    assert texts(provider, "") == ["First thing", "Second thing"]
