"""The primary is killed, its standby takes over: the console goes on there, nothing lost, nothing twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from standby import Standby, standby_of_server

from console.app.main import build_console
from console.kit.call import Call
from console.ticket.queue import QueuePanel
from console.ticket.record import Ticket
from db.admin.context import demo_password
from db.admin.waker import tick
from db.changes import Change
from db.embedded import Address
from db.programs import Programs

REPORT = """{"kind": "complaint", "channel": "phone", "title": "路灯不亮", "body": "积米崖路灯坏了三天",
 "no_place": true, "caller": {"anonymous": true}}"""


@pytest.fixture
def pair(
    server: Address, shared_database: str, home: Path, pytestconfig: pytest.Config
) -> Iterator[tuple[Standby, Standby]]:
    """A primary of its own, and a standby without which it acknowledges nothing."""
    assert shared_database
    major = pytestconfig.getoption("--server")
    programs = Programs(Path(f"/usr/lib/postgresql/{major}/bin")) if major else Programs()
    with standby_of_server(server, home / f"first-{uuid4().hex}", programs) as first:
        first.promote()
        with standby_of_server(first.address, home / f"second-{uuid4().hex}", programs) as second:
            with psycopg.connect(first.address.dsn("postgres"), autocommit=True) as owner:
                owner.execute("alter system set synchronous_standby_names = '*'")
                owner.execute("alter system set synchronous_commit = 'on'")
                owner.execute("select pg_reload_conf()")
            yield first, second


def test_console_goes_on_at_the_standby_that_took_over(
    qtbot: QtBot,
    qapp: QApplication,
    pair: tuple[Standby, Standby],
    shared_database: str,
    tmp_path: Path,
) -> None:
    first, second = pair
    name = shared_database.rsplit("/", 1)[1]

    def dsn(at: Standby, login: str) -> str:
        return at.address.dsn(name, user=login, password=demo_password())

    both = make_conninfo(
        dsn(first, "d1_supervisor1"),
        host=f"{first.host},{second.host}",
        port=f"{first.port},{second.port}",
        target_session_attrs="read-write",
    )
    told: Counter[tuple[int, int]] = Counter()

    def count(changes: tuple[Change, ...]) -> None:
        told.update((change.id, change.version) for change in changes if change.what == "ticket")

    with psycopg.connect(first.address.dsn(name), autocommit=True) as owner:
        since = tick(owner, None)
        window = build_console(both, qapp, folder=tmp_path, language="en")
        window.show()
        try:
            session = window.session
            session.feed.changed.connect(count)
            panel = window.show_workspace("queue")
            assert isinstance(panel, QueuePanel)
            rows = panel.live.model
            kept = report(dsn(first, "d1_operator1"))
            tick(owner, since)
            qtbot.waitUntil(lambda: rows.row_of(kept) is not None)
            with qtbot.waitSignal(session.feed.link_lost):
                first.stop()
            done: list[Ticket] = []
            session.submit(Call("note", {"text": "断线时写的"}, kept, 1), done.append)
            with qtbot.waitSignals([session.feed.link_up, session.feed.missed]):
                second.promote()
            qtbot.waitUntil(lambda: [ticket.version for ticket in done] == [2])
            later = report(dsn(second, "d1_operator1"))
            qtbot.waitUntil(lambda: rows.row_of(later) is not None)
            qtbot.waitUntil(lambda: rows.row_at(rows.row_of(kept)).version == 2)
        finally:
            window.close()
    with psycopg.connect(second.address.dsn(name)) as there:
        events = there.execute("select action from core.event where ticket_id = %s order by seq", [kept])
        assert [action for (action,) in events] == ["open", "note"]
    assert max(told.values()) == 1
    assert {kept, later} <= {ticket for ticket, _ in told}


def report(dsn: str) -> int:
    """Open a ticket at another desk."""
    with psycopg.connect(dsn, autocommit=True) as desk:
        row = desk.execute(
            "select id from api.open_ticket(gen_random_uuid(), %s::jsonb)", [REPORT]
        ).fetchone()
    assert row is not None
    return int(row[0])
