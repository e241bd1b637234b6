"""Becoming somebody else: roles, session authorization, settings, passwords, memberships."""

from __future__ import annotations

import pytest
from attack import CONSOLES, EVERYBODY, NOTHING, Attack, each
from ground import Ground

ROLES = (
    Attack("become-owner", "escalation", EVERYBODY, "set role ld_owner"),
    Attack(
        "become-supervisor",
        "D14",
        ("operator", "unit", "clerk", "intake", "wall"),
        "set role ld_supervisor",
        off="grant ld_supervisor to {login}",
    ),
    Attack(
        "see-all-scope",
        "S04",
        ("unit", "town", "area"),
        "set role ld_scope_all",
        off="grant ld_scope_all to {login}",
    ),
    Attack("become-person", "identity", CONSOLES, "set session authorization d1_operator4"),
    Attack("become-superuser", "identity", "admin", "set role liangdeng"),
    Attack("grant-oneself", "D14", CONSOLES, "grant ld_supervisor to current_user"),
    Attack("grant-owner", "D14", ("operator", "admin"), "grant ld_owner to current_user"),
    Attack("grant-superuser", "D14", ("operator", "admin"), "alter role current_user superuser"),
    Attack("grant-bypass", "R902", ("operator", "admin"), "alter role current_user bypassrls"),
    Attack("grant-createrole", "D14", "admin", "alter role current_user createrole"),
    Attack("grant-replication", "R902", "admin", "alter role current_user replication"),
    Attack(
        "stay-valid", "identity", ("operator", "intake"), "alter role current_user valid until 'infinity'"
    ),
    Attack(
        "more-connections",
        "flood",
        ("operator", "intake", "wall"),
        "alter role current_user connection limit -1",
    ),
    Attack("rename-another", "S115", "operator", "alter role d1_operator2 rename to d1_operator0"),
    Attack(
        "password-of-another",
        "identity",
        ("operator", "supervisor", "admin"),
        "alter role d1_leader1 password 'Xx12345678'",
    ),
    Attack("settings-of-another", "flood", "operator", "alter role d1_leader1 set statement_timeout = 1"),
    Attack("settings-of-all", "flood", "operator", "alter role all set statement_timeout = 1"),
    Attack(
        "new-login", "identity", ("operator", "admin", "intake"), "create role siege_ghost login superuser"
    ),
    Attack("drop-login", "identity", "admin", "drop role d1_clerk1"),
    Attack("read-everything-role", "R902", ("operator", "worker"), "grant pg_read_all_data to current_user"),
    Attack("take-objects", "R913", "operator", "reassign owned by ld_owner to current_user"),
    Attack("own-table", "R902", "admin", "alter table core.ticket owner to current_user"),
)

SETTINGS = (
    Attack("replica-role", "R903", ("operator", "admin"), "set session_replication_role = replica"),
    Attack("log-to-client", "R901", "operator", "set log_statement = 'all'"),
    Attack("load-library", "escalation", "operator", "load 'plpgsql'"),
    Attack("preload-library", "escalation", "operator", "set session_preload_libraries = 'plpgsql'"),
    Attack("system-tables", "escalation", "admin", "set allow_system_table_mods = on"),
    Attack(
        "alter-database",
        "flood",
        ("operator", "admin"),
        "alter database {database} set default_transaction_read_only = on",
    ),
    Attack(
        "alter-system",
        "escalation",
        ("operator", "admin"),
        "alter system set log_min_messages = 'warning'",
        undo="alter system reset log_min_messages",
    ),
    Attack(
        "grant-parameter",
        "escalation",
        "admin",
        "grant set on parameter session_replication_role to current_user",
    ),
)

# A policy that read a setting would believe these; the control is a policy that does.
PRETENCE = (
    "create policy gullible on core.ticket for select to ld_console"
    " using (current_setting('liangdeng.login', true) = 'd1_operator1')",
)
VARIABLES = (
    Attack(
        "pretend-login",
        "identity",
        ("unit", "town", "area"),
        (
            "set liangdeng.login = 'd1_operator1'",
            "set app.user_id = 'd1_operator1'",
            "select title from api.tickets where id = %(foreign)s",
        ),
        refused=NOTHING,
        off=PRETENCE,
    ),
    Attack(
        "pretend-by-group-role",
        "identity",
        ("unit", "town"),
        ("set role ld_console", "select title from api.tickets where id = %(foreign)s"),
        refused=NOTHING,
        off="create policy gullible on core.ticket for select to ld_console"
        " using (current_user = 'ld_console')",
    ),
    # '\\D' in a function would be read as the letter: what is no digit would stay, and go into a pattern.
    Attack(
        "wildcards-for-digits",
        "R901",
        ("operator", "supervisor"),
        ("set standard_conforming_strings = off", "select count(*) from api.search_phone('1__0______1')"),
        refused="LD003",
        code="bad_payload",
        off=tuple(
            f"alter function {name}(text) reset standard_conforming_strings"
            for name in ("api.search_phone", "core.phone_hash", "core.tickets_of_phone")
        ),
    ),
)


@pytest.mark.parametrize(("attack", "login"), each((*ROLES, *SETTINGS, *VARIABLES)))
def test_refused(ground: Ground, attack: Attack, login: str) -> None:
    ground.repel(attack, login)
