"""The schema as a whole: it can be replayed, it notices change, and nobody gets in beside the api."""

from __future__ import annotations

import psycopg
import pytest
from hall import Hall

from db import schema
from db.embedded import Address


def test_upgrade_of_a_current_database_changes_nothing(database: str) -> None:
    assert schema.is_current(database) is False  # a clone carries no comment
    schema.upgrade(database)
    assert schema.is_current(database)


def test_is_current_after_a_routine_changed_is_false(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    schema.upgrade(database)
    monkeypatch.setattr(schema, "_stamp", lambda: "liangdeng schema of tomorrow")
    assert schema.is_current(database) is False


def test_prepare_makes_a_new_database_current(server: Address) -> None:
    maintenance = server.dsn("postgres")
    schema.prepare(maintenance, server.dsn("prepared"), "prepared")
    assert schema.is_current(server.dsn("prepared"))
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute("drop database prepared with (force)")


def test_upgrade_brings_the_rule_book_and_keeps_what_a_centre_changed(database: str) -> None:
    product = "select array_agg(t order by t) from (select rule, action, from_state, to_state, duties, guards"
    product += " from core.transition) t"
    with psycopg.connect(database, autocommit=True) as owner:
        shipped = owner.execute(product).fetchone()
        settings = owner.execute("select count(*) from core.setting").fetchone()
        owner.execute("delete from core.transition where action = 'void'")  # as an older product left it
        owner.execute("update core.state set name_en = 'Old', clock = 'none' where code = 'WORK'")
        owner.execute("update core.action set needs = '[]' where code = 'return'")
        owner.execute("delete from core.setting where key = 'callback_attempts'")
        owner.execute("update core.setting set value = '5' where key = 'return_limit_workdays'")
        owner.execute("update core.sla_policy set answer_workdays = 9 where answer_workdays = 5")
        changed = owner.execute("select sum(answer_workdays), count(*) from core.sla_policy").fetchone()
    schema.upgrade(database)
    with psycopg.connect(database) as owner:
        assert owner.execute(product).fetchone() == shipped
        state = owner.execute("select name_en, clock from core.state where code = 'WORK'").fetchone()
        assert state == ("In work", "run")
        assert owner.execute("select needs <> '[]' from core.action where code = 'return'").fetchone() == (
            True,
        )
        assert owner.execute("select count(*) from core.setting").fetchone() == settings
        kept = "select distinct value from core.setting where key = 'return_limit_workdays'"
        assert owner.execute(kept).fetchall() == [(5,)]
        policies = owner.execute("select sum(answer_workdays), count(*) from core.sla_policy").fetchone()
        assert policies == changed


def test_new_clock_of_a_state_reaches_open_tickets(hall: Hall, database: str) -> None:
    ticket = hall.at("work")
    due = hall.ticket(ticket)["due_at"]
    hall.rows("update core.state set clock = 'hold' where code = 'WORK' returning code")
    hall.rows("select core.recompute_open('test', false)")
    assert hall.ticket(ticket)["due_at"] is None
    schema.upgrade(database)
    assert hall.ticket(ticket)["due_at"] == due


def test_trigrams_see_chinese(owner: psycopg.Connection) -> None:
    # With LC_CTYPE C pg_trgm takes Chinese for punctuation and finds nothing.
    assert owner.execute("select cardinality(show_trgm('占道经营'))").fetchone() == (5,)


def test_private_schemas_are_closed_to_every_group_role(owner: psycopg.Connection) -> None:
    open_ones = owner.execute(
        "select r.rolname, n.nspname from pg_roles r, pg_namespace n"
        " where r.rolname ~ '^ld_' and r.rolname <> 'ld_owner' and n.nspname in ('core', 'audit')"
        " and has_schema_privilege(r.oid, n.oid, 'usage')"
    ).fetchall()
    assert open_ones == []
    # The same question about a schema that is open, so that the first answer means something.
    assert owner.execute("select has_schema_privilege('ld_console', 'api', 'usage')").fetchone() == (True,)


def test_definer_functions_fix_their_search_path_and_are_not_public(owner: psycopg.Connection) -> None:
    rows = owner.execute(
        "select p.oid::regprocedure::text, p.proconfig, p.proowner::regrole::text, has_function_privilege("
        "'public', p.oid, 'execute') from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
        " where p.prosecdef and n.nspname in ('core', 'audit', 'api')"
    ).fetchall()
    assert rows
    for name, config, role, is_public in rows:
        assert config[0] == "search_path=pg_catalog, pg_temp", name
        assert role == "ld_owner", name
        assert not is_public, name


def test_every_table_with_row_security_forces_it(owner: psycopg.Connection) -> None:
    rows = owner.execute(
        "select c.oid::regclass::text, c.relforcerowsecurity from pg_class c"
        " join pg_namespace n on n.oid = c.relnamespace where c.relrowsecurity and n.nspname = 'core'"
    ).fetchall()
    assert "core.ticket" in {name for name, _ in rows}
    assert [name for name, is_forced in rows if not is_forced] == []
