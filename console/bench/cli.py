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
