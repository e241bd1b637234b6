"""The besieged district: tickets worth stealing, and how an attack on them is run and judged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import psycopg
from attack import NOTHING, Attack
from hall import AREA, DEPT, OPERATOR, OTHER_DEPT, TOWN, Hall
from psycopg import sql
from psycopg.types.json import Jsonb

PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)
PRESENCE = ("d1_leader1", "00000000-0000-4000-8000-000000000002", 1, 1)
Rows = list[tuple[Any, ...]]


class Ground:
    """Facts an attacker may know, logins over TCP, and a fingerprint of all that must not change."""

    def __init__(self, owner_dsn: str, person_dsn: Callable[[str], str]) -> None:
        self.owner_dsn = owner_dsn
        self.person_dsn = person_dsn
        self._touched = False  # by the last step that was run
        hall = Hall(owner_dsn, person_dsn)
        self.facts = _prepare(hall)
        hall.close()
        self.owner = psycopg.connect(owner_dsn, autocommit=True, cursor_factory=psycopg.ClientCursor)
        self.owner.execute("analyze")
        self.untouched = self.fingerprint()

    def close(self) -> None:
        self.owner.close()

    def login(self, login: str) -> psycopg.Connection[Any]:
        """Log in over TCP with the person's own password."""
        return psycopg.connect(self.person_dsn(login), autocommit=True, cursor_factory=psycopg.ClientCursor)

    def repel(self, attack: Attack, login: str) -> None:
        """Show that the attack works without its guard, fails with it, and leaves no trace."""
        self.works_unguarded(attack, login)
        with self.login(login) as connection:
            self.fails(attack, connection, login)
        assert self.fingerprint() == self.untouched

    def fails(self, attack: Attack, connection: psycopg.Connection[Any], login: str) -> None:
        loot, refusal = self._outcome(connection, attack.script, login)
        if refusal is None:
            assert attack.refused == NOTHING, f"it works: {loot[:3]}"
            assert not _worth(loot), loot[:3]
        else:
            found = (refusal.sqlstate or "", refusal.diag.constraint_name or "")
            assert found == (attack.refused, attack.code), refusal
            self.keeps_secrets(f"{refusal} {refusal.diag.message_detail}")

    def keeps_secrets(self, words: str) -> None:
        """A refusal tells nothing that its reader may not see."""
        assert self.facts["secret"] not in words

    def works_unguarded(self, attack: Attack, login: str) -> None:
        if attack.undo:
            self._run(self.owner, attack.script, login)
            self.owner.execute(attack.undo)
            return
        with self.owner.transaction(force_rollback=True):
            self._run(self.owner, attack.unguarded, login)
            if attack.unguarded:
                self.owner.execute(
                    sql.SQL("set local session authorization {}").format(sql.Identifier(login))
                )
            loot = self._run(self.owner, attack.script, login)
            assert attack.refused != NOTHING or _worth(loot), "it brings nothing without the guard either"
            assert self._touched, "it touches nothing without the guard either"

    def refusal(self, connection: psycopg.Connection[Any], query: str) -> tuple[str | None, ...]:
        """Return all that a refusal says."""
        _, error = self._outcome(connection, (query,), "")
        assert error is not None, "it works"
        diag = error.diag
        return (
            error.sqlstate,
            diag.constraint_name,
            diag.message_primary,
            diag.message_detail,
            diag.message_hint,
        )

    def _outcome(
        self, connection: psycopg.Connection[Any], script: tuple[str, ...], login: str
    ) -> tuple[Rows, psycopg.Error | None]:
        try:
            return self._run(connection, script, login), None
        except psycopg.Error as error:
            return [], error

    def _run(self, connection: psycopg.Connection[Any], script: tuple[str, ...], login: str) -> Rows:
        rows: Rows = []
        for words in script:
            step = words.replace("{login}", login).replace("{database}", self.owner.info.dbname)
            cursor = connection.cursor()
            if step.endswith((" stdin", " stdout")):
                with cursor.copy(step, self.facts) as stream:
                    if step.endswith("stdin"):
                        stream.write_row(PRESENCE)
                    rows = [(bytes(line),) for line in stream] if step.endswith("stdout") else []
            else:
                cursor.execute(step, self.facts)
                rows = cursor.fetchall() if cursor.description else []
            self._touched = cursor.rowcount != 0  # -1: no statement about rows
        return rows

    def fingerprint(self) -> dict[str, str]:
        """Sum up every table, and what of the catalogue says who may do what: any write leaves a new xmin."""
        tables = self.owner.execute(
            "select format('%I.%I', n.nspname, c.relname)"
            " from pg_class c join pg_namespace n on n.oid = relnamespace"
            " where c.relkind in ('r', 'p') and n.nspname !~ '^(pg_|information_schema)' order by 1"
        ).fetchall()
        query = " union all ".join(
            f"select '{name}', count(*) || ' rows ' || coalesce(sum(xmin::text::bigint), 0) from {name}"
            for name in (*(name for (name,) in tables), *CATALOGUE)
        )
        return dict(self.owner.execute(query).fetchall())


CATALOGUE = (
    "pg_authid",
    "pg_auth_members",
    "pg_db_role_setting",
    "pg_database",
    "pg_namespace",
    "pg_class",
    "pg_attribute",
    "pg_proc",
    "pg_rewrite",
    "pg_policy",
    "pg_trigger",
    "pg_largeobject_metadata",
)


def _worth(loot: Rows) -> bool:
    return any(value not in (None, False, 0, "", []) for row in loot for value in row)


def _prepare(hall: Hall) -> dict[str, Any]:
    """Make the tickets, keys, views and files that attacks are about."""
    key, private_key = uuid4(), uuid4()
    mine = hall.at("work")
    foreign = hall.open(
        key=key,
        title="机密一号",
        body="机密正文",
        place_id=None,
        no_place=True,
        caller={"name": "欧阳乙", "phone": "19000000002"},
    )["id"]
    hall.act(OPERATOR, foreign, "dispatch", payload={"unit": hall.unit[OTHER_DEPT], "basis": "责任清单"})
    accused = hall.open(title="举报", accused_unit_id=hall.unit[TOWN])["id"]
    hall.act(OPERATOR, accused, "dispatch", payload={"unit": hall.unit[OTHER_DEPT], "basis": "责任清单"})
    withdrawn = hall.open(title="回避")["id"]
    hall.act("d1_operator2", withdrawn, "withdraw")
    hidden = hall.open(title="保密", caller={"name": "测试人丙", "phone": "19000000003", "secret": True})[
        "id"
    ]
    hall.through(hidden, (OPERATOR, "dispatch"), (DEPT, "sign"))
    attached = hall.call(
        OPERATOR, "select api.attach(%s, %s, '图.png', 'image/png', %s) as f", foreign, uuid4(), PNG
    )
    view = hall.call(OPERATOR, "select api.save_view(null, '私有', '{}', false) as id")[0]["id"]
    hall.call(OPERATOR, "select api.save_desk(%s)", Jsonb({"layout": "机密一号"}))
    hall.call(OPERATOR, "select api.here(%s, %s, false)", UUID(int=2), mine)
    hall.call(OPERATOR, "select api.reveal(%s, '核对地址')", foreign)
    return {
        "mine": mine,
        "mine_version": hall.ticket(mine)["version"],
        "foreign": foreign,
        "foreign_number": hall.ticket(foreign)["number"],
        "foreign_version": hall.ticket(foreign)["version"],
        "accused": accused,
        "withdrawn": withdrawn,
        "hidden": hidden,
        "archived": hall.at("archived"),
        "triage": (triage := hall.at("triage")),
        "triage_version": hall.ticket(triage)["version"],
        "place": hall.place,
        "attachment": attached[0]["f"]["id"],
        "view": view,
        "key": str(key),
        "fresh_key": str(private_key),
        "desk": str(UUID(int=1)),
        "dept": hall.unit[DEPT],
        "other_dept": hall.unit[OTHER_DEPT],
        "town": hall.unit[TOWN],
        "area": hall.unit[AREA],
        "secret": "机密一号",
        "ticket_oid": hall.value("select 'core.ticket'::regclass::oid::bigint"),
        "opening": Jsonb(hall.opening()),
    }
