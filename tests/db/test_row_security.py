"""Who sees what. Every refusal has a positive control beside it, and names its SQLSTATE."""

from __future__ import annotations

import psycopg
import pytest
from hall import AREA, CALLBACK, DEPT, OPERATOR, OTHER_DEPT, SUPERVISOR, TOWN, Hall

EVERYBODY = (OPERATOR, TOWN, "d1_town02", AREA, "d1_area002", DEPT, OTHER_DEPT, "d2_operator1")


def seen_by(hall: Hall, ticket: int) -> set[str]:
    """Name everybody whose view shows the ticket; the rule for functions must agree."""
    by_view = {login for login in EVERYBODY if hall.sees(login, ticket)}
    by_page = {
        login
        for login in EVERYBODY
        if hall.call(
            login, "select from api.tickets_page(jsonb_build_object('ids', array[%s::bigint]))", ticket
        )
    }
    by_function = {login for login in EVERYBODY if may_see(hall, login, ticket)}
    assert by_view == by_function == by_page
    return by_view


def may_see(hall: Hall, login: str, ticket: int) -> bool:
    try:
        hall.call(login, "select api.here(gen_random_uuid(), %s, false)", ticket)
    except psycopg.Error as error:
        if error.sqlstate != "LD004":
            raise
        return False
    return True


def dispatched(hall: Hall, login: str, **changed: object) -> int:
    ticket: int = hall.open(**changed)["id"]
    hall.act(OPERATOR, ticket, "dispatch", payload={"unit": hall.unit[login], "basis": "责任清单"})
    return ticket


def test_new_ticket_is_seen_by_the_centre_and_its_place(hall: Hall) -> None:
    assert seen_by(hall, hall.open()["id"]) == {OPERATOR, TOWN, AREA}


def test_ticket_without_place_is_seen_by_the_centre_alone(hall: Hall) -> None:
    assert seen_by(hall, hall.open(place_id=None, no_place=True)["id"]) == {OPERATOR}


def test_dispatched_ticket_is_seen_by_its_department(hall: Hall) -> None:
    assert seen_by(hall, dispatched(hall, DEPT)) == {OPERATOR, TOWN, AREA, DEPT}


def test_ticket_held_by_another_town_is_seen_by_both(hall: Hall) -> None:
    ticket = dispatched(hall, "d1_town02")
    assert seen_by(hall, ticket) == {OPERATOR, TOWN, AREA, "d1_town02"}


def test_unit_that_returned_the_ticket_still_sees_it(hall: Hall) -> None:
    ticket = dispatched(hall, DEPT)
    hall.act(DEPT, ticket, "return")
    hall.act(OPERATOR, ticket, "accept_return")
    hall.act(OPERATOR, ticket, "dispatch", payload={"unit": hall.unit[OTHER_DEPT], "basis": "责任清单"})
    assert seen_by(hall, ticket) == {OPERATOR, TOWN, AREA, DEPT, OTHER_DEPT}
    guests = hall.rows("select unit_id from core.guest where ticket_id = %s", ticket)
    assert [row["unit_id"] for row in guests] == [hall.unit[DEPT]]


def test_assisting_unit_sees_the_ticket(hall: Hall) -> None:
    ticket = dispatched(hall, DEPT)
    hall.act(OPERATOR, ticket, "set_assist")
    assist = hall.ticket(ticket)["assist_unit_ids"]
    helpers = {login for login in EVERYBODY if hall.unit[login] in assist}
    assert helpers
    assert seen_by(hall, ticket) == {OPERATOR, TOWN, AREA, DEPT} | helpers


def test_accused_unit_never_sees_the_ticket_even_at_its_place(hall: Hall) -> None:
    assert seen_by(hall, hall.open()["id"]) >= {TOWN, AREA}
    accused = hall.open(accused_unit_id=hall.unit[TOWN])["id"]
    assert seen_by(hall, accused) == {OPERATOR}  # the area station lies below the accused town


def test_accused_station_hides_the_ticket_from_the_town_above(hall: Hall) -> None:
    parent = hall.value("select parent_id from core.unit where id = %s", hall.unit[AREA])
    assert parent == hall.unit[TOWN]
    assert seen_by(hall, hall.open(accused_unit_id=hall.unit[AREA])["id"]) == {OPERATOR}


def test_person_who_left_is_refused(hall: Hall) -> None:
    ticket = hall.open()["id"]
    assert hall.sees(OPERATOR, ticket)
    hall.rows(
        "update core.staff set valid = tstzrange(lower(valid), now() - interval '1 s') where login = %s"
        " returning login", OPERATOR,
    )  # fmt: skip
    for query in (f"select from api.tickets where id = {ticket}", "select from api.units"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege) as refused:
            hall.call(OPERATOR, query)
        assert refused.value.diag.constraint_name == "not_staff"


@pytest.mark.parametrize("view", ["events", "custody", "attachments", "callers"])
def test_what_hangs_on_a_ticket_is_seen_with_it(hall: Hall, view: str) -> None:
    ticket = dispatched(hall, DEPT)
    hall.rows(
        "insert into core.attachment (district_id, ticket_id, name, media_type, size, sha256, content)"
        " values (1, %s, 'a.png', 'image/png', 1, sha256('a'), 'a') returning id", ticket,
    )  # fmt: skip
    query = f"select from api.{view} where ticket_id = %s"
    assert hall.call(DEPT, query, ticket)
    assert hall.call(OTHER_DEPT, query, ticket) == []
    assert hall.call(OTHER_DEPT, f"select from api.{view}") == []


@pytest.mark.parametrize("table", ["ticket", "caller", "staff", "change", "guest", "setting"])
def test_core_is_closed_to_consoles(hall: Hall, table: str) -> None:
    assert hall.call(OPERATOR, "select from api.staff limit 1")
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="schema core"):
        hall.call(OPERATOR, f"select * from core.{table}")


@pytest.mark.parametrize("verb", ["insert", "update", "delete"])
def test_consoles_write_nothing_directly(hall: Hall, verb: str) -> None:
    granted = hall.rows(
        "select table_schema, table_name from information_schema.role_table_grants"
        " where grantee ~ '^(ld_|d1_|PUBLIC)' and grantee <> 'ld_owner' and lower(privilege_type) = %s"
        " and table_schema in ('core', 'audit', 'api')", verb,
    )  # fmt: skip
    assert granted == []


def test_every_table_is_under_forced_row_security(hall: Hall) -> None:
    tables = hall.rows(
        "select relname, relrowsecurity and relforcerowsecurity as closed from pg_class"
        " where relkind in ('r', 'p') and relnamespace in ('core'::regnamespace, 'audit'::regnamespace)"
    )
    assert len(tables) > 30
    assert [row["relname"] for row in tables if not row["closed"]] == []


def test_plain_identity_is_granted_to_nobody(hall: Hall) -> None:
    grants = "select column_name from information_schema.column_privileges where grantee <> 'ld_owner'"
    assert hall.rows(grants + " and table_schema = 'core' and table_name = 'ticket'")
    assert hall.rows(grants + " and table_schema = 'core' and table_name = 'caller'") == []
    ticket = hall.open()["id"]
    caller = hall.call(OPERATOR, "select * from api.callers where ticket_id = %s", ticket)[0]
    assert "13800000001" not in str(caller)
    assert "测试人甲" not in str(caller)
    assert caller["phone_masked"].startswith("138")


def test_leaky_function_meets_no_foreign_title(hall: Hall) -> None:
    """A cheap function in WHERE must not be asked about rows that row security hides."""
    hall.owner.execute("create table public.leaked (title text); grant insert on public.leaked to ld_console")
    hall.owner.execute(
        "create function public.leak(text) returns bool language plpgsql cost 0.0000001 as"
        " $$begin insert into public.leaked values ($1); return true; end$$"
    )
    hall.owner.execute("grant usage on schema public to ld_console")
    mine, foreign = (
        hall.open(title="我的")["id"],
        hall.open(title="别人的", place_id=None, no_place=True)["id"],
    )
    hall.act(OPERATOR, mine, "dispatch", payload={"unit": hall.unit[DEPT], "basis": "责任清单"})
    hall.call(DEPT, "select from api.tickets where public.leak(title)")
    assert hall.rows("select title from public.leaked") == [{"title": "我的"}]
    assert hall.ticket(foreign)["title"] == "别人的"


def test_wall_sees_counts_and_no_ticket(hall: Hall) -> None:
    hall.open()
    assert hall.call("d1_operator4", "select from api.tickets")
    with hall.owner.transaction(force_rollback=True):
        # A wall is a login of ld_wall and of nothing else; d1_operator4 becomes one inside this transaction.
        hall.owner.execute("revoke ld_console, ld_operator, ld_scope_all from d1_operator4")
        hall.owner.execute("grant ld_wall to d1_operator4")
        hall.owner.execute("set session authorization d1_operator4")
        assert hall.value("select api.wall_counts()")["total"] == 1
        for query in ("select from api.tickets", "select api.queue_counts('{}')", "select api.me()"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), hall.owner.transaction():
                hall.owner.execute(query)
        hall.owner.execute("reset session authorization")


class TestReveal:
    """The plain identity, once, for a reason."""

    QUERY = "select api.reveal(%s, %s) as identity"

    @pytest.mark.parametrize("login", [OPERATOR, CALLBACK, SUPERVISOR, DEPT])
    def test_those_who_work_on_it_learn_who_called_and_are_registered(self, hall: Hall, login: str) -> None:
        ticket = dispatched(hall, DEPT)
        identity = hall.reveal(login, ticket)
        assert (identity["name"], identity["phone"]) == ("测试人甲", "13800000001")
        register = hall.call(SUPERVISOR, "select login, ticket_id, reason from api.reveals")
        assert register == [{"login": login, "ticket_id": ticket, "reason": "核对地址"}]
        assert hall.call(DEPT, "select from api.reveals") == []

    def test_place_without_custody_does_not(self, hall: Hall) -> None:
        ticket = dispatched(hall, DEPT)
        assert hall.sees(TOWN, ticket)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            hall.call(TOWN, self.QUERY, ticket, "核对地址")
        assert hall.rows("select from audit.reveal") == []

    def test_without_a_reason_is_refused(self, hall: Hall) -> None:
        ticket = dispatched(hall, DEPT)
        with pytest.raises(psycopg.Error) as caught:
            hall.call(OPERATOR, self.QUERY, ticket, " 看  ")
        assert caught.value.sqlstate == "LD003"

    def test_secret_caller_stays_secret_to_the_unit(self, hall: Hall) -> None:
        caller = {"name": "测试人乙", "phone": "13800000002", "secret": True}
        ticket = dispatched(hall, DEPT, caller=caller)
        with pytest.raises(psycopg.Error) as caught:
            hall.call(DEPT, self.QUERY, ticket, "核对地址")
        assert caught.value.sqlstate == "LD001"
        masked = hall.call(
            DEPT, "select name_masked, phone_masked from api.callers where ticket_id = %s", ticket
        )
        assert masked == [{"name_masked": None, "phone_masked": None}]
        assert hall.reveal(OPERATOR, ticket)["name"] == "测试人乙"

    def test_look_that_could_be_taken_back_shows_nothing(self, hall: Hall) -> None:
        """The row is in the register before anybody sees anything: it cannot be rolled back."""
        ticket, desk = dispatched(hall, DEPT), hall.desk(OPERATOR)
        for _ in range(2):
            with desk.transaction(force_rollback=True):
                for _ in range(2):
                    with desk.transaction():  # a savepoint: another transaction id for the server
                        told = desk.execute(self.QUERY, [ticket, "核对地址"]).fetchall()[0]["identity"]
                    assert (told["name"], told["phone"], told["is_registered"]) == (None, None, False)
        assert hall.rows("select from audit.reveal") == []
        assert hall.reveal(OPERATOR, ticket)["name"] == "测试人甲"
        with desk.transaction(force_rollback=True):  # the register has it: nothing to take back
            told = desk.execute(self.QUERY, [ticket, "核对地址"]).fetchall()[0]["identity"]
        assert (told["name"], len(hall.rows("select from audit.reveal"))) == ("测试人甲", 1)

    def test_of_an_unseen_ticket_is_refused(self, hall: Hall) -> None:
        ticket = hall.open()["id"]
        with pytest.raises(psycopg.Error) as caught:
            hall.call(DEPT, self.QUERY, ticket, "核对地址")
        assert caught.value.sqlstate == "LD004"
