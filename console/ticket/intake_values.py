"""What an intake form holds, and the payload it becomes. No Qt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

TITLE_FROM_BODY = 40
MAP_CODE = re.compile(r"^\s*(-?\d{1,3}(?:\.\d+)?)\s*[,，;\s]\s*(-?\d{1,2}(?:\.\d+)?)\s*$")


@dataclass(frozen=True, slots=True)
class IntakeValues:
    """A report as far as it is typed."""

    channel: str = "phone"
    kind: str = "help"
    is_urgent: bool = False
    phone: str = ""
    name: str = ""
    address: str = ""
    is_anonymous: bool = False
    is_secret: bool = False
    no_reply: bool = False
    place_id: int | None = None
    no_place: bool = False
    place_text: str = ""
    map_code: str = ""
    category_id: int | None = None
    title: str = ""
    body: str = ""
    accused_unit_id: int | None = None
    footage: tuple[str, ...] = ()  # request keys of camera pictures that go with the report (S71)
    footage_text: str = ""  # what they show, for the form

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote; names of another version are left out."""
        known = {field.name: data[field.name] for field in fields(cls) if field.name in data}
        return cls(**known | {"footage": tuple(known.get("footage", ()))})

    def to_json(self) -> dict[str, Any]:
        """Return it as the journal keeps it."""
        return asdict(self)

    def problems(self) -> dict[str, str]:
        """Return which field lacks what; the words are chosen by the form."""
        found = {}
        if not self.body.strip():
            found["body"] = "missing"
        if self.place_id is None and not self.no_place:
            found["place_id"] = "missing"
        if not self.is_anonymous and not (self.phone.strip() or self.address.strip()):
            found["phone"] = "missing"
        if self.map_code.strip() and self.position() is None:
            found["map_code"] = "map_code"
        return found

    def position(self) -> tuple[float, float] | None:
        """Return longitude and latitude of the map code; None when it is not one."""
        match = MAP_CODE.match(self.map_code)
        if match is None:
            return None
        lon, lat = float(match[1]), float(match[2])
        return (lon, lat) if -180 <= lon <= 180 and -90 <= lat <= 90 else None

    def shown_title(self) -> str:
        """Return the title, or the beginning of the words when none is typed."""
        return self.title.strip() or " ".join(self.body.split())[:TITLE_FROM_BODY]

    def payload(self) -> dict[str, Any]:
        """Return the payload of api.open_ticket."""
        caller = {
            "phone": self.phone.strip(),
            "name": self.name.strip(),
            "address": self.address.strip(),
            "anonymous": self.is_anonymous,
            "secret": self.is_secret,
        }
        position = self.position()
        values: dict[str, Any] = {
            "kind": self.kind,
            "channel": self.channel,
            "title": self.shown_title(),
            "body": self.body.strip(),
            "category_id": self.category_id,
            "place_id": self.place_id,
            "no_place": self.place_id is None,
            "place_text": self.place_text.strip(),
            "lon": position[0] if position else None,
            "lat": position[1] if position else None,
            "is_urgent": self.is_urgent,
            "accused_unit_id": self.accused_unit_id,
            "footage": list(self.footage),
        }
        kept = {name: value for name, value in values.items() if value not in (None, "", False, [])}
        kept["caller"] = {name: value for name, value in caller.items() if value not in ("", False)}
        return kept | {"wants_reply": not self.no_reply}

    def hints(self) -> dict[str, Any]:
        """Return what likely duplicates are looked for by."""
        values = {
            "phone": self.phone.strip(),
            "place_id": self.place_id,
            "category_id": self.category_id,
            "title": self.title.strip(),
            "body": self.body.strip(),
        }
        return {name: value for name, value in values.items() if value not in (None, "")}
