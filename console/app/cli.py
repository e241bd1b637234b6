"""The command line: `liangdeng` opens the console, sub-commands do the rest."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import Annotated, NamedTuple

import typer

from console.app import guard
from console.app.ahead import go_ahead
from console.app.heap import steady_heap


class Mount(NamedTuple):
    """A sub-command: the module whose `app` runs it, imported only then, and one line of help."""

    module: str
    help: str


COMMANDS = {
    "demo": Mount("console.app.demo", "Open the console on a demo district."),
    "tour": Mount("console.tour.cli", "Walk through a day in the real windows, a picture a step."),
    "db": Mount("db.admin.database", "Prepare and upgrade a database, load a calendar."),
    "user": Mount("db.admin.user", "Add, list and disable people, grant and revoke duties."),
    "worker": Mount("db.admin.worker", "Resume holds, archive what ended, remove old rows."),
    "due": Mount("db.admin.due", "Count a deadline in working days."),
    "import": Mount("db.admin.importing", "Import records of other systems."),
    "export": Mount("db.admin.exporting", "Export records."),
    "replay": Mount("db.admin.replay", "Play a file's messages as live traffic."),
    "verify": Mount("db.admin.verify", "Recompute what is stored and report every difference."),
    "bench": Mount("console.bench.cli", "Measure."),
    "cameras": Mount("db.admin.cameras", "Import cameras, ask all whether they are there."),
    "doctor": Mount("db.admin.doctor", "Check this machine and the database, and say how to mend."),
}

EPILOG = "Commands:\n\n" + "\n\n".join(f"{name}: {mount.help}" for name, mount in COMMANDS.items())

root = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@root.command(epilog=EPILOG)
def console(
    dsn: Annotated[str | None, typer.Option(help="Use this server instead of the embedded one.")] = None,
    language: Annotated[str | None, typer.Option(help="zh_CN or en.")] = None,
    theme: Annotated[str | None, typer.Option(help="light or dark.")] = None,
) -> None:
    """Open the console. `liangdeng COMMAND --help` explains a command; --dsn goes with every one."""
    go_ahead()
    from console.app import settings
    from console.app.main import run

    found, problems = settings.load({"dsn": dsn, "language": language, "theme": theme})
    raise typer.Exit(run(found, problems))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command named by the first argument, or open the console."""
    steady_heap()
    guard.refuse_bad_pair()
    dsn, rest = _without_dsn(sys.argv[1:] if arguments is None else list(arguments))
    if dsn is not None:
        os.environ["LIANGDENG_DSN"] = dsn  # where db.admin.context, settings and child processes look
    if rest and rest[0] in COMMANDS:
        _run(rest[0], rest[1:])
    else:
        root(rest, prog_name="liangdeng")


def _run(name: str, arguments: list[str]) -> None:
    app: typer.Typer = importlib.import_module(COMMANDS[name].module).app
    try:
        app(arguments, prog_name=f"liangdeng {name}")
    except Exception as error:
        from db.admin.plain import plain_words

        words = plain_words(error)
        if words is None:
            raise
        sys.exit(f"liangdeng {name}: {words}")


def _without_dsn(arguments: list[str]) -> tuple[str | None, list[str]]:
    """Take --dsn out, wherever it stands."""
    for at, word in enumerate(arguments):
        if word == "--dsn" and at + 1 < len(arguments):
            return arguments[at + 1], arguments[:at] + arguments[at + 2 :]
        if word.startswith("--dsn="):
            return word.removeprefix("--dsn="), arguments[:at] + arguments[at + 1 :]
    return None, arguments
