"""Direct access to tables: reading, writing, emptying, locking, by every kind of login."""

from __future__ import annotations

import pytest
from attack import CONSOLES, EVERYBODY, NOTHING, Attack, each
from ground import Ground


def opened(*tables: str) -> tuple[str, ...]:
    """Take every guard of some tables away: schema, privileges, row security."""
    names = ", ".join(tables)
    return (
        "grant usage on schema core, audit, api to public",
        f"grant all on {names} to public",
        "grant all on all sequences in schema core to public",
        "grant execute on all functions in schema core to public",  # an index of tickets calls one
        *(f"alter table {name} disable row level security" for name in tables if not name.startswith("api.")),
    )


TICKETS, CALLERS = opened("core.ticket"), opened("core.caller")

READS = (
    Attack("read-tickets", "R902", EVERYBODY, "select title from core.ticket", off=TICKETS),
    Attack("read-callers", "R901", EVERYBODY, "select name, phone, id_number from core.caller", off=CALLERS),
    Attack(
        "read-events", "R903", ("unit", "wall"), "select payload from core.event", off=opened("core.event")
    ),
    Attack(
        "read-reveals", "R902", "unit", "select login, reason from audit.reveal", off=opened("audit.reveal")
    ),
    Attack(
        "read-journal-keys",
        "S115",
        ("admin", "intake"),
        "select journal_key from core.staff",
        off=opened("core.staff"),
    ),
    Attack(
        "read-requests",
        "S115",
        ("unit", "intake"),
        "select key from core.request",
        off=opened("core.request"),
    ),
    Attack(
        "read-phone-salt",
        "R901",
        ("operator", "worker"),
        "select salt from core.phone_salt",
        off=opened("core.phone_salt"),
    ),
    Attack("read-by-copy", "R902", "operator", "copy (select * from core.caller) to stdout", off=CALLERS),
    Attack(
        "read-by-cursor",
        "R902",
        "town",
        ("begin", "declare c cursor for select title from core.ticket", "fetch c"),
        off=TICKETS,
    ),
    Attack(
        "read-by-text-search",
        "R902",
        "unit",
        "select * from ts_stat('select to_tsvector(title) from core.ticket')",
        off=(*TICKETS, "grant execute on function ts_stat(text) to public"),
    ),
    Attack(
        "read-by-join-with-view",
        "R901",
        ("unit", "area"),
        "select c.phone from core.caller c join api.tickets t on t.id = c.ticket_id",
        off=CALLERS,
    ),
    Attack(
        "read-ungranted-column",
        "S115",
        ("operator", "inspector"),
        "select request_key from core.event where request_key is not null",
        off=opened("core.event"),
    ),
    Attack("read-passwords", "identity", EVERYBODY, "select rolpassword from pg_authid where rolcanlogin"),
    Attack(
        "row-security-off",
        "R902",
        ("operator", "unit"),
        ("set row_security = off", "select title from api.tickets"),
        off="alter table core.ticket disable row level security",
    ),
    Attack(
        "foreign-ticket",
        "R902",
        ("unit", "town", "area"),
        "select title from api.tickets where id = %(foreign)s",
        refused=NOTHING,
        off="alter table core.ticket disable row level security",
    ),
    Attack(
        "foreign-events",
        "R902",
        ("unit", "town"),
        "select payload from api.events where ticket_id = %(foreign)s",
        refused=NOTHING,
        off=(
            "alter table core.ticket disable row level security",
            "alter table core.event disable row level security",
        ),
    ),
    Attack(
        "foreign-district",
        "S04",
        "neighbour",
        "select title from api.tickets where district_id = 1",
        refused=NOTHING,
        off="alter table core.ticket disable row level security",
    ),
    Attack(
        "foreign-staff",
        "S81",
        "neighbour",
        "select name from api.staff where login like 'd1%%'",
        refused=NOTHING,
        off="alter table core.staff disable row level security",
    ),
)

WRITES = (
    Attack(
        "update-ticket",
        "T8",
        EVERYBODY,
        "update core.ticket set state = 'DONE' where id = %(mine)s",
        off=TICKETS,
    ),
    Attack(
        "move-due-moment",
        "R201",
        ("operator", "unit"),
        "update core.ticket set due_at = 'infinity' where id = %(mine)s",
        off=TICKETS,
    ),
    Attack(
        "delete-presence",
        "R913",
        ("operator", "admin"),
        "delete from core.presence",
        off=opened("core.presence"),
    ),
    Attack("truncate-presence", "R913", "admin", "truncate core.presence", off=opened("core.presence")),
    Attack(
        "update-through-view",
        "T8",
        CONSOLES,
        "update api.tickets set body = 'x' where id = %(mine)s",
        off=opened("core.ticket", "api.tickets"),
    ),
    Attack(
        "delete-through-view",
        "R913",
        ("operator", "unit"),
        "delete from api.saved_views",
        off=opened("core.saved_view", "api.saved_views"),
    ),
    Attack(
        "insert-through-view",
        "S115",
        "operator",
        "insert into api.reasons (list, code, name_zh, name_en, basis, rank)"
        " values ('hold', 'whim', 'x', 'x', '', 0)",
        off=opened("core.reason", "api.reasons"),
    ),
    Attack(
        "forge-change",
        "S89",
        "unit",
        "insert into core.change (what, id, district_id, scope) values ('directory', 1, 1, 'common 1')",
        off=opened("core.change", "core.staff"),
    ),
    Attack(
        "forge-request",
        "S115",
        ("operator", "intake"),
        "insert into core.request (key, login, action, intention)"
        " values (gen_random_uuid(), 'd1_operator2', 'open', '')",
        off=opened("core.request"),
    ),
    Attack(
        "update-setting",
        "D2",
        ("operator", "supervisor", "admin"),
        "update core.setting set value = '99'",
        off=opened("core.setting", "core.district", "core.change"),
    ),
    Attack(
        "update-calendar",
        "R214",
        ("supervisor", "admin"),
        "update core.workday set working = false",
        off=opened("core.workday", "core.district", "core.change"),
    ),
    Attack(
        "copy-into-table",
        "T1",
        "operator",
        "copy core.presence (login, desk, district_id, ticket_id) from stdin",
        off=opened("core.presence"),
    ),
    Attack("take-numbers", "S115", "operator", "select nextval('core.ticket_seq')", off=TICKETS),
    Attack(
        "lock-table",
        "flood",
        ("operator", "unit"),
        ("begin", "lock table api.tickets in access exclusive mode"),
        off=opened("core.ticket", "api.tickets"),
    ),
    Attack(
        "lock-rows",
        "flood",
        CONSOLES,
        "select id from api.tickets for update",
        off=opened("core.ticket", "api.tickets"),
    ),
)

SHAPES = (
    Attack(
        "create-trigger",
        "R903",
        "operator",
        "create trigger t before insert on core.ticket execute function suppress_redundant_updates_trigger()",
    ),
    Attack("drop-table", "R913", ("operator", "admin"), "drop table core.event cascade"),
    Attack("drop-view", "R913", ("operator", "admin"), "drop view api.tickets cascade"),
    Attack(
        "row-security-away",
        "R903",
        ("operator", "worker"),
        "alter table core.ticket disable row level security",
    ),
    Attack("drop-policy", "R902", "admin", "drop policy all_tickets on core.ticket"),
    Attack("swallow-events", "R903", "admin", "create rule r as on insert to core.event do instead nothing"),
)


@pytest.mark.parametrize(("attack", "login"), each((*READS, *WRITES, *SHAPES)))
def test_refused(ground: Ground, attack: Attack, login: str) -> None:
    ground.repel(attack, login)
