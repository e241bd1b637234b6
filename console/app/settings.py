"""Settings of this desk: arguments, then environment, then the site's file, then the user's file.

A bad value is reported and the next source asked; it never stops the console.
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from console.shell.login import Profile
from db.admin.context import home
from db.link import is_address


class Settings(BaseSettings):
    """What a desk can be told; everything else is decided by the database."""

    model_config = SettingsConfigDict(env_prefix="LIANGDENG_", frozen=True, extra="forbid")

    dsn: str | None = Field(None, description="Server and login in one libpq URL; skips the login dialog.")
    host: str = Field("", description="Server offered by the login dialog.")
    port: int = Field(5432, ge=1, le=65535, description="Port offered by the login dialog.")
    database: str = Field("liangdeng", description="Database offered by the login dialog.")
    user: str = Field("", description="Login name offered by the login dialog.")
    ca_file: str = Field("", description="Certificate authority the server is verified by.")
    standby: str = Field("", description="Standby that history, search and walls are read from: host[:port].")
    standby_lag_s: int = Field(10, ge=1, le=3600, description="Lag up to which the standby is read.")
    profiles: tuple[Profile, ...] = Field((), description="More servers offered by the login dialog.")
    lock_minutes: int = Field(10, ge=1, le=120, description="Idle time after which the console locks itself.")
    language: Literal["zh_CN", "en"] | None = Field(None, description="Unset: as the person's record says.")
    theme: Literal["light", "dark"] | None = Field(None, description="Unset: as the desktop says.")

    @field_validator("dsn")
    @classmethod
    def _readable(cls, dsn: str | None) -> str | None:
        if dsn is not None and not is_address(dsn):
            raise ValueError("no address of the form postgresql://USER:PASSWORD@HOST:PORT/DATABASE")
        return dsn

    @property
    def offered(self) -> tuple[Profile, ...]:
        """The servers of the login dialog, the plain settings first; never none."""
        plain = Profile(self.host, self.host, self.port, self.database, self.user, self.ca_file, self.standby)
        return (plain, *self.profiles) if self.host or not self.profiles else self.profiles

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - pydantic's signature
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take only what `load` has checked; a source asked here would make a bad value fatal."""
        return (init_settings,)


def load(arguments: Mapping[str, Any], *, site: Path | None = None) -> tuple[Settings, tuple[str, ...]]:
    """Return the settings and one sentence per value that had to be skipped."""
    problems: list[str] = []
    good: dict[str, Any] = {}
    for origin, values in _sources(arguments, site or site_file(), problems):
        for key, value in values.items():
            if key in good:
                continue
            try:
                Settings(**{key: value})
            except ValidationError as error:
                problems.append(f"{origin}: {key}: {error.errors()[0]['msg']}")
            else:
                good[key] = value
    return Settings(**good), tuple(problems)


def site_file() -> Path:
    """Return the file in which a site's administrator presets every desk."""
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "liangdeng" / "settings.toml"
    return Path("/etc/liangdeng/settings.toml")


def _sources(
    arguments: Mapping[str, Any], site: Path, problems: list[str]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield "arguments", {key: value for key, value in arguments.items() if value is not None}
    yield "environment", EnvSettingsSource(Settings)()
    for path in (site, home() / "settings.toml"):
        try:
            yield str(path), TomlConfigSettingsSource(Settings, path)()
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            problems.append(f"{path}: {error}")
