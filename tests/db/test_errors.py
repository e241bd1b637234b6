"""Every answer of the database becomes one domain error that names what a person needs to know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from hall import CALLBACK, DEPT, OPERATOR, SUPERVISOR, Hall
from psycopg.types.json import Jsonb
from sqlalchemy import Engine, create_engine, text

from db.engine import engine_for, sqlalchemy_url
from db.errors import BadPayload, Conflict, Refused, RightMissing, Unavailable, translate
from db.transaction import together, transaction

ACT = text("select * from api.act(:id, :action, :version, gen_random_uuid(), cast(:payload as jsonb))")


@pytest.fixture
def engine(hall: Hall, person_dsn: Callable[[str], str]) -> Iterator[Callable[[str], Engine]]:
    """Build engines of persons, closed at the end."""
    made: list[Engine] = []

    def of(login: str) -> Engine:
        made.append(engine_for(person_dsn(login), pool_size=1))
        return made[-1]

    yield of
    for one in made:
        one.dispose()


def run(engine: Engine, query: str) -> object:
    with transaction(engine) as connection:
        return connection.execute(text(query)).scalar_one()


def act(engine: Engine, **values: object) -> None:
    with transaction(engine) as connection:
        connection.execute(ACT, {"version": 1, "payload": "{}"} | values)


def test_stale_version_is_a_conflict_that_names_who_and_when(
    hall: Hall, engine: Callable[[str], Engine]
) -> None:
    ticket = hall.open()["id"]
    changed = hall.act(SUPERVISOR, ticket, "amend", payload={"title": "改过", "reason": "更正"})
    with pytest.raises(Conflict) as caught:
        act(engine(OPERATOR), id=ticket, action="note", payload='{"text": "旧"}')
    assert caught.value.by == hall.value("select name from core.staff where login = %s", SUPERVISOR)
    assert caught.value.version == changed["version"]
    assert caught.value.at == changed["updated_at"]
    assert caught.value.at is not None
    assert caught.value.at <= datetime.now(UTC)


@pytest.mark.parametrize("value", ["a\0b", Jsonb({"text": "a\0b"})])
def test_character_that_postgresql_keeps_nowhere_is_the_texts_fault(
    engine: Callable[[str], Engine], value: object
) -> None:
    with pytest.raises(BadPayload) as caught, transaction(engine(OPERATOR)) as connection:
        together(connection, [("select %(value)s", {"value": value})])
    assert (caught.value.field, caught.value.problem) == ("text", "control character")


def test_missing_field_is_named(hall: Hall, engine: Callable[[str], Engine]) -> None:
    with pytest.raises(BadPayload) as caught:
        act(engine(OPERATOR), id=hall.open()["id"], action="note")
    assert caught.value.field == "text"


def test_rule_is_named_by_its_code(hall: Hall, engine: Callable[[str], Engine]) -> None:
    with pytest.raises(Refused) as caught:
        act(engine(SUPERVISOR), id=hall.open()["id"], action="resume", payload='{"text": "恢复"}')
    assert caught.value.code == "wrong_state"


def test_unseen_ticket_does_not_exist(hall: Hall, engine: Callable[[str], Engine]) -> None:
    with pytest.raises(Refused) as caught:
        act(engine(DEPT), id=hall.open()["id"], action="note", payload='{"text": "我"}')
    assert caught.value.code == "no_such_ticket"


def test_wrong_duty_is_a_missing_right(hall: Hall, engine: Callable[[str], Engine]) -> None:
    with pytest.raises(RightMissing):
        act(engine(CALLBACK), id=hall.open()["id"], action="accept")


def test_broken_link_is_unavailable_and_the_next_one_works(
    hall: Hall, engine: Callable[[str], Engine]
) -> None:
    desk = engine(OPERATOR)
    with pytest.raises(Unavailable):
        run(desk, "select pg_terminate_backend(pg_backend_pid())")
    assert run(desk, "select 1") == 1


def test_server_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        run(engine_for("postgresql://nobody:none@127.0.0.1:1/none"), "select 1")


def test_time_limit_is_unavailable(hall: Hall, person_dsn: Callable[[str], str]) -> None:
    impatient = create_engine(
        sqlalchemy_url(person_dsn(OPERATOR)), connect_args={"options": "-c statement_timeout=50"}
    )
    with pytest.raises(Unavailable):
        run(impatient, "select count(*) from generate_series(1, 1000000000)")
    impatient.dispose()


def test_bug_stays_what_it_is(hall: Hall, engine: Callable[[str], Engine]) -> None:
    bug = ValueError("ours")
    assert translate(bug) is bug
    with (
        pytest.raises(Exception, match="syntax error") as caught,
        transaction(engine(OPERATOR)) as connection,
    ):
        connection.execute(text("selec 1"))
    assert not isinstance(caught.value, Unavailable | Refused)
