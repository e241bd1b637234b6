"""Console processes on the test's database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desks import DeskProcess


@pytest.fixture
def open_desk(person_dsn: Callable[[str], str], tmp_path: Path) -> Iterator[Callable[[str], DeskProcess]]:
    """Open a person's console in its own process; the same person finds the same journal again."""
    opened: list[DeskProcess] = []

    def open_as(login: str) -> DeskProcess:
        folder = tmp_path / login
        folder.mkdir(exist_ok=True)
        opened.append(DeskProcess(person_dsn(login), folder))
        return opened[-1]

    yield open_as
    for desk in opened:
        desk.close()
