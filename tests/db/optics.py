"""Cameras of the tests: a gateway with a known key, and cameras wherever a test needs them."""

from __future__ import annotations

import hmac
from typing import Any
from urllib.parse import parse_qs, urlsplit

from hall import Hall, Row

KEY = bytes(range(48))
ALL = ["operator", "unit", "supervisor"]
REASON = "核对路面积水"


class Optics:
    """Makes gateways and cameras as the owner, and opens them as persons."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.gateway = self.make_gateway("gw1")
        self._numbers = iter(range(1, 10_000))

    def make_gateway(self, code: str, **changed: object) -> int:
        """Store a gateway with its key; return its id."""
        fields = {
            "district_id": 1,
            "code": code,
            "name": "测试网关",
            "kind": "zlm",
            "rtsp_base": "rtsp://127.0.0.1:8554",
            "http_base": "http://127.0.0.1:8080",
            "main_template": "{base}/rtp/{device}_{channel}",
            "sub_template": "{base}/rtp/{device}_{channel}_sub",
            "auth": "hmac",
        } | changed
        made = self._insert("gateway", fields)
        if fields["auth"] == "hmac":
            self.hall.rows(
                "insert into core.gateway_key (district_id, gateway_id, key) values (%s, %s, %s) returning 1",
                fields["district_id"],
                made,
                KEY,
            )
        return made

    def make(self, **changed: object) -> int:
        """Store a camera of the first district; return its id."""
        number = next(self._numbers)
        fields = {
            "district_id": 1,
            "code": f"C{number:05d}",
            "name": f"测试路口{number}",
            "pinyin": f"ceshilukou{number}",
            "initials": f"cslk{number}",
            "source": "security",
            "purpose": "street",
            "place_kind": "crossing",
            "territory_id": self.hall.place,
            "gateway_id": self.gateway,
            "device": f"dev{number}",
            "channel": "1",
            "duties": ALL,
            "is_demo": True,
        } | changed
        return self._insert("camera", fields)

    def make_group(self, name: str, cameras: list[int], units: list[int]) -> int:
        """Store a shared group with members, given to units; return its id."""
        group = self._insert("camera_group", {"district_id": 1, "name": name, "kind": "shared"})
        for camera in cameras:
            self.hall.rows(
                "insert into core.camera_group_member (district_id, group_id, camera_id)"
                " values (1, %s, %s) returning 1",
                group,
                camera,
            )
        for unit in units:
            self.hall.rows(
                "insert into core.camera_group_unit (district_id, group_id, unit_id)"
                " values (1, %s, %s) returning 1",
                group,
                unit,
            )
        return group

    def ask(self, login: str, camera: int, *given: object) -> Row:
        """Call api.open_camera once: reason, ticket, stream, kind, view."""
        words = ", ".join(["%s"] * (1 + len(given)))
        answer: Row = self.hall.call(login, f"select api.open_camera({words}) as o", camera, *given)[0]["o"]
        return answer

    def open(self, login: str, camera: int, ticket: int | None = None, stream: str = "sub") -> Row:
        """Register a view and get its address."""
        view = self.ask(login, camera, REASON, ticket, stream)["view"]
        return self.ask(login, camera, None, None, None, None, view)

    def sees(self, login: str) -> set[int]:
        """Return the cameras this person's view shows."""
        return {row["id"] for row in self.hall.call(login, "select id from api.cameras")}

    def _insert(self, table: str, fields: dict[str, Any]) -> int:
        words = ", ".join(["%s"] * len(fields))
        query = f"insert into core.{table} ({', '.join(fields)}) values ({words}) returning id"
        made: int = self.hall.value(query, *fields.values())
        return made


def verify(address: str, key: bytes = KEY) -> dict[str, str]:
    """Check a signed address as a gateway does, with Python's own HMAC; return its query."""
    parts = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(parts.query, strict_parsing=True).items()}
    message = "\n".join((parts.path, query["exp"], query["op"])).encode()
    assert hmac.compare_digest(hmac.new(key, message, "sha256").hexdigest(), query["sig"])
    return query
