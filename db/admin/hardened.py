"""What a live server must be like so that a hostile login gains nothing; `liangdeng doctor` asks it all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, LiteralString

import psycopg

from db import schema
from db.accounts import Account


@dataclass(frozen=True)
class Check:
    """One thing looked at: what was found, and how to mend it when it is not well."""

    name: str
    ok: bool
    found: str
    mend: str = ""


@dataclass(frozen=True)
class Rule:
    """A query, or a function, that names every offender, and what to do about them."""

    name: str
    offenders: LiteralString | Callable[[psycopg.Connection[Any]], Iterable[str]]
    mend: str


REPLAY = "liangdeng db upgrade as the superuser"
REVOKE = REPLAY + " takes from everybody what is of no use here; revoke what a person or a group has"

# Also by way of another role; the login that asks may be the creator of the roles.
HELD = """
with recursive held as (
  select m.member, m.roleid from pg_auth_members m
  union
  select h.member, m.roleid from held h join pg_auth_members m on m.member = h.roleid
)
select pg_get_userbyid(h.member), pg_get_userbyid(h.roleid) from held h
where pg_get_userbyid(h.roleid) ~ '^ld_' and pg_get_userbyid(h.member) not in ('ld_owner', current_user)"""
# A login whose password has ended with the person, or whose person has yet to begin, is in order.
PEOPLE = """
select s.login, u.kind, s.duties, s.valid @> now(), coalesce(r.rolcanlogin, false)
  and coalesce(r.rolvaliduntil > now(), true) and coalesce(lower(s.valid) <= now(), true)
from core.staff s join core.unit u on u.id = s.unit_id left join pg_roles r on r.rolname = s.login"""


ELSEWHERE = """
select datname from pg_database
where datallowconn and datname <> current_database() and shobj_description(oid, 'pg_database') ~ '^liangdeng '
order by datname"""


def _elsewhere(connection: psycopg.Connection[Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Name the people of other Liangdeng databases of this cluster with the roles they have there.

    Logins and group roles belong to the cluster, rows of persons to a database.
    """
    info = connection.info
    for (database,) in connection.execute(ELSEWHERE).fetchall():
        try:
            with psycopg.connect(info.dsn, dbname=database, password=info.password) as other:
                for login, kind, duties, is_valid, _ in other.execute(PEOPLE).fetchall():
                    yield login, Account.of(login, kind, duties).roles if is_valid else ()
        except psycopg.errors.InvalidCatalogName:
            continue  # it was dropped since


def unexplained(connection: psycopg.Connection[Any]) -> Iterator[str]:
    """Name who has a group role that core.staff does not give, lacks one that it gives, or outlasted the end.

    Rights come with the person's row, and only changes of that row are in the register: a role granted past
    it is a right that nobody has given. Who has no row here may have one in another Liangdeng database.
    """
    here: set[str] = set()
    due: set[tuple[str, str]] = set()
    explained: set[tuple[str, str]] = set()
    for login, kind, duties, is_valid, may_log_in in connection.execute(PEOPLE):
        here.add(login)
        roles = {(login, role) for role in Account.of(login, kind, duties).roles}
        explained |= roles
        if is_valid:
            due |= roles
        elif may_log_in:
            yield f"{login} may still log in"
    held = {(member, role) for member, role in connection.execute(HELD)}
    if {member for member, _ in held - explained} - here:
        for login, given in _elsewhere(connection):
            if login not in here:
                explained |= {(login, role) for role in given}
    # a group within a group first: it gives the role to many
    for member, role in sorted(held - explained, key=lambda each: (not each[0].startswith("ld_"), each)):
        yield f"{member} in {role}"
    yield from sorted(f"{member} not in {role}" for member, role in due - held)


# For a query over rights `a`: those of everybody, of a person or a group of ours; and how one is told.
OURS: LiteralString = """
(a.grantee = 0 or a.grantee in (
  select r.oid from pg_roles r where r.rolname ~ '^ld_' and r.rolname <> 'ld_owner'
     or exists (select from core.staff s where s.login = r.rolname)))"""
GIVEN: LiteralString = """
lower(a.privilege_type) || ' for '
|| case a.grantee when 0 then 'everybody' else pg_get_userbyid(a.grantee) end"""


def _routines(connection: psycopg.Connection[Any]) -> Iterator[str]:
    if schema.catalogue(connection) != schema.recorded_catalogue(connection):
        yield "a function, view, trigger, policy or right is not as the last upgrade left it"


RULES = (
    Rule(
        "passwords",
        """
        select rolname from pg_authid where rolcanlogin and rolpassword !~ '^SCRAM-SHA-256\\$'
        union all
        select 'password_encryption = ' || setting from pg_settings
        where name = 'password_encryption' and setting <> 'scram-sha-256'""",
        "set password_encryption = 'scram-sha-256' and give these logins new passwords",
    ),
    Rule(
        "login rules",
        """
        select concat_ws(' ', 'pg_hba.conf line', line_number, type, address, auth_method)
        from pg_hba_file_rules
        where error is not null or auth_method not in ('reject', 'scram-sha-256', 'cert', 'peer')
          or type in ('host', 'hostnossl') and auth_method <> 'reject'
             and coalesce(address, '') not in ('127.0.0.1', '::1', 'localhost', 'samehost')""",
        "only hostssl with scram-sha-256 from outside: liangdeng db init --hba FILE writes the lines",
    ),
    Rule(
        "tls",
        """
        select 'ssl = off, listening on ' || l.setting from pg_settings l, pg_settings s
        where l.name = 'listen_addresses' and s.name = 'ssl' and s.setting <> 'on'
          and not string_to_array(replace(l.setting, ' ', ''), ',') <@ '{127.0.0.1,::1,localhost}'
        union all
        select name || ' = ' || setting from pg_settings
        where name = 'ssl_min_protocol_version' and setting not in ('TLSv1.2', 'TLSv1.3')""",
        "ssl = on with a certificate of your own authority; liangdeng db init --tls FOLDER: one for tests",
    ),
    Rule(
        "login log",
        """
        select name || ' = ' || setting from pg_settings
        where name in ('log_connections', 'log_disconnections') and setting in ('off', '')""",
        "log_connections = on and log_disconnections = on: psql does not tell the register that it came",
    ),
    Rule(
        "words in the log",
        """
        select name || ' = ' || setting from pg_settings
        where name = 'log_statement' and setting not in ('none', 'ddl')
          or name in ('log_min_duration_statement', 'log_min_duration_sample') and setting <> '-1'
          or name in ('log_transaction_sample_rate', 'log_parameter_max_length_on_error') and setting <> '0'
          or name = 'log_min_error_statement' and setting not in ('log', 'fatal', 'panic')
          or name = 'log_error_verbosity' and setting <> 'terse'
        union all
        select 'auto_explain is loaded' from pg_settings
        where name ~ '_preload_libraries$' and setting ~ 'auto_explain'""",
        "log_error_verbosity = terse, log_min_error_statement = panic, the defaults of the others and no"
        " auto_explain: else the log of the server tells what people wrote, and plans what is kept from them",
    ),
    Rule(
        "wrong passwords",
        """
        select 'auth_delay is not loaded' from pg_settings
        where name = 'shared_preload_libraries'
          and not string_to_array(replace(setting, ' ', ''), ',') && '{auth_delay,$libdir/auth_delay}'
        union all
        select name || ' = ' || setting from pg_settings
        where name = 'auth_delay.milliseconds' and setting::int < 500""",
        "shared_preload_libraries = 'auth_delay' and auth_delay.milliseconds = 1000, then restart:"
        " PostgreSQL locks no login, it only lets whoever guesses wait",
    ),
    Rule(
        "database",
        """
        select d.datname || ' is open to everybody' from pg_database d
        where d.datname in (current_database(), 'postgres', 'template1')
          and has_database_privilege('public', d.oid, 'connect, temporary')
        union all
        select d.datname || ': ' || {given}
        from pg_database d, aclexplode(d.datacl) a
        where d.datname in (current_database(), 'postgres', 'template1')
          and (a.privilege_type <> 'CONNECT' or d.datname <> current_database())
          and a.grantee <> 0 and {ours}""",
        REVOKE,
    ),
    Rule(
        "public",
        """
        select 'schema ' || n.nspname || ': ' || {given}
        from pg_namespace n, aclexplode(n.nspacl) a
        where (n.nspname in ('public', 'core', 'audit')
          or n.nspname = 'api' and (a.privilege_type = 'CREATE' or a.grantee = 0)) and {ours}
        union all
        select 'language plpgsql: ' || {given}
        from pg_language l, aclexplode(coalesce(l.lanacl, acldefault('l', l.lanowner))) a
        where l.lanname = 'plpgsql' and {ours}
        union all
        select 'function ' || p.oid::regprocedure::text from pg_proc p
        where p.pronamespace::regnamespace::text in ('core', 'audit', 'api')
          and has_function_privilege('public', p.oid, 'execute')""",
        REPLAY,
    ),
    Rule(
        "server functions",
        """
        select p.oid::regprocedure || ': ' || {given}
        from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
        where p.pronamespace = 'pg_catalog'::regnamespace
          and p.proname ~ ('^(lo_|loread$|lowrite$|pg_(try_)?advisory_|pg_notify$|pg_sleep|pg_lock_status$'
            '|pg_logical_emit_message$|pg_(read_(binary_)?file|ls_|stat_file|file_|current_logfile)'
            '|pg_stat_get_(activity|backend_|db_|live_|dead_|tuples_|numscans|blocks_|ins_|mod_|xact_|wal|progress_'
            '|io$|slru$|buf_|lastscan|function_)|(table|query|cursor|schema|database)_to_xml|ts_stat$|ts_rewrite$'
            '|pg_(relation|table|total_relation|indexes|database|tablespace)_size$)')
          and {ours}""",
        REVOKE,
    ),
    Rule(
        "server views",
        """
        select c.oid::regclass || ': ' || {given}
        from pg_class c, aclexplode(c.relacl) a
        where c.relnamespace = 'pg_catalog'::regnamespace
          and c.relname ~ '^(pg_stat_|pg_statio_|pg_(locks|class|authid|statistic|hba_file_rules)$)'
          and {ours}""",
        REVOKE,
    ),
    Rule(
        "tables",
        """
        select x.of::regclass || ': ' || {given}
        from (
          select c.oid as of, c.relnamespace as lies_in, c.relacl as acl from pg_class c
          union all
          select c.oid, c.relnamespace, t.attacl from pg_class c join pg_attribute t on t.attrelid = c.oid
        ) x, aclexplode(x.acl) a
        where x.lies_in::regnamespace::text in ('core', 'audit', 'api')
          and (a.privilege_type <> 'SELECT' or x.of = 'core.caller'::regclass) and {ours}""",
        "revoke these rights: whatever is written is written by functions, and who called is told by"
        " api.reveal alone",
    ),
    Rule(
        "triggers",
        """
        select t.tgrelid::regclass || ' ' || t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where c.relnamespace::regnamespace::text in ('core', 'audit') and t.tgenabled in ('D', 'R')""",
        "alter table … enable trigger …: without it history may be changed and the register is not written",
    ),
    Rule("routines", _routines, REPLAY),
    Rule(
        "row security",
        """
        select c.oid::regclass::text from pg_class c
        where c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text in ('core', 'audit')
          and not (c.relrowsecurity and c.relforcerowsecurity)""",
        REPLAY,
    ),
    Rule(
        "definer functions",
        """
        select p.oid::regprocedure::text from pg_proc p
        where p.prosecdef and p.pronamespace::regnamespace::text in ('core', 'audit', 'api')
          and (p.proowner <> 'ld_owner'::regrole
            or not coalesce(p.proconfig, '{}') && '{"search_path=pg_catalog, pg_temp"}')""",
        REPLAY,
    ),
    Rule(
        "owner",
        """
        select rolname from pg_roles where rolname = 'ld_owner'
          and (rolcanlogin or rolsuper or rolcreaterole or rolcreatedb or rolbypassrls or rolreplication)""",
        "alter role ld_owner nologin nosuperuser nocreaterole nocreatedb nobypassrls noreplication",
    ),
    Rule(
        "rights of people",
        """
        with ours as (
          select r.* from pg_roles r
          where r.rolname ~ '^ld_' or exists (select from core.staff s where s.login = r.rolname)
        )
        select r.rolname || ' is above the rules' from ours r
        where r.rolname <> 'ld_owner' and (r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolbypassrls
          or r.rolreplication or pg_has_role(r.oid, 'ld_owner', 'member')
          or r.rolname ~ '^ld_' and r.rolcanlogin)
        union all
        select r.rolname || ' in ' || m.roleid::regrole
        from pg_auth_members m join ours r on r.oid = m.member
        where m.admin_option or m.roleid::regrole::text ~ '^pg_'
          and (r.rolname, m.roleid::regrole::text)
            not in (('ld_owner', 'pg_read_all_stats'), ('ld_owner', 'pg_signal_backend'))
        union all
        select p.parname || ': ' || {given} from pg_parameter_acl p, aclexplode(p.paracl) a where {ours}""",
        "take these rights away: rights come from duties alone (liangdeng user grant)",
    ),
    Rule(
        "group roles",
        unexplained,
        "revoke such a role, or give the duty itself (liangdeng user add, grant, revoke, disable): core.staff"
        " says who has which, and the register only knows what is changed there",
    ),
    Rule(
        "limits of people",
        """
        select r.rolname from pg_roles r join core.staff s on s.login = r.rolname
        where r.rolcanlogin and (r.rolconnlimit not between 1 and 100
          or (select count(*) from unnest(r.rolconfig) c
              where c ~ '^(statement|lock|idle_in_transaction_session)_timeout=[1-9]') < 3
          or exists (select from pg_db_role_setting d, unnest(d.setconfig) c
                     where d.setrole = r.oid and d.setdatabase <> 0 and c ~ '_timeout='))""",
        "liangdeng user passwd LOGIN gives a login its connection limit and its time-outs; alter role LOGIN"
        " in database … reset all takes away what stands before them",
    ),
    Rule(
        "anchors",
        """
        select coalesce('the last is of ' || max(a.at)::timestamptz(0), 'none') from audit.anchor a
        having (select min(e.recorded_at) from core.event e
                where e.recorded_at > coalesce(max(a.at), '-infinity')) < now() - interval '1 day'""",
        "run liangdeng worker, or liangdeng verify seal from a timer",
    ),
)


def look(connection: psycopg.Connection[Any]) -> Iterator[Check]:
    """Ask the server about every rule; the connection commits each statement."""
    for rule in RULES:
        yield _follow(connection, rule)


def _follow(connection: psycopg.Connection[Any], rule: Rule) -> Check:
    try:
        if callable(rule.offenders):
            offenders = list(rule.offenders(connection))
        else:
            query = rule.offenders.replace("{given}", GIVEN).replace("{ours}", OURS)
            offenders = [str(name) for (name,) in connection.execute(query).fetchall()]
    except psycopg.errors.InsufficientPrivilege:
        return Check(rule.name, ok=False, found="cannot be seen by this login", mend="ask as the superuser")
    found = "as it must be"
    if offenders:
        found = ", ".join(offenders[:5]) + (f" and {len(offenders) - 5} more" if len(offenders) > 5 else "")
    return Check(rule.name, not offenders, found, rule.mend)
