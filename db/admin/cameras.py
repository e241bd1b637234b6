"""`liangdeng cameras`: what an administrator does with the district's cameras."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import psycopg
import typer

from db.admin.camera_gateway import set_gateway
from db.admin.camera_import import camera_header, import_cameras
from db.admin.camera_map import CAMERA_MAPS
from db.admin.camera_sweep import sweep_cameras
from db.admin.context import admin_connection
from db.admin.importing import importing
from db.admin.output import JsonFlag, answer, note

app = typer.Typer()


@app.callback()
def cameras() -> None:
    """Cameras of the district."""


@app.command()
def sweep(as_json: JsonFlag = False) -> None:
    """Ask every camera now whether it is there, and keep the answers; one sweeper at a time."""
    with admin_connection() as connection:
        done = sweep_cameras(connection, everything=True)
    if done is None:
        note("another sweep is going on; its answers will be there within minutes")
        raise typer.Exit(1)
    answer(asdict(done), as_json)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    map_: Annotated[str, typer.Option("--map", help="A map that ships, or a TOML file.")] = "",
    district: Annotated[str, typer.Option(help="Code of the district the cameras belong to.")] = "370211",
    gateway: Annotated[str, typer.Option(help="Gateway of cameras whose row names none.")] = "",
    source: Annotated[str, typer.Option(help="System of cameras whose row names none.")] = "",
    rejects: Annotated[Path | None, typer.Option(help="Where refused rows go.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Import cameras from a CSV, XLSX or a gateway's JSON catalogue; the same file twice changes nothing."""
    defaults = {key: text for key, text in (("gateway", gateway), ("source", source)) if text}
    with importing(file, rejects, as_json) as progress:
        camera_map = CAMERA_MAPS.load(map_) if map_ else CAMERA_MAPS.recognise(camera_header(file))
        with admin_connection() as connection:
            progress.follow(
                import_cameras(
                    connection,
                    file,
                    camera_map,
                    district=district,
                    defaults=defaults,
                    rejects=progress.rejects,
                    dry_run=dry_run,
                )
            )


@app.command("gateway")
def gateway(
    code: Annotated[str, typer.Argument(help="What lists of cameras call it.")],
    kind: Annotated[str, typer.Option(help="zlm, wvp or direct.")],
    name: Annotated[str, typer.Option(help="For people; the code when left out.")] = "",
    district: Annotated[str, typer.Option(help="Code of the district.")] = "370211",
    rtsp_base: Annotated[str | None, typer.Option(help="rtsp://host:port")] = None,
    http_base: Annotated[str | None, typer.Option(help="http://host:port")] = None,
    main: Annotated[str, typer.Option(help="Main stream.")] = "{base}/rtp/{device}_{channel}",
    sub: Annotated[str, typer.Option(help="Sub stream.")] = "{base}/rtp/{device}_{channel}",
    auth: Annotated[str, typer.Option(help="hmac, keyring or none.")] = "hmac",
    ptz: Annotated[str, typer.Option(help="none, wvp or onvif.")] = "none",
    new_key: Annotated[bool, typer.Option("--new-key", help="Make a signing key and tell it once.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Add a media gateway or change it: where streams are had and how their addresses are signed."""
    wanted = {
        "code": code,
        "name": name or code,
        "kind": kind,
        "district": district,
        "rtsp_base": rtsp_base,
        "http_base": http_base,
        "main_template": main,
        "sub_template": sub,
        "auth": auth,
        "ptz": ptz,
    }
    try:
        with admin_connection() as connection:
            key = set_gateway(connection, wanted, makes_key=new_key)
    except psycopg.errors.CheckViolation as error:
        field = (error.diag.constraint_name or "").removeprefix("gateway_").removesuffix("_check")
        note(
            f"{field} is not acceptable; addresses and templates carry no name, password or query of secrets"
        )
        raise typer.Exit(2) from error
    except KeyError as error:
        note(f"there is no district {district}")
        raise typer.Exit(2) from error
    answer({"gateway": code, "key": key}, as_json)
