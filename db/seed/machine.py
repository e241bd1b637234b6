"""Load the rule book of the ticket: states, actions and transitions."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from psycopg.types.json import Jsonb

RULES = Path(__file__).parent / "transitions.toml"


class Transition(NamedTuple):
    """One row of core.transition."""

    rule: str
    action: str
    from_state: str
    to_state: str | None
    duties: list[str]
    guards: list[str]


def load_machine(connection: psycopg.Connection[Any]) -> None:
    """Bring states, actions and transitions to what the file says; safe to repeat."""
    book = tomllib.loads(RULES.read_text("utf-8"))
    with connection.transaction():
        before = _clock_modes(connection)
        _load_states(connection, book["state"])
        _load_actions(connection, book["action"])
        _load_transitions(connection, list(transitions(book)))
        if before and _clock_modes(connection) != before:
            connection.execute("select count(*) from core.recompute_open('shipped rule book', false)")


def transitions(book: dict[str, Any]) -> Iterator[Transition]:
    """Yield one row for each from-state of each declared transition."""
    groups = {
        "open": [state["code"] for state in book["state"] if state["is_open"]],
        "live": [state["code"] for state in book["state"] if state["code"] not in ("DRAFT", "ARCHIVED")],
        "all": [state["code"] for state in book["state"] if state["code"] != "DRAFT"],
    }
    for item in book["transition"]:
        for state in groups[item["from"]] if isinstance(item["from"], str) else item["from"]:
            yield Transition(
                item["rule"], item["action"], state, item.get("to"), item["duties"], item.get("guards", [])
            )


def _clock_modes(connection: psycopg.Connection[Any]) -> dict[str, str]:
    return dict(connection.execute("select code, clock from core.state").fetchall())


def _load_states(connection: psycopg.Connection[Any], states: list[dict[str, Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            """
            insert into core.state (code, name_zh, name_en, is_open, clock, rank)
            values (%(code)s, %(name_zh)s, %(name_en)s, %(is_open)s, %(clock)s, %(rank)s)
            on conflict (code) do update set name_zh = excluded.name_zh, name_en = excluded.name_en,
              is_open = excluded.is_open, clock = excluded.clock, rank = excluded.rank
            """,
            [{**state, "rank": rank} for rank, state in enumerate(states)],
        )


def _load_actions(connection: psycopg.Connection[Any], actions: list[dict[str, Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            """
            insert into core.action (code, name_zh, name_en, needs, rank, free, bulk, inverse)
            values (%(code)s, %(name_zh)s, %(name_en)s, %(needs)s, %(rank)s, %(free)s, %(bulk)s, %(inverse)s)
            on conflict (code) do update set name_zh = excluded.name_zh, name_en = excluded.name_en,
              needs = excluded.needs, rank = excluded.rank, free = excluded.free, bulk = excluded.bulk,
              inverse = excluded.inverse
            """,
            [
                {"free": False, "bulk": False}
                | action
                | {"needs": Jsonb(action.get("needs", [])), "rank": rank, "inverse": None}
                for rank, action in enumerate(actions)
            ],
        )
        cursor.executemany(  # behind them all: an inverse is an action too
            "update core.action set inverse = %(inverse)s where code = %(code)s",
            [action for action in actions if "inverse" in action],
        )


def _load_transitions(connection: psycopg.Connection[Any], rows: list[Transition]) -> None:
    """Replace them all: nothing refers to a transition by its id, and their order is their precedence."""
    connection.execute("delete from core.transition")
    with connection.cursor() as cursor:
        cursor.executemany(
            """
            insert into core.transition (rule, action, from_state, to_state, duties, guards)
            values (%s, %s, %s, %s, %s, %s)
            """,
            rows,
        )
