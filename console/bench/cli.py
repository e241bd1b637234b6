"""``liangdeng bench``: figures of this machine, as one JSON object."""

from __future__ import annotations

from typing import Annotated

import typer

from console.app.screen import make_app
from db.admin.output import answer

app = typer.Typer(help="Measure this product on this machine.", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json")]


@app.command("queue")
def queue(
    history: Annotated[int, typer.Option(min=0, help="Finished tickets.")] = 100_000,
    open_: Annotated[int, typer.Option("--open", min=200, help="Open tickets.")] = 5_000,
    as_json: AsJson = False,
) -> None:
    """Measure lists, counts, search, a ticket's page and an action, in a real window."""
    from console.bench.queue import bench_queue

    answer(bench_queue(make_app(), history, open_), as_json)


@app.command("grow")
def grow(
    rows: Annotated[str, typer.Option(help="Sizes, separated by commas.")] = "1000000,5000000",
    as_json: AsJson = False,
) -> None:
    """Measure the same lists, counts, searches and actions on ever longer histories."""
    from console.bench.grow import OPEN, bench_grow

    try:
        sizes = [int(size) for size in rows.split(",")]
    except ValueError as error:
        raise typer.BadParameter(f"not whole numbers separated by commas: {rows}") from error
    if min(sizes) <= OPEN:
        raise typer.BadParameter(f"each size must be above {OPEN}, which are open")
    answer(bench_grow(make_app(), sizes), as_json)


@app.command("live")
def live(
    consoles: Annotated[int, typer.Option(min=1, help="Consoles in all.")] = 20,
    rate: Annotated[float, typer.Option(min=0.1, help="Writes a second.")] = 20,
    seconds: Annotated[float, typer.Option(min=1)] = 30,
    as_json: AsJson = False,
) -> None:
    """Measure from one desk's commit to another desk's repainted cell."""
    from console.bench.live import bench_live

    answer(bench_live(make_app(), consoles, rate, seconds), as_json)


@app.command("find")
def find(
    history: Annotated[int, typer.Option(min=0, help="Finished tickets.")] = 100_000,
    open_: Annotated[int, typer.Option("--open", min=200, help="Open tickets.")] = 5_000,
    as_json: AsJson = False,
) -> None:
    """Measure the command line while somebody types: names, then tickets too, to painted rows."""
    from console.bench.find import bench_find

    answer(bench_find(make_app(), history, open_), as_json)


@app.command("acts")
def acts(
    desks: Annotated[int, typer.Option(min=1, help="Desks that act at once.")] = 50,
    rate: Annotated[float, typer.Option(min=0.1, help="Acts a second in all.")] = 300,
    seconds: Annotated[float, typer.Option(min=1)] = 20,
    as_json: AsJson = False,
) -> None:
    """Measure acts of many desks at once, at a rate and flat out."""
    from console.bench.acts import bench_acts

    answer(bench_acts(desks, rate, seconds), as_json)


@app.command("hours")
def hours(
    hours: Annotated[int, typer.Option(min=2, max=24, help="Hours of work, as fast as they go.")] = 8,
    as_json: AsJson = False,
) -> None:
    """Measure whether a console grows over a working day."""
    from console.bench.hours import bench_hours

    answer(bench_hours(hours), as_json)


@app.command("start")
def start(as_json: AsJson = False) -> None:
    """Measure from the command to the window and to the filled queue, warm."""
    from console.bench.start import bench_start

    answer(bench_start(), as_json)


@app.command("trust")
def trust(
    history: Annotated[int, typer.Option(min=0, help="Finished tickets.")] = 970_000,
    open_: Annotated[int, typer.Option("--open", min=200, help="Open tickets.")] = 30_000,
    as_json: AsJson = False,
) -> None:
    """Measure what row security costs a list, and the hash chain a write."""
    from console.bench.trust import bench_trust

    answer(bench_trust(history, open_), as_json)


@app.command("video")
def video(
    tiles: Annotated[str, typer.Option(help="1, 4, 9 or 16, separated by commas.")] = "1,4,9,16",
    seconds: Annotated[float, typer.Option(min=1, help="How long each wall is watched.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Measure a wall of cameras: first picture, frames, delay, event loop, processor, memory."""
    from console.bench.video import bench_video
    from console.wall.wall import GRIDS

    try:
        counts = [int(count) for count in tiles.split(",")]
    except ValueError as error:
        raise typer.BadParameter(f"not whole numbers separated by commas: {tiles}") from error
    if not set(counts) <= set(GRIDS):
        raise typer.BadParameter("a wall has 1, 4, 9 or 16 tiles")
    answer(bench_video(make_app(), counts, seconds), as_json)
