"""Every transition x duty x state through api.act as real logins: who may, and how the others are refused."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator

import psycopg
import pytest
from hall import (
    AREA,
    CALLBACK,
    DEPT,
    INSPECTOR,
    LEADER,
    OPERATOR,
    OTHER_DEPT,
    POINTS,
    SUPERVISOR,
    TOWN,
    WORKER,
    Hall,
)
from psycopg.rows import dict_row

from db import schema
from db.admin.context import demo_password
from db.embedded import Address
from db.seed.machine import RULES, Transition, transitions

PERSONS = {
    "operator": [OPERATOR],
    "callback": [CALLBACK],
    "unit": [DEPT, OTHER_DEPT, TOWN, AREA],
    "clerk": ["d1_clerk1"],
    "supervisor": [SUPERVISOR],
    "inspector": [INSPECTOR],
    "leader": [LEADER],
    "admin": ["d1_admin"],
    "system": [WORKER],
}
INNER = (
    "open",
    "report",
    "resubmitted",
    "attach",
    "import",
    "recompute",
)  # written by other doors than api.act

BOOK = tomllib.loads(RULES.read_text("utf-8"))
ROWS = list(transitions(BOOK))
NEEDS = {action["code"]: action.get("needs", []) for action in BOOK["action"]}
# What is no value of a type; for the others a bare number is none.
WRONG = dict.fromkeys(("int", "number", "unit", "ticket", "place", "category"), "x")
ACTIONS = [action["code"] for action in BOOK["action"] if action["code"] not in INNER]


@pytest.fixture(scope="module")
def world(server: Address, template: str) -> Iterator[tuple[Hall, dict[str, int]]]:
    """One hall for the whole matrix: every attempt is rolled back, so the tickets stay where they are."""
    schema.create_database(server.dsn("postgres"), "test_matrix", template=template)
    hall = Hall(server.dsn("test_matrix"), lambda login: server.dsn("test_matrix", login, demo_password()))
    yield hall, {point: hall.at(point) for point in POINTS}
    hall.close()
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        connection.execute("drop database test_matrix with (force)")


def test_every_state_has_a_ticket(world: tuple[Hall, dict[str, int]]) -> None:
    """The matrix is blind for a state without a ticket."""
    hall, tickets = world
    states = {hall.ticket(ticket)["state"] for ticket in tickets.values()}
    assert states == {state["code"] for state in BOOK["state"]} - {"DRAFT"}


@pytest.mark.once
@pytest.mark.parametrize("action", ACTIONS)
def test_action_is_accepted_or_refused_as_the_rows_say(
    world: tuple[Hall, dict[str, int]], action: str
) -> None:
    """Offered = accepted; each declared row is reached once; every refusal carries the code of its reason."""
    hall, tickets = world
    main = hall.open()["id"]
    mine = [row for row in ROWS if row.action == action]
    reached: set[tuple[str, str | None, str]] = set()
    tried: set[tuple[str, str]] = set()
    for point, ticket in tickets.items():
        before = hall.ticket(ticket)
        for duty, logins in PERSONS.items():
            rows = [row for row in mine if row.from_state == before["state"] and duty in row.duties]
            if not rows and (before["state"], duty) in tried:
                continue  # hopeless in this state: one ticket shows it
            tried.add((before["state"], duty))
            for login in logins if rows else logins[:1]:
                where = f"{action} by {login} at {point}"
                outcome = attempt(hall, login, before, action, main)
                if not hall.sees(login, ticket) or (action == "merge" and not hall.sees(login, main)):
                    assert outcome == ("LD004", "no_such_ticket"), where
                    continue
                offered = action in hall.allowed(login, ticket)
                if isinstance(outcome, str):
                    assert offered, where
                    assert rows, where
                    assert outcome in {row.to_state or outcome for row in rows}, where
                    reached.add((before["state"], outcome if any(r.to_state for r in rows) else None, duty))
                else:
                    assert not offered, f"{where}: offered but {outcome}"
                    assert outcome in refusals(mine, rows, duty), where
    assert reached == {(row.from_state, row.to_state, duty) for row in mine for duty in row.duties}


@pytest.mark.once
@pytest.mark.parametrize("action", [action for action in ACTIONS if NEEDS[action]])
def test_payload_of_every_action_is_checked_field_by_field(
    world: tuple[Hall, dict[str, int]], action: str
) -> None:
    """Where the action is accepted: a needed field left out, a value of another type, an unknown field."""
    hall, tickets = world
    main = hall.open()["id"]
    login, before = accepted(hall, tickets, action, main)
    bad = ("LD003", "bad_payload")
    assert attempt(hall, login, before, action, main, {"colour": "red"}) == bad
    for need in NEEDS[action]:
        name, wrong = need["name"], WRONG.get(need["type"], 5)
        assert attempt(hall, login, before, action, main, {name: wrong}) == bad, name
        if need.get("required"):
            assert attempt(hall, login, before, action, main, {name: None}) == bad, name


def accepted(hall: Hall, tickets: dict[str, int], action: str, main: int) -> tuple[str, dict[str, object]]:
    """Find somebody and a ticket with which the action is in order."""
    for ticket in tickets.values():
        before = hall.ticket(ticket)
        rows = [row for row in ROWS if row.action == action and row.from_state == before["state"]]
        for login in (login for row in rows for duty in row.duties for login in PERSONS.get(duty, ())):
            if isinstance(attempt(hall, login, before, action, main), str):
                return login, before
    raise AssertionError(f"{action} is accepted nowhere")


def refusals(mine: list[Transition], rows: list[Transition], duty: str) -> set[tuple[str, str]]:
    """Return the refusals that the rows of an action permit for a duty in a state."""
    if rows:
        return {("LD001", guard) for row in rows for guard in row.guards}
    if any(duty in row.duties for row in mine):
        return {("LD001", "wrong_state")}
    return {("42501", "duty_missing")}


def attempt(
    hall: Hall,
    login: str,
    before: dict[str, object],
    action: str,
    main: int,
    changed: dict[str, object] | None = None,
) -> str | tuple[str, str]:
    """Try and roll back; return the new state, or SQLSTATE and constraint of the refusal."""
    payload = {"main": main} if action == "merge" else hall.payload(action)
    if action == "hand_down" and before["handler_unit_id"] == hall.unit[DEPT]:
        payload = {"unit": hall.unit[OTHER_DEPT]}
    payload = {**payload, **(changed or {})}
    desk = hall.desk(login)
    desk.row_factory = dict_row
    try:
        with desk.transaction(force_rollback=True):
            version = int(str(before["version"]))
            after = hall.act(login, int(str(before["id"])), action, version=version, payload=payload)
            assert after["version"] == version + 1
            return str(after["state"])
    except psycopg.Error as error:
        return str(error.sqlstate), str(error.diag.constraint_name)


def test_other_doors_are_closed_to_act(world: tuple[Hall, dict[str, int]]) -> None:
    """Creation, imports and the like cannot be asked for as an action, whoever asks."""
    hall, tickets = world
    states = defaultdict(set)
    for action in INNER:
        for login in (OPERATOR, SUPERVISOR, WORKER):
            outcome = attempt(hall, login, hall.ticket(tickets["new"]), action, 0)
            states[action].add(outcome)
    assert states["open"] == {("LD001", "wrong_state"), ("42501", "duty_missing")}
    assert all(states[action] == {("42501", "duty_missing")} for action in INNER if action != "open")


def test_unknown_action_is_a_bad_payload(world: tuple[Hall, dict[str, int]]) -> None:
    """A misspelt action is no rule's refusal."""
    hall, tickets = world
    assert attempt(hall, OPERATOR, hall.ticket(tickets["new"]), "dispach", 0) == ("LD003", "bad_payload")


def test_intake_login_reaches_neither_act_nor_tickets(hall: Hall) -> None:
    """Other systems may only submit."""
    ticket = hall.open()["id"]
    for query in (
        "select * from api.act(%s, 'note', 1, gen_random_uuid(), '{\"text\": \"x\"}')",
        "select * from api.tickets where id = %s",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            hall.call("d1_intake", query, ticket)
    assert hall.act(OPERATOR, ticket, "note")["version"] == 2
