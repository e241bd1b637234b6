"""``liangdeng tour``: a day at work in the real windows, a picture a step."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Annotated

import typer
from PySide6.QtWidgets import QApplication

from console.app.demo import DemoSite, prepare_site
from console.app.demo_video import showing
from console.app.i18n import install_translator
from console.app.screen import make_app
from console.kit.theme import Theme
from console.tour import (
    story_cameras,
    story_dispute,
    story_evidence,
    story_handling,
    story_many,
    story_report,
    story_screen,
    story_shared,
    story_two,
)
from console.tour.album import Album
from console.tour.day import LANGUAGE, Day
from console.tour.teller import Teller, Told
from db.admin.context import admin_dsn
from db.admin.output import JsonFlag, answer
from db.admin.worker import working

app = typer.Typer()

STEPS = (
    *story_report.STEPS,
    *story_shared.STEPS,
    *story_two.STEPS,
    *story_handling.STEPS,
    *story_dispute.STEPS,
    *story_evidence.STEPS,
    *story_many.STEPS,
    *story_cameras.STEPS,
    *story_screen.STEPS,
)


@app.command()
def tour(
    out: Annotated[Path, typer.Option(help="Folder for the pictures.")] = Path("build/tour"),
    as_json: JsonFlag = False,
) -> None:
    """Walk through a day's work on the demo district and take a picture of each step."""
    album = Album(out)  # a folder that cannot be written is told before a server is started
    with admin_dsn() as dsn:
        site = prepare_site(dsn)
        with showing(dsn) as gateway, working(dsn, gateway.wait):
            told = take_tour(make_app(), site, album)
    is_ok = all(each.error is None for each in told)
    steps = {"steps": [each.to_json() for each in told]} if as_json else {"pictures": out}
    answer({"ok": is_ok, **steps}, as_json)
    raise typer.Exit(0 if is_ok else 1)


def take_tour(application: QApplication, site: DemoSite, album: Album) -> list[Told]:
    """Live through the day once."""
    install_translator(application, LANGUAGE)
    theme = Theme(parent=application)
    theme.apply(application)
    # Every run has a caller of its own; no network gives out numbers that begin like this.
    day = Day(application, site, theme, phone=f"1900001{secrets.randbelow(10_000):04}")
    try:
        return Teller(day, album).tell(STEPS)
    finally:
        day.end()
