"""What was kept at this desk and has not reached the server, sealed, in a folder only this account may read.

Each parcel is a few files and a slip that says what they are. It is deleted as soon as the server has it.
After a crash the next console of the same person at this desk finds it: what was complete goes out by itself,
a clip that was cut off is offered. What nobody fetches within a day is deleted: the server would refuse it.
Nothing in it can be read without the key that the server holds for the person, no word of a slip either.
"""

from __future__ import annotations

import io
import json
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from console.kit.private_folder import dead_folders
from console.kit.seal import Seal, SealedWriter, Unreadable, read_begun, read_sealed, write_sealed

log = logging.getLogger("console.footage")

PREFIX = "liangdeng-kept-"
KEPT_FOR = timedelta(days=1)
SLIP = ".slip"
RAW = ".part"
READY, RECORDING = "ready", "recording"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One picture or clip on its way. Times are the server's."""

    key: UUID
    kind: str  # 'still' or 'clip'
    view: int
    camera_name: str
    login: str
    server: str  # host and database it is meant for
    begun_at: datetime
    ticket_id: int | None = None
    taken_at: datetime | None = None
    taken_until: datetime | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)  # 'original', 'burned', 'thumb' -> name
    state: str = READY

    def to_json(self) -> str:
        """Return the slip."""
        return json.dumps(asdict(self), default=_plain, ensure_ascii=False)

    @classmethod
    def from_json(cls, words: str) -> Parcel:
        """Read a slip; raises ValueError, KeyError or TypeError for what is none."""
        data = json.loads(words)
        moments = {
            name: datetime.fromisoformat(data[name])
            for name in ("begun_at", "taken_at", "taken_until")
            if data[name] is not None
        }
        return cls(**data | moments | {"key": UUID(data["key"])})


@dataclass(frozen=True, slots=True)
class Found:
    """What an earlier console left: parcels, and how many of this person's no key opens any more."""

    parcels: tuple[Parcel, ...]
    unreadable: int


class Outbox:
    """The parcels of one person at this desk; used by one worker, clips going on by one each."""

    def __init__(self, login: str, server: str, seal: Seal) -> None:
        self.login = login
        self.server = server
        self._seal = seal
        self._folder: Path | None = None

    def begin_raw(self, key: UUID) -> SealedWriter:
        """Return where a clip is written while it goes on; its slip is there already."""
        return SealedWriter(self._raw(key), self._seal)

    def read_raw(self, key: UUID) -> io.BytesIO:
        """Return what was written of a clip, whole or cut off; raises FileNotFoundError."""
        return read_begun(self._raw(key), self._seal)

    def raw_span(self, key: UUID) -> timedelta:
        """Return how long after its slip a clip was last written; raises FileNotFoundError."""
        begun = self._place() / f"{key}{SLIP}"
        return max(timedelta(), _age(begun) - _age(self._raw(key)))

    def drop_raw(self, key: UUID) -> None:
        """Delete what a clip was made of."""
        self._raw(key).unlink(missing_ok=True)

    def put(self, parcel: Parcel, **contents: bytes) -> Parcel:
        """Write the files, then the slip: a parcel without its slip is none."""
        names = dict(parcel.files)
        for name, content in contents.items():
            names[name] = f"{parcel.key}.{name}"
            write_sealed(self._place() / names[name], self._seal, content)
        parcel = replace(parcel, files=names)
        write_sealed(self._place() / f"{parcel.key}{SLIP}", self._seal, parcel.to_json().encode())
        return parcel

    def sent(self, parcel: Parcel) -> dict[str, Any]:
        """Return what the server is sent, digests made of what lies here."""
        contents = {
            name: read_sealed(self._place() / file, self._seal) for name, file in parcel.files.items()
        }
        digests = {
            f"{name}_sha": sha256(contents[name]).digest()
            for name in ("original", "burned")
            if name in contents
        }
        return {
            "view": parcel.view,
            "key": parcel.key,
            "ticket": parcel.ticket_id,
            "taken_at": parcel.taken_at,
            "taken_until": parcel.taken_until,
            "facts": json.dumps(dict(parcel.facts)),
            **contents,
            **digests,
        }

    def drop(self, key: UUID) -> None:
        """Delete a parcel."""
        if self._folder is not None:
            _delete(self._folder, str(key))

    def adopt(self) -> Found:
        """Take over what consoles left here that ended without sending it.

        Deletes what is too old, and of this person what another key has sealed, as the journal does.
        """
        parcels, unreadable = [], 0
        for folder in dead_folders(PREFIX):
            for slip in sorted(folder.glob(f"*{SLIP}")) if self._is_mine(folder) else ():
                try:
                    parcel = self._read(slip)
                except (Unreadable, ValueError, KeyError, TypeError) as error:
                    log.warning("parcel unreadable reason=%s", type(error).__name__)
                    unreadable += 1
                    _delete(folder, slip.stem)
                else:
                    parcels += [self._move(folder, parcel)] if _age(slip) <= KEPT_FOR else []
            if _age(folder) > KEPT_FOR or not any(folder.glob(f"*{SLIP}")):
                shutil.rmtree(folder, ignore_errors=True)  # another account's folder stays
        return Found(tuple(parcels), unreadable)

    def close(self) -> None:
        """Remove the folder unless a parcel is left in it."""
        if self._folder is not None and not any(self._folder.glob(f"*{SLIP}")):
            shutil.rmtree(self._folder, ignore_errors=True)

    def _place(self) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-{self._tag()}-"))
        return self._folder

    def _raw(self, key: UUID) -> Path:
        return self._place() / f"{key}{RAW}"

    def _tag(self) -> str:
        """Tell this person's folders on this server from others' without naming either."""
        return sha256(f"{self.login}\0{self.server}".encode()).hexdigest()[:16]

    def _is_mine(self, folder: Path) -> bool:
        return folder.name.removeprefix(PREFIX).split("-")[1:2] == [self._tag()]

    def _read(self, slip: Path) -> Parcel:
        return Parcel.from_json(read_sealed(slip, self._seal).decode())

    def _move(self, folder: Path, parcel: Parcel) -> Parcel:
        for path in list(_files_of(folder, parcel.key)):
            path.rename(self._place() / path.name)
        return parcel


def _files_of(folder: Path, key: UUID) -> Iterator[Path]:
    """Yield the files of a parcel, the slip last: without it nobody takes the rest."""
    yield from (path for path in folder.glob(f"{key}.*") if path.suffix != SLIP)
    yield folder / f"{key}{SLIP}"


def _delete(folder: Path, key: str) -> None:
    for path in folder.glob(f"{key}.*"):
        path.unlink(missing_ok=True)


def _age(path: Path) -> timedelta:
    return datetime.now(UTC) - datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
