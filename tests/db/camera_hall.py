"""A camera to keep pictures of, and what a desk sends when it does."""

from __future__ import annotations

import struct
import zlib
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from hall import OPERATOR, Hall, Row
from psycopg.types.json import Jsonb

JPEG = b"\xff\xd8\xff\xe0" + bytes(60)
CLIP = b"\0\0\0\x18ftypisom" + bytes(8) + b"hdlr" + bytes(8) + b"vide" + bytes(200)


def png(width: int = 16, height: int = 9, grey: int = 0) -> bytes:
    """Return a grey picture."""
    rows = zlib.compress((b"\0" + bytes([grey]) * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def make_camera(hall: Hall, code: str = "D1-T-0001", retention_days: int = 30) -> int:
    """Register a made-up camera at the hall's place."""
    hall.rows(
        "insert into core.camera_source (district_id, code, name_zh, name_en)"
        " values (1, 'security', '社会治安', 'Public order') on conflict do nothing returning 1"
    )
    for name in ("camera_purpose", "camera_place"):
        hall.rows(
            "insert into core.reason (list, code, name_zh, name_en, basis, rank)"
            " values (%s, 'tests', '测试', 'Tests', '', 99) on conflict do nothing returning 1",
            name,
        )
    hall.rows(
        "insert into core.gateway"
        " (district_id, code, name, kind, rtsp_base, main_template, sub_template, auth)"
        " values (1, 'tests', 'tests', 'demo', 'rtsp://127.0.0.1:1', '{base}/{code}/main',"
        " '{base}/{code}/sub', 'none') on conflict do nothing returning 1"
    )
    return int(
        hall.value(
            "insert into core.camera (district_id, code, name, pinyin, initials, source, purpose, place_kind,"
            " territory_id, lon, lat, gateway_id, retention_days, duties, is_demo)"
            " select 1, %s, '演示路口东', 'yanshilukoudong', 'yslkd', 'security', 'tests', 'tests', %s,"
            " 120.1, 35.9, g.id, %s, '{operator,supervisor,unit,leader}', true"
            " from core.gateway g where g.code = 'tests' returning id",
            code,
            hall.place,
            retention_days,
        )
    )


def open_view(hall: Hall, camera: int, login: str = OPERATOR, ticket: int | None = None) -> int:
    """Let a person look through a camera; returns the row of the register."""
    asked = "select api.open_camera(%s, '核实现场', %s) as o"
    return int(hall.call(login, asked, camera, ticket)[0]["o"]["view"])


def now(hall: Hall) -> datetime:
    """Return the server's time."""
    moment: datetime = hall.value("select clock_timestamp()")
    return moment


def keep_still(
    hall: Hall,
    view: int,
    ticket: int | None = None,
    *,
    login: str = OPERATOR,
    key: UUID | None = None,
    taken: datetime | None = None,
    **changed: Any,
) -> Row:
    """Keep a picture as the desk does; `changed` replaces what is sent."""
    sent: Row = {"facts": {"reason": "占道", "stream": "main", "pts_from": 3.2}}
    sent |= {"original": png(), "burned": JPEG, "thumb": png(8, 8)} | changed
    digests = {
        name: changed.get(name, sha256(sent[name[:-4]]).digest()) for name in ("original_sha", "burned_sha")
    }
    kept = hall.call(
        login,
        "select api.keep_still(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) as k",
        view,
        key or uuid4(),
        ticket,
        taken or now(hall),
        Jsonb(sent["facts"]),
        sent["original"],
        digests["original_sha"],
        sent["burned"],
        digests["burned_sha"],
        sent["thumb"],
    )[0]["k"]
    assert isinstance(kept, dict)
    return kept


def keep_clip(
    hall: Hall, view: int, ticket: int | None = None, *, login: str = OPERATOR, content: bytes = CLIP
) -> Row:
    """Keep a clip of the last moments."""
    until = now(hall)
    kept = hall.call(
        login,
        "select api.keep_clip(%s, %s, %s, %s, %s, %s, %s, %s, %s) as k",
        view,
        uuid4(),
        ticket,
        until - timedelta(milliseconds=1),
        until,
        Jsonb({"reason": "斗殴"}),
        content,
        sha256(content).digest(),
        png(8, 8),
    )[0]["k"]
    assert isinstance(kept, dict)
    return kept


def keep_shielded(
    hall: Hall,
    footage: int,
    content: bytes,
    *,
    login: str = OPERATOR,
    regions: Any = ({"kind": "rectangle"},),
) -> Row:
    """Keep a copy of a picture or clip, said to be shielded."""
    kept = hall.call(
        login,
        "select api.keep_shielded(%s, %s, '遮挡人脸', %s, %s, %s, %s) as k",
        footage,
        uuid4(),
        Jsonb(list(regions)),
        content,
        sha256(content).digest(),
        png(8, 8),
    )[0]["k"]
    assert isinstance(kept, dict)
    return kept


def refusal(error: pytest.ExceptionInfo[psycopg.Error]) -> tuple[str | None, str | None]:
    """Return the state and the name of a refusal."""
    return error.value.sqlstate, error.value.diag.constraint_name


def footage_of(hall: Hall, ticket: int, login: str = OPERATOR) -> list[Row]:
    return hall.call(login, "select * from api.footage_of(%s)", ticket)


def content(hall: Hall, attachment: int, login: str = OPERATOR) -> bytes:
    return bytes(hall.call(login, "select content from api.attachment(%s)", attachment)[0]["content"])


def look(hall: Hall, footage: int, login: str = OPERATOR, reason: str = "") -> None:
    hall.call(login, "select api.view_footage(%s, %s)", footage, reason)


def entries(hall: Hall, kind: str) -> list[Row]:
    return hall.rows("select * from audit.entry where kind = %s order by id", kind)
