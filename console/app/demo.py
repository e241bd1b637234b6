"""`liangdeng demo`: the demo district on this machine, with everybody's login at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer
from psycopg.conninfo import make_conninfo

from console.app.demo_video import showing
from db.admin.context import admin_dsn, demo_password
from db.admin.output import note
from db.admin.user import Person, people_of
from db.admin.worker import working
from db.seed.loader import seed_demo

app = typer.Typer()


@dataclass(frozen=True)
class DemoSite:
    """A server where everybody's password is known."""

    server: str
    password: str
    people: tuple[Person, ...]

    def dsn(self, login: str) -> str:
        """Return the DSN of a person."""
        return make_conninfo(self.server, user=login, password=self.password)


def prepare_site(dsn: str) -> DemoSite:
    """Seed the demo district if the database is empty, and name its people."""
    password = demo_password()
    note("preparing the demo district …")
    seed_demo(dsn, password)
    people = tuple(person for person in people_of(dsn) if person.is_demo)
    return DemoSite(dsn, password, people)


@app.command()
def demo(
    language: Annotated[str | None, typer.Option(help="zh_CN or en.")] = None,
    theme: Annotated[str | None, typer.Option(help="light or dark.")] = None,
) -> None:
    """Open the console on a demo district; the server stops with its last console."""
    from console.app import settings
    from console.app.main import run

    found, problems = settings.load({"language": language, "theme": theme})
    with admin_dsn() as dsn:
        site = prepare_site(dsn)
        with showing(dsn) as gateway, working(dsn, gateway.wait):
            raise typer.Exit(run(found, problems, site))
