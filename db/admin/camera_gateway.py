"""Media gateways: where streams are had. For the owner of the server; no console sees what stands here."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

import psycopg

SET = """
insert into core.gateway
  (district_id, code, name, kind, rtsp_base, http_base, main_template, sub_template, auth, ptz)
select d.id, %(code)s, %(name)s, %(kind)s, %(rtsp_base)s, %(http_base)s, %(main_template)s, %(sub_template)s,
       %(auth)s, %(ptz)s
from core.district d where d.code = %(district)s
on conflict (district_id, code) do update set name = excluded.name, kind = excluded.kind,
  rtsp_base = excluded.rtsp_base, http_base = excluded.http_base, main_template = excluded.main_template,
  sub_template = excluded.sub_template, auth = excluded.auth, ptz = excluded.ptz
returning district_id, id
"""
KEY = """
insert into core.gateway_key (district_id, gateway_id, key) values (%s, %s, %s)
on conflict (district_id, gateway_id) do update set key = excluded.key, since = now()
"""


def set_gateway(
    connection: psycopg.Connection[Any], wanted: Mapping[str, str | None], *, makes_key: bool
) -> str | None:
    """Add a gateway or bring it to what is wanted; return the new signing key in hex, which is told once.

    Raises KeyError when there is no such district.
    """
    with connection.transaction():
        row = connection.execute(SET, wanted).fetchone()
        if row is None:
            raise KeyError(wanted["district"])
        if not makes_key:
            return None
        key = secrets.token_bytes(32)
        connection.execute(KEY, [*row, key])
        return key.hex()
