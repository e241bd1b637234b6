"""``bench find``: the command line letter by letter, from the key to the painted rows, in a real window."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QApplication

from console.app.main import build_console
from console.bench.data import bench_dsn, person_dsn
from console.bench.figures import Figure, figure
from console.bench.queue import READER
from console.bench.window import SIZE, queue_panel
from console.directory.record import Directory, Territory, Unit
from console.kit.pinyin import reading
from console.kit.watch import LoopWatch, PaintWatch, spin
from console.shell.main_window import MainWindow

PLACES, UNITS = 10_000, 400
PLACE_LEVEL = 5
EACH = 8
WAIT_S = 30
KINDS_OF_PLACE = ("小区", "广场", "农贸市场", "小学", "公园", "码头", "物业服务中心", "公交站")
ACTIONS = ("queue", "逾期", "overdue tickets", "export", "theme", "历史")


def bench_find(app: QApplication, history: int, open_: int) -> dict[str, Any]:
    """Type names, numbers and actions over a directory of full size."""
    with bench_dsn(history, open_) as dsn, tempfile.TemporaryDirectory() as folder:
        window = build_console(person_dsn(dsn, READER), app, folder=Path(folder))
        window.resize(*SIZE)
        window.show()
        try:
            live = queue_panel(window).live
            spin(lambda: live.model.rowCount() > 0, WAIT_S)
            window.session.use_directory(full(window.session.directory))
            return FindBench(window, live.model.rows).run() | {
                "places": len(window.session.directory.territories),
                "units": len(window.session.directory.units),
                "actions": len(list(window.registry)),
                "tickets": history + open_,
            }
        finally:
            window.close()


class FindBench:
    """One window, many words, each typed letter by letter."""

    def __init__(self, window: MainWindow, tickets: Sequence[Any]) -> None:
        self._line = window.palette_line
        self._window = window
        self._directory: Directory = window.session.directory
        self._random = random.Random(1)  # noqa: S311 - which names to type is no secret
        self._numbers = [ticket.number for ticket in self._random.sample(tickets, EACH)]

    def run(self) -> dict[str, Figure]:
        """Return how long names took, and all with the tickets, and how late the event loop was."""
        self._window.show_palette()
        beat = LoopWatch()
        beat.start()
        figures = {
            "names": figure(self._type(self._line.named)),
            "all": figure(self._type(self._line.answered)),
        }
        beat.stop()
        self._line.hide()
        return figures | {"gui_loop": figure(beat.late_ms)}

    def _type(self, answered: SignalInstance) -> list[float]:
        watch = PaintWatch(self._line.list.viewport())
        answered.connect(watch.on_data)
        taken = []
        for word in self._words():
            for length in range(1, len(word) + 1):
                taken.append(watch.measure(partial(self._line.line.setText, word[:length])))
                spin(self._line.is_settled, WAIT_S)
        answered.disconnect(watch.on_data)
        return taken

    def _words(self) -> Iterator[str]:
        named: list[Territory | Unit] = [
            *self._directory.territories.values(),
            *self._directory.units.values(),
        ]
        for item in self._random.sample(named, 3 * EACH):
            yield from (item.name[:6], item.pinyin.replace(" ", "")[:10], item.initials[:6])
        yield from self._numbers
        yield from ACTIONS


def full(directory: Directory) -> Directory:
    """Return the directory with made-up places and units up to the size of a large district."""
    places, units = dict(directory.territories), dict(directory.units)
    grids = [place for place in places.values() if place.level == PLACE_LEVEL - 1]
    first = max(places) + 1
    for number, grid in enumerate(islice(cycle(grids), max(0, PLACES - len(places))), first):
        name = f"演示{grid.name[:4]}{KINDS_OF_PLACE[number % len(KINDS_OF_PLACE)]}{number - first + 1}"
        places[number] = _named(grid, number, grid.id, name, level=PLACE_LEVEL)
    model = next(iter(units.values()))
    first = max(units) + 1
    for number in range(first, first + max(0, UNITS - len(units))):
        name = f"演示第{number}服务中心"
        units[number] = _named(model, number, model.id, name, short_name=name)
    return replace(directory, territories=places, units=units)


def _named(model: Any, number: int, parent: int, name: str, **changed: object) -> Any:
    pinyin, initials = reading(name)
    kind: type[Territory | Unit] = type(model)
    values = {each: getattr(model, each) for each in kind.__dataclass_fields__}
    values |= {"id": number, "parent_id": parent, "code": f"X{number}", "name": name}
    return kind(**values | {"pinyin": pinyin, "initials": initials, **changed})
