"""How the columns of somebody else's list of cameras become the fields of a camera.

The maps that ship lie in db/seed/camera_maps. A column that the file lacks is empty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlsplit

from db.admin.map_file import BadCell, MapFile, MapKind, identifier, number_of
from db.seed.pinyin import spell

MAPS = Path(__file__).parents[1] / "seed" / "camera_maps"
FIELDS = frozenset(
    (
        *("code", "national_code", "name", "source", "purpose", "place_kind", "territory", "owner_unit"),
        *("lon", "lat", "bearing_deg", "gateway", "device", "channel", "stream_url", "sub_stream_url"),
        *("has_ptz", "retention_days", "duties"),
    )
)
REQUIRED = ("code", "name")
NUMBERS = frozenset({"lon", "lat"})
IDENTIFIERS = frozenset({"code", "national_code", "gateway", "device", "channel"})
COUNTS = frozenset({"bearing_deg", "retention_days"})
PURPOSE_OF = {"security": "street", "safety": "plant", "forest": "forest_gate", "flood": "river"}
DUTIES = ("operator", "supervisor", "leader", "unit")
YES = frozenset({"true", "1", "yes", "y", "是", "有"})
NO = frozenset({"false", "0", "no", "n", "否", "无", ""})
SECRET = re.compile(r"(?i)^(pass(word|wd)?|pwd|token|secret|sig(nature)?|auth|user(name)?|key)$")
# Columns that no file of ours may hold on to.
SECRET_COLUMN = re.compile(r"(?i)(password|passwd|pwd|secret|token|密码|口令)")
_NATIONAL = re.compile(r"^\d{20}$")
_USERINFO = re.compile(r"(://)[^/@\s]+@")


@dataclass(frozen=True)
class CameraMap(MapFile):
    """One mapping file of cameras, checked."""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> CameraMap:
        """Return what a file says."""
        return cls(**cls.parts(data))

    def convert(self, cells: Mapping[str, str], words: Words, defaults: Mapping[str, str]) -> dict[str, Any]:
        """Turn one row into what api.import_cameras takes; raise BadCell naming the column at fault."""
        row = _Cells(cells)
        out: dict[str, Any] = {}
        for field in self.fields:
            if text := self.text(field, row) or defaults.get(field, ""):
                out[field] = self._value(field, text, words)
        self.require(out, REQUIRED)
        for field, text in defaults.items():
            out.setdefault(field, text)
        self._complete(out)
        return out

    def _value(self, field: str, text: str, words: Words) -> Any:
        column = self.column(field)
        if field in NUMBERS or field in COUNTS:
            return _number(text, column, is_whole=field in COUNTS)
        if field == "has_ptz":
            return _flag(text, column)
        if field == "duties":
            return [words.code("duty", word, column) for word in re.split(r"[\s,，、;；]+", text) if word]
        if field in Words.LISTS:
            return words.code(field, text, column)
        return identifier(text) if field in IDENTIFIERS else text

    def _complete(self, out: dict[str, Any]) -> None:
        if out.get("national_code") == out["code"] and not _NATIONAL.match(out["code"]):
            del out["national_code"]  # a gateway's own number, taken for one of the standard
        out["pinyin"], out["initials"] = spell(out["name"])
        out.setdefault("purpose", PURPOSE_OF.get(out.get("source", ""), "street"))
        out.setdefault("place_kind", "road")
        out.setdefault("duties", list(DUTIES))
        addresses = [
            (field, self._address(field, out.pop(field, ""))) for field in ("stream_url", "sub_stream_url")
        ]
        bases = {f"{url.scheme}://{url.netloc}" for _, url in addresses if url}
        if len(bases) > 1:
            raise BadCell(self.column("sub_stream_url"), "main and sub stream are on two hosts")
        if not bases:
            return
        out["gateway_base"] = bases.pop()
        for (_, url), template in zip(addresses, ("main_template", "sub_template"), strict=True):
            if url:
                out[template] = "{base}" + url.path + (f"?{url.query}" if url.query else "")
        out.setdefault("main_template", out.get("sub_template"))
        out.setdefault("sub_template", out["main_template"])

    def _address(self, field: str, text: str) -> SplitResult | None:
        if not text:
            return None
        column = self.column(field)
        try:
            url = urlsplit(text)
            host = url.hostname
        except ValueError:
            raise BadCell(column, "not an address") from None
        if "@" in url.netloc or any(SECRET.match(name) for name, _ in parse_qsl(url.query)):
            raise BadCell(
                column,
                "the address carries a name or password: take it out, each desk keeps it in its keyring",
            )
        if url.scheme not in ("rtsp", "rtsps") or not host or not url.path.startswith("/"):
            raise BadCell(column, "not an address of the form rtsp://host:port/path")
        return url


class Words:
    """The codes of the district's lists, by code or by name in either language."""

    LISTS = frozenset({"source", "purpose", "place_kind"})

    def __init__(self, lists: Mapping[str, Mapping[str, str]]) -> None:
        self._lists = lists

    def code(self, field: str, word: str, column: str) -> str:
        """Return the code that a word means."""
        known = self._lists[field]
        if word.casefold() not in known:
            raise BadCell(column, f"{word!r} is none of {', '.join(sorted(set(known.values())))}")
        return known[word.casefold()]


class _Cells(dict[str, str]):
    def __missing__(self, column: str) -> str:
        return ""


CAMERA_MAPS = MapKind(MAPS, FIELDS, REQUIRED, CameraMap.of)


def without_secrets(cells: Mapping[str, str]) -> dict[str, str]:
    """Return the cells as a file of refused rows may hold them."""
    return {
        column: "***" if text and SECRET_COLUMN.search(column) else _USERINFO.sub(r"\1***@", text)
        for column, text in cells.items()
    }


def _number(text: str, column: str, *, is_whole: bool) -> float | int:
    number = number_of(text, column)
    if is_whole and not number.is_integer():
        raise BadCell(column, f"{text!r} is not a whole number")
    return int(number) if is_whole else number


def _flag(text: str, column: str) -> bool:
    if text.casefold() not in YES | NO:
        raise BadCell(column, f"{text!r} is neither yes nor no")
    return text.casefold() in YES
