"""What was written can be proven, also against the owner of the database with the guards switched off."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hall import DEPT, INSPECTOR, LEADER, OPERATOR, SUPERVISOR, TOWN, Hall
from psycopg.types.json import Jsonb
from typer.testing import CliRunner

from db.admin import evidence
from db.admin.evidence import Break, anchors_of, breaks_of, seal_all
from db.admin.verify import app
from db.admin.worker import sweep
from db.anchor import Anchor

# An owner with triggers off writes a chain anew, every hash fresh; %(t)s is the ticket.
REHASH = """
do $$ declare e core.event; previous bytea; begin
  for e in select * from core.event where ticket_id = {t} order by seq loop
    e.prev_hash := previous;
    previous := core.event_hash(e);
    update core.event set prev_hash = e.prev_hash, hash = previous where ticket_id = {t} and seq = e.seq;
  end loop;
end $$"""
FORGED = 'update core.event set payload = \'{{"note": "forged"}}\' where ticket_id = {t} and seq = 2'
DROP_TICKET = (
    "delete from core.guest where ticket_id = {t}",
    "delete from core.custody where ticket_id = {t}",
    "delete from core.event where ticket_id = {t}",
    "delete from core.caller where ticket_id = {t}",
    "delete from core.ticket where id = {t}",
)
CUT = (
    "delete from core.event where ticket_id = {t} and seq > 2",
    "update core.ticket t set version = 2 from core.fold({t}, 2) f where t.id = {t}",
)
# Anchors written anew after the chain, every hash fresh.
REANCHOR = """
do $$ declare a audit.anchor; previous bytea; begin
  update audit.link l set hash = e.hash from core.event e
  where l.chain = 'ticket' and e.ticket_id = l.id and e.seq = l.seq;
  for a in select * from audit.anchor order by id loop
    a.prev_hash := previous;
    a.digest := core.links_digest(a.id);
    previous := core.anchor_hash(a);
    update audit.anchor set prev_hash = a.prev_hash, digest = a.digest, hash = previous where id = a.id;
  end loop;
end $$"""


def tamper(hall: Hall, *statements: str, ticket: int = 0) -> None:
    """Do what only the database's owner can, with every trigger off."""
    hall.owner.execute("set session_replication_role = replica")
    for statement in statements:
        hall.owner.execute(statement.format(t=ticket))
    hall.owner.execute("reset session_replication_role")


@pytest.fixture
def sealed(hall: Hall, owner: psycopg.Connection[Any]) -> tuple[int, str]:
    """A ticket with a history of three events under an anchor, among others; its id and number."""
    hall.at("work")
    ticket = hall.at("sent")
    hall.at("done")
    assert seal_all(owner) == hall.value(
        "select (select count(*) from core.ticket) + (select count(*) from audit.entry)"
    )
    assert breaks_of(owner) == []
    assert hall.ticket(ticket)["version"] == 3
    return ticket, hall.ticket(ticket)["number"]


class TestChains:
    """Every way to change the past is named, with the place of the first break."""

    @pytest.mark.parametrize(
        ("damage", "what", "where"),
        [
            ((FORGED,), "event changed", "#2"),
            ((FORGED, REHASH), "history rewritten", "#1-3"),
            (("delete from core.event where ticket_id = {t} and seq = 2",), "event missing", "#3"),
            (("delete from core.event where ticket_id = {t} and seq = 3",), "last event missing", "#3"),
            (CUT, "history cut", "#1-3"),
            (("delete from core.ticket where id = {t}",), "ticket missing", "#1"),
        ],
        ids=["changed", "rewritten", "removed", "last-removed", "cut", "row-removed"],
    )
    def test_first_broken_link_is_named(
        self,
        hall: Hall,
        owner: psycopg.Connection[Any],
        sealed: tuple[int, str],
        damage: tuple[str, ...],
        what: str,
        where: str,
    ) -> None:
        ticket, number = sealed
        tamper(hall, *damage, ticket=ticket)
        first = breaks_of(owner)[0]
        name = number if hall.rows("select from core.ticket where id = %s", ticket) else f"ticket {ticket}"
        assert (first.what, first.where) == (what, name + where)

    def test_whole_ticket_that_vanished_is_named(
        self, hall: Hall, owner: psycopg.Connection[Any], sealed: tuple[int, str]
    ) -> None:
        ticket, _ = sealed
        tamper(hall, *DROP_TICKET, ticket=ticket)
        assert [(b.what, b.where, b.anchor) for b in breaks_of(owner)] == [
            ("ticket missing", f"ticket {ticket}#1-3", 1)
        ]

    def test_without_an_anchor_a_rewrite_stays_unseen(
        self, hall: Hall, owner: psycopg.Connection[Any]
    ) -> None:
        """Control: the anchors find it, not something else."""
        ticket = hall.at("sent")
        tamper(hall, FORGED, REHASH, ticket=ticket)
        assert breaks_of(owner) == []

    def test_break_lies_behind_the_last_anchor_that_still_holds(
        self, hall: Hall, owner: psycopg.Connection[Any], sealed: tuple[int, str]
    ) -> None:
        ticket, number = sealed
        hall.act(OPERATOR, ticket, "note")
        hall.act(OPERATOR, ticket, "note")
        seal_all(owner)
        tamper(hall, FORGED.replace("seq = 2", "seq = 5"), REHASH, ticket=ticket)
        assert [(b.what, b.where, b.anchor) for b in breaks_of(owner)] == [
            ("history rewritten", f"{number}#4-5", 2)
        ]


class TestAnchors:
    """Anchors are a chain themselves, and paper keeps what a database may forget."""

    @pytest.mark.parametrize(
        ("damage", "what"),
        [
            ("update audit.anchor set links = links + 1 where id = 1", "anchor changed"),
            ("delete from audit.link where chain = 'ticket' and anchor_id = 1", "sealed links changed"),
            ("delete from audit.anchor where id = 1", "anchor missing"),
            ("update audit.anchor set prev_hash = 'x' where id = 2", "anchor chain broken"),
        ],
    )
    def test_changed_anchor_is_named(
        self, hall: Hall, owner: psycopg.Connection[Any], sealed: tuple[int, str], damage: str, what: str
    ) -> None:
        hall.act(OPERATOR, sealed[0], "note")
        seal_all(owner)
        assert breaks_of(owner) == []
        tamper(hall, damage)
        assert what in {b.what for b in breaks_of(owner)}

    def test_rewritten_anchors_show_against_the_printed_list(
        self, hall: Hall, owner: psycopg.Connection[Any], sealed: tuple[int, str], tmp_path: Path
    ) -> None:
        ticket, _ = sealed
        kept = [Anchor.read(anchor.line()) for anchor in anchors_of(owner)]
        assert list(evidence.differences(kept, anchors_of(owner))) == []
        tamper(hall, FORGED, REHASH, REANCHOR, ticket=ticket)
        assert breaks_of(owner) == [], "the database alone can no longer tell"
        assert [b.what for b in evidence.differences(kept, anchors_of(owner))] == [
            "anchor differs from the file"
        ]

    def test_dropped_anchors_show_against_the_printed_list(
        self, hall: Hall, owner: psycopg.Connection[Any], sealed: tuple[int, str]
    ) -> None:
        kept = anchors_of(owner)
        tamper(hall, "delete from audit.link", "delete from audit.anchor")
        assert breaks_of(owner) == []
        assert list(evidence.differences(kept, anchors_of(owner))) == [
            Break("anchor missing", "anchor 1", kept[0].at, 1)
        ]

    def test_nothing_new_makes_no_anchor(
        self, owner: psycopg.Connection[Any], sealed: tuple[int, str]
    ) -> None:
        assert seal_all(owner) == 0
        assert [anchor.id for anchor in anchors_of(owner)] == [1]

    def test_worker_seals_what_is_new_at_most_every_ten_minutes(
        self, hall: Hall, owner: psycopg.Connection[Any]
    ) -> None:
        hall.open()
        assert sweep(owner).sealed == 1
        hall.open()
        assert sweep(owner).sealed == 0
        tamper(hall, "update audit.anchor set at = at - interval '10 minutes'")
        assert sweep(owner).sealed == 1


class TestCommands:
    """`liangdeng verify seal`, `anchors` and `audit`."""

    @pytest.fixture
    def verify(self, database: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, Any]]:
        """Run a command on this database; exit status and JSON."""
        monkeypatch.setenv("LIANGDENG_DSN", database)

        def run(*words: str) -> tuple[int, Any]:
            done = CliRunner().invoke(app, [*words, "--json"])
            return done.exit_code, json.loads(done.stdout)

        return run

    def test_printed_anchors_convict_an_owner_who_rewrote_everything(
        self, hall: Hall, verify: Callable[..., tuple[int, Any]], tmp_path: Path
    ) -> None:
        ticket = hall.at("sent")
        code, done = verify("seal")
        assert (code, done["links"]) == (0, 1)
        printed = tmp_path / "anchors.txt"
        assert verify("anchors", "--out", str(printed)) == (0, {"anchors": 1})
        assert done["anchor"] in printed.read_text("utf-8").splitlines()
        kept = ("audit", "--against", str(printed))
        assert verify(*kept) == (0, {"checked": 3, "mismatches": [], "first": None})

        tamper(hall, FORGED, REHASH, REANCHOR, ticket=ticket)
        assert verify("audit")[0] == 0, "the database alone can no longer tell"
        code, found = verify(*kept)
        assert code == 1
        assert (found["first"]["what"], found["first"]["where"]) == (
            "anchor differs from the file",
            "anchor 1",
        )

    def test_first_broken_link_is_named(self, hall: Hall, verify: Callable[..., tuple[int, Any]]) -> None:
        ticket = hall.at("sent")
        tamper(hall, FORGED, ticket=ticket)
        code, found = verify("audit")
        assert code == 1
        assert found["first"] == found["mismatches"][0]
        assert found["first"]["where"] == hall.ticket(ticket)["number"] + "#2"

    def test_file_that_is_no_list_of_anchors_is_refused(
        self, database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("LIANGDENG_DSN", database)
        other = tmp_path / "other.txt"
        other.write_text("hello\n")
        assert CliRunner().invoke(app, ["audit", "--against", str(other)]).exit_code == 2


class TestRegister:
    """Every login, reveal, export and changed rule is a row: who, what, when, why, from where."""

    ENTRIES = (
        "select kind, login, subject, number, reason, detail, address from api.audit_entries order by id"
    )

    def test_login_reveal_export_and_setting_are_entries(self, hall: Hall) -> None:
        ticket = hall.open()
        hall.call(OPERATOR, "select api.begin_session('0.1.0')")
        hall.call(OPERATOR, "select api.reveal(%s, '核对地址')", ticket["id"])
        begun = hall.call(
            DEPT, "select api.begin_export('tickets', %s, '月报') as id", Jsonb({"state": "WORK"})
        )
        hall.call(DEPT, "select api.end_export(%s, 12)", begun[0]["id"])
        hall.call(SUPERVISOR, "select api.set_setting('callback_attempts', '4', '试行')")
        rows = hall.call(SUPERVISOR, self.ENTRIES)
        assert {row["address"] for row in rows} == {"127.0.0.1"}
        assert [(r["kind"], r["login"], r["subject"], r["number"], r["reason"]) for r in rows] == [
            ("login", OPERATOR, "0.1.0", None, ""),
            ("reveal", OPERATOR, "", ticket["number"], "核对地址"),
            ("export", DEPT, "tickets", None, "月报"),
            ("export_end", DEPT, "tickets", None, ""),
            ("setting", SUPERVISOR, "callback_attempts", None, "试行"),
        ]
        assert rows[2]["detail"].keys() == {"filter", "counter"}
        assert rows[2]["detail"]["filter"] == {"state": "WORK"}
        assert rows[3]["detail"] == {"begun": begun[0]["id"], "rows": 12, "handed_out": 0}
        assert rows[4]["detail"]["new"] == 4

    @pytest.mark.parametrize("login", [SUPERVISOR, INSPECTOR, LEADER, "d1_admin"])
    def test_those_who_answer_for_it_read_it(self, hall: Hall, login: str) -> None:
        hall.call(OPERATOR, "select api.begin_session('x')")
        assert len(hall.call(login, self.ENTRIES)) == 1

    @pytest.mark.parametrize("login", [OPERATOR, DEPT, TOWN, "d2_operator1", "d2_supervisor1"])
    def test_others_and_other_districts_read_nothing(self, hall: Hall, login: str) -> None:
        hall.call(OPERATOR, "select api.begin_session('x')")
        assert len(hall.call(SUPERVISOR, self.ENTRIES)) == 1
        assert hall.call(login, self.ENTRIES) == []

    def test_supervisor_outside_the_centre_reads_nothing(self, hall: Hall) -> None:
        hall.call(OPERATOR, "select api.begin_session('x')")
        with hall.owner.transaction(force_rollback=True):
            hall.owner.execute(f"grant ld_supervisor to {TOWN}")
            hall.owner.execute(f"set local session authorization {TOWN}")
            assert hall.rows(self.ENTRIES) == []

    def test_export_of_another_person_cannot_be_ended(self, hall: Hall) -> None:
        begun = hall.call(OPERATOR, "select api.begin_export('tickets', '{}') as id")[0]["id"]
        with pytest.raises(psycopg.Error) as refused:
            hall.call(SUPERVISOR, "select api.end_export(%s, 0)", begun)
        assert refused.value.sqlstate == "LD003"
        hall.call(OPERATOR, "select api.end_export(%s, 0)", begun)
        with pytest.raises(psycopg.Error) as refused:
            hall.call(OPERATOR, "select api.end_export(%s, 1000)", begun)
        assert refused.value.sqlstate == "LD003"

    PAGE = "select id from api.export_page(%s, null, null, 1000)"

    @pytest.mark.parametrize("rolled_back", [False, True])
    def test_register_says_what_was_handed_out_whatever_the_desk_says(
        self, hall: Hall, connect: Callable[[str], psycopg.Connection[Any]], rolled_back: bool
    ) -> None:
        for _ in range(5):
            hall.open()
        desk = connect(OPERATOR)
        (begun,) = desk.execute("select api.begin_export('tickets', '{}')").fetchone() or ()
        with desk.transaction(force_rollback=rolled_back):
            assert len(desk.execute(self.PAGE, [begun]).fetchall()) == 5
        desk.execute("select api.end_export(%s, 3)", [begun])
        [end] = hall.rows("select detail from audit.entry where kind = 'export_end'")
        assert end["detail"] == {"begun": begun, "rows": 3, "handed_out": 5}

    def test_page_is_handed_out_only_under_an_open_export_of_ones_own(
        self, hall: Hall, connect: Callable[[str], psycopg.Connection[Any]]
    ) -> None:
        hall.open()
        desk, begin = connect(OPERATOR), "select api.begin_export(%s, '{}')"

        def is_refused(export: int) -> bool:
            with pytest.raises(psycopg.Error) as refused:
                desk.execute(self.PAGE, [export])
            return refused.value.sqlstate == "LD003"

        with desk.transaction(force_rollback=True):  # would leave no trace
            (now,) = desk.execute(begin, ["tickets"]).fetchone() or ()
            with desk.transaction(force_rollback=True):
                assert is_refused(now)
        (sheet,) = desk.execute(begin, ["register"]).fetchone() or ()
        (mine,) = desk.execute(begin, ["tickets"]).fetchone() or ()
        [theirs] = hall.call(SUPERVISOR, "select api.begin_export('tickets', '{}') as id")
        assert len(desk.execute(self.PAGE, [mine]).fetchall()) == 1
        desk.execute("select api.end_export(%s, 1)", [mine])
        assert all(map(is_refused, (sheet, mine, theirs["id"], 0)))

    def test_colleague_cannot_count_rows_into_the_export_of_another(self, hall: Hall) -> None:
        def begin(login: str) -> int:
            return int(hall.call(login, "select api.begin_export('tickets', '{}') as id")[0]["id"])

        begun = begin(OPERATOR)
        for _ in range(65):  # as many as ever took turns at counting
            hall.call(SUPERVISOR, "select api.count_exported(%s, 100)", begin(SUPERVISOR))
        hall.call(OPERATOR, "select api.end_export(%s, 0)", begun)
        [end] = hall.rows("select detail from audit.entry where kind = 'export_end'")
        assert end["detail"] == {"begun": begun, "rows": 0, "handed_out": 0}

    def test_person_cannot_write_entries_of_their_own(self, hall: Hall) -> None:
        for call in ("core.audit('login', 'x')", "core.seal(10)", "api.sweep_anchor(10)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                hall.call("d1_admin", f"select {call}")

    @pytest.mark.parametrize("table", ["entry", "anchor", "link", "reveal", "setting_change"])
    @pytest.mark.parametrize(
        "verb", ["update audit.{t} set {c} = {c}", "delete from audit.{t}", "truncate audit.{t} cascade"]
    )
    def test_registers_only_grow_even_for_their_owner(
        self, hall: Hall, owner: psycopg.Connection[Any], sealed: tuple[int, str], table: str, verb: str
    ) -> None:
        column = "hash" if table in ("entry", "anchor", "link") else "reason"
        with pytest.raises(psycopg.errors.InsufficientPrivilege) as refused:
            owner.execute(verb.format(t=table, c=column).encode())
        assert refused.value.diag.constraint_name == "history_is_append_only"

    def test_changed_and_removed_entries_are_named(self, hall: Hall, owner: psycopg.Connection[Any]) -> None:
        for _ in range(3):
            hall.call(OPERATOR, "select api.begin_session('x')")
        seal_all(owner)
        first, second, third = (row["id"] for row in hall.rows("select id from audit.entry order by id"))
        assert breaks_of(owner) == []
        tamper(
            hall,
            f"update audit.entry set login = 'somebody' where id = {first}",
            f"delete from audit.entry where id = {second}",
            f"update audit.entry set address = null where id = {third}",
            f"update audit.entry e set hash = core.entry_hash(e) where id = {third}",
        )
        assert {(b.what, b.where) for b in breaks_of(owner)} == {
            ("entry changed", f"entry {first}"),
            ("entry missing", f"entry {second}"),
            ("entry rewritten", f"entry {third}"),
        }


def test_console_registers_its_login_once(
    hall: Hall, person_dsn: Callable[[str], str], tmp_path: Path
) -> None:
    from console.app.session import open_desk

    opened = open_desk(person_dsn(OPERATOR), tmp_path)
    opened.engine.dispose()
    logins = hall.rows("select login, subject from audit.entry where kind = 'login'")
    assert [(row["login"], row["subject"] != "") for row in logins] == [(OPERATOR, True)]
