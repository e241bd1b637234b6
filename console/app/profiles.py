"""The servers somebody logged in to from this desk, newest first; never a password."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from console.shell.login import Profile
from db.embedded import write_private

KEPT = 8
_PROFILES = TypeAdapter(tuple[Profile, ...])


def used(folder: Path) -> tuple[Profile, ...]:
    """Return what this desk has used; a file nobody can read counts as none."""
    try:
        found = tomllib.loads((folder / "profiles.toml").read_text("utf-8"))
        return _PROFILES.validate_python(found.get("profiles", ()))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError):
        return ()


def keep(folder: Path, profile: Profile) -> None:
    """Put a profile first."""
    kept = (profile, *(other for other in used(folder) if other.name != profile.name))[:KEPT]
    # A JSON string or number is a TOML one as well.
    tables = (
        "\n".join(("[[profiles]]", *(f"{key} = {json.dumps(value)}" for key, value in asdict(item).items())))
        for item in kept
    )
    folder.mkdir(parents=True, exist_ok=True)
    write_private(folder / "profiles.toml", "\n\n".join(tables) + "\n")
