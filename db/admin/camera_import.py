"""`liangdeng cameras import`: other people's lists of cameras become the directory, each camera once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from db.admin.camera_map import CameraMap, Words, without_secrets
from db.admin.importing import CHUNK, Outcome, Rejects
from db.admin.map_file import BadCell, BadMap
from db.admin.tables import BadFile, Row, header_of, rows_of


def camera_header(path: Path) -> list[str]:
    """Return the names of the columns, or of all that the items of a catalogue have."""
    if path.suffix.lower() != ".json":
        return header_of(path)
    return list(dict.fromkeys(name for row in _items(path) for name in row.cells))


def camera_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a table, or the items of a catalogue with their number as the line."""
    return _items(path) if path.suffix.lower() == ".json" else rows_of(path)


def import_cameras(
    connection: psycopg.Connection[Any],
    path: Path,
    camera_map: CameraMap,
    *,
    district: str,
    defaults: Mapping[str, str],
    rejects: Rejects,
    dry_run: bool = False,
) -> Iterator[Outcome]:
    """Import `path`, yielding the running outcome after each chunk; each chunk is one transaction.

    A camera that is there already is brought to what the file says, or counts as unchanged.
    """
    if lacking := sorted(set(camera_map.header) - set(camera_header(path))):
        raise BadMap(f"{path} has no column {', '.join(lacking)}")
    words = _words(connection, district)
    outcome = Outcome()
    rows = camera_rows(path)
    seen: set[str] = set()
    while chunk := list(islice(rows, CHUNK)):
        outcome.read += len(chunk)
        good = []
        for row in chunk:
            try:
                good.append((row, _convert(row, camera_map, words, defaults, seen)))
            except BadCell as error:
                _reject(outcome, rejects, row, error.column, error.reason)
        with connection.transaction(force_rollback=dry_run):
            _land(connection, good, camera_map, district, rejects, outcome)
        yield outcome


def _convert(
    row: Row, camera_map: CameraMap, words: Words, defaults: Mapping[str, str], seen: set[str]
) -> dict[str, Any]:
    if row.problem:
        raise BadCell("", row.problem)
    camera = camera_map.convert(row.cells, words, defaults)
    if camera["code"] in seen:
        raise BadCell(camera_map.column("code"), "this code stood in an earlier line")
    seen.add(camera["code"])
    return camera


def _land(
    connection: psycopg.Connection[Any],
    good: list[tuple[Row, dict[str, Any]]],
    camera_map: CameraMap,
    district: str,
    rejects: Rejects,
    outcome: Outcome,
) -> None:
    results = connection.execute(
        "select row_no, result, field, problem from api.import_cameras(%s, %s)",
        [district, Jsonb([camera for _, camera in good])],
    ).fetchall()
    for row_no, result, field, problem in results:
        if result == "imported":
            outcome.imported += 1
        elif result == "unchanged":
            outcome.unchanged += 1
        else:
            _reject(outcome, rejects, good[row_no - 1][0], camera_map.column(field or ""), problem)


def _reject(outcome: Outcome, rejects: Rejects, row: Row, column: str, reason: str) -> None:
    outcome.rejected += 1
    rejects.add(Row(row.line, without_secrets(row.cells)), column, reason)


def _words(connection: psycopg.Connection[Any], district: str) -> Words:
    lists: dict[str, dict[str, str]] = {"source": {}, "purpose": {}, "place_kind": {}, "duty": {}}
    rows = connection.execute("select list, code, name_zh, name_en from api.camera_words(%s)", [district])
    for name, code, *names in rows:
        for word in (code, *names):
            lists[name].setdefault(word.casefold(), code)
    return Words(lists)


def _items(path: Path) -> Iterator[Row]:
    try:
        data = json.loads(path.read_text("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise BadFile(f"{path} is no JSON text: {error}") from error
    found = _list_in(data)
    if found is None:
        raise BadFile(f"{path} has no list of cameras in it")
    for number, item in enumerate(found, start=1):
        if isinstance(item, dict):
            yield Row(number, dict(_flat(item)))
        else:
            yield Row(number, {"": json.dumps(item)}, "not an object")


def _list_in(data: Any, depth: int = 0) -> list[Any] | None:
    """Find the first list of objects, as replies wrap theirs."""
    if isinstance(data, list):
        return data
    if isinstance(data, dict) and depth < 6:
        for value in data.values():
            found = _list_in(value, depth + 1)
            if found:
                return found
    return None


def _flat(item: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in item.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        elif isinstance(value, bool):
            yield before + name, str(value).lower()
        elif value is not None and not isinstance(value, list):
            yield before + name, str(value)
        else:
            yield before + name, ""
