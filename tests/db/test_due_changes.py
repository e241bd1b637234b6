"""What moves a due moment: extension, hold, redo, return, a late notice, a setting, a policy."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from hall import CALLBACK, DEPT, INSPECTOR, OPERATOR, SUPERVISOR, Hall
from moments import end_of, local, value
from psycopg.types.json import Jsonb
from test_calendar_load import NEW_YEAR

from db.admin.calendar import load_notice, read_notice
from db.admin.verify import verify_clocks

SECOND = timedelta(seconds=1)


def dispatched(connection: psycopg.Connection[Any], at: datetime) -> int:
    """Open and dispatch a ticket at a given moment; return its id."""
    staff = "(select s from core.staff s where s.login = 'd1_operator1')"
    payload = {
        "kind": "complaint",
        "channel": "phone",
        "title": "路灯不亮",
        "body": "三天不亮了。",
        "no_place": True,
        "caller": {"anonymous": True},
    }
    ticket = value(
        connection, f"select (core.create_ticket({staff}, %s, %s, %s)).id", at, uuid4(), Jsonb(payload)
    )
    unit = value(connection, "select unit_id from core.staff where login = 'd1_dept01'")
    connection.execute(
        f"select core.perform(%s, 'dispatch', {staff}, %s, null, null, %s)",
        [ticket, at, Jsonb({"unit": unit})],
    )
    return int(ticket)


def due(hall: Hall, start: datetime, workdays: int) -> datetime:
    """Count working days as the database does."""
    found: datetime = hall.value("select core.workday_due(%s, %s, '{}', 1::smallint)", start, workdays)
    return found


def test_extension_moves_the_answer_and_not_the_contact(hall: Hall) -> None:
    ticket = hall.at("work_extension")
    before = hall.ticket(ticket)
    hall.act(SUPERVISOR, ticket, "approve_extension")
    after = hall.ticket(ticket)
    assert after["answer_due_at"] == due(hall, before["answer_from"], 8)
    assert after["contact_due_at"] == before["contact_due_at"]


def test_hold_stops_the_clock_and_resume_lets_it_run(hall: Hall) -> None:
    ticket = hall.at("work_hold")
    before = hall.ticket(ticket)
    hall.act(INSPECTOR, ticket, "approve_hold")
    held = hall.ticket(ticket)
    assert (held["due_at"], held["answer_due_at"]) == (None, None)
    hall.act(SUPERVISOR, ticket, "resume")
    after = hall.ticket(ticket)
    assert after["held"] == hall.value(
        "select tstzmultirange(tstzrange(%s, %s))", held["updated_at"], after["updated_at"]
    )
    assert after["answer_due_at"] == before["answer_due_at"], "no working day ended in between"


def test_rework_resumes_the_clock_and_does_not_reset_it(hall: Hall) -> None:
    ticket = hall.at("review")
    before = hall.ticket(ticket)
    assert before["due_at"] is None
    hall.act(OPERATOR, ticket, "rework")
    assert hall.ticket(ticket)["due_at"] == before["answer_due_at"]


def test_redo_has_three_working_days_of_its_own(hall: Hall) -> None:
    ticket = hall.through(hall.at("callback"), (CALLBACK, "propose_redo"), (SUPERVISOR, "approve_redo"))
    row = hall.ticket(ticket)
    assert row["due_at"] == due(hall, row["updated_at"], 3)


def test_accepted_return_restarts_contact_and_never_the_answer(hall: Hall) -> None:
    ticket = hall.at("return")
    before = hall.ticket(ticket)
    hall.act(OPERATOR, ticket, "accept_return")
    between = hall.ticket(ticket)
    assert (between["contact_due_at"], between["due_at"]) == (None, before["answer_due_at"])
    hall.act(OPERATOR, ticket, "dispatch")
    after = hall.ticket(ticket)
    assert after["contact_from"] == after["updated_at"]
    assert (after["answer_from"], after["answer_due_at"]) == (before["answer_from"], before["answer_due_at"])


def test_late_notice_is_previewed_then_moves_and_logs(scratch: psycopg.Connection) -> None:
    ticket = dispatched(scratch, local("2026-12-29T10:00:00"))
    notice = read_notice(NEW_YEAR)
    row = "select answer_due_at, due_provisional, version from core.ticket where id = %s"
    before = scratch.execute(row, [ticket]).fetchone()
    assert before == (end_of("2027-01-05"), True, 2)

    previewed = load_notice(scratch, notice, dry_run=True)
    assert [(move.clock, move.old_due_at, move.new_due_at) for move in previewed] == [
        ("answer", end_of("2027-01-05"), end_of("2027-01-07"))
    ]
    assert scratch.execute(row, [ticket]).fetchone() == before

    assert load_notice(scratch, notice) == previewed
    assert scratch.execute(row, [ticket]).fetchone() == (end_of("2027-01-07"), False, 3)
    logged = scratch.execute(
        "select cause, clock, old_due_at, new_due_at from audit.due_change where ticket_id = %s", [ticket]
    ).fetchall()
    assert logged == [(notice.title, "answer", end_of("2027-01-05"), end_of("2027-01-07"))]
    assert (
        value(scratch, "select action from core.event where ticket_id = %s and seq = 3", ticket)
        == "recompute"
    )
    assert load_notice(scratch, notice) == []


def test_red_before_a_notice_stays_red_since(scratch: psycopg.Connection) -> None:
    ticket = dispatched(scratch, local("2026-09-01T10:00:00"))
    rest = [
        {"name": "试验", "date": f"2026-{month:02}-{day:02}", "isOffDay": True}
        for month in (9, 10)
        for day in range(1, 31)
    ]
    load_notice(scratch, read_notice(json.dumps({"year": 2026, "days": rest})))
    due_at, red_since = scratch.execute(
        "select answer_due_at, red_since from core.ticket where id = %s", [ticket]
    ).fetchone() or (None, None)
    assert due_at == end_of("2026-11-06")
    assert red_since == end_of("2026-09-02") + SECOND, "the contact clock had turned red"


def test_verify_clocks_accepts_a_moved_ticket_and_finds_a_false_one(scratch: psycopg.Connection) -> None:
    ticket = dispatched(scratch, local("2026-12-29T10:00:00"))
    load_notice(scratch, read_notice(NEW_YEAR))
    assert verify_clocks(scratch).mismatches == []
    scratch.execute(
        "update core.ticket set yellow_at = yellow_at + interval '1 second' where id = %s", [ticket]
    )
    report = verify_clocks(scratch)
    assert (report.checked, len(report.mismatches)) == (1, 1)
    assert report.mismatches[0]["what"].startswith("yellow_at")


def test_set_setting_moves_open_tickets_keeps_ended_clocks_and_logs(hall: Hall) -> None:
    ticket = hall.at("work_contacted")
    before = hall.ticket(ticket)
    told = hall.call(
        SUPERVISOR, "select api.set_setting('day_end', %s, 'office hours') as told", Jsonb("17:30")
    )[0]["told"]
    after = hall.ticket(ticket)
    assert told == {"moved": 1}
    assert after["contact_due_at"] == before["contact_due_at"]
    assert after["answer_due_at"] == before["answer_due_at"] - timedelta(hours=6, minutes=29, seconds=59)
    logged = hall.rows("select by_login, what, old_value, new_value, reason from audit.setting_change")
    assert logged == [
        {
            "by_login": SUPERVISOR,
            "what": "setting day_end",
            "old_value": "24:00",
            "new_value": "17:30",
            "reason": "office hours",
        }
    ]
    with psycopg.connect(hall.owner.info.dsn, password=hall.owner.info.password) as connection:
        assert verify_clocks(connection).mismatches == []


@pytest.mark.parametrize(
    ("login", "key", "given", "reason", "state"),
    [
        (OPERATOR, "day_end", "17:30", "why", "42501"),
        (SUPERVISOR, "day_end", "25:00", "why", "LD003"),
        (SUPERVISOR, "day_end", 17, "why", "LD003"),
        (SUPERVISOR, "no_such", 1, "why", "LD003"),
        (SUPERVISOR, "callback_attempts", -1, "why", "LD003"),
        (SUPERVISOR, "day_end", "17:30", " ", "LD003"),
    ],
)
def test_set_setting_refuses(
    hall: Hall, login: str, key: str, given: object, reason: str, state: str
) -> None:
    with pytest.raises(psycopg.Error) as refused:
        hall.call(login, "select api.set_setting(%s, %s, %s)", key, Jsonb(given), reason)
    assert refused.value.sqlstate == state


def test_set_policy_moves_running_clocks_and_keeps_granted_days(hall: Hall) -> None:
    plain, extended, done = hall.at("work"), hall.at("work_extension"), hall.at("review")
    hall.act(SUPERVISOR, extended, "approve_extension")
    before = hall.ticket(done)
    general = hall.value("select id from core.sla_policy where district_id = 1 and category_id is null")
    told = hall.call(
        SUPERVISOR, "select api.set_policy(%s, %s, 'trial') as told", general, Jsonb({"answer_workdays": 7})
    )[0]["told"]
    assert (told["answer_workdays"], told["moved"]) == (7, 2)
    assert hall.ticket(plain)["answer_due_at"] == due(hall, hall.ticket(plain)["answer_from"], 7)
    assert hall.ticket(extended)["answer_workdays"] == 10
    assert hall.ticket(done) == before
    [entry] = hall.call(SUPERVISOR, "select * from api.audit_entries where kind = 'policy'")
    assert (entry["login"], entry["subject"], entry["reason"]) == (SUPERVISOR, str(general), "trial")
    assert [entry["detail"][side]["answer_workdays"] for side in ("old", "new")] == [5, 7]


@pytest.mark.parametrize(
    "values",
    [{"answer_workdays": 0}, {"answer_hours": 3}, {"id": 9}, {"basis": ""}, {"contact_workdays": "x"}],
)
def test_set_policy_refuses_nonsense(hall: Hall, values: dict[str, object]) -> None:
    general = hall.value("select id from core.sla_policy where district_id = 1 and category_id is null")
    with pytest.raises(psycopg.Error) as refused:
        hall.call(SUPERVISOR, "select api.set_policy(%s, %s, 'trial')", general, Jsonb(values))
    assert refused.value.sqlstate == "LD003"


def test_explain_due_tells_days_policy_and_segments(hall: Hall) -> None:
    ticket = hall.at("work_hold")
    hall.act(INSPECTOR, ticket, "approve_hold")
    told = hall.call(DEPT, "select api.explain_due(%s) as told", ticket)[0]["told"]
    assert told["policy"]["basis"].startswith("1-5-10")
    assert told["contact"]["workdays"] == 1
    segments = [
        (part["clock"], part["state"], part["reason"], part["to"] is None) for part in told["segments"]
    ]
    assert segments == [
        ("answer", "running", "dispatch", False),
        ("answer", "held", "approve_hold", True),
        ("contact", "running", "dispatch", False),
        ("contact", "held", "approve_hold", True),
    ]


def test_explain_due_of_a_foreign_ticket_is_refused(hall: Hall) -> None:
    with pytest.raises(psycopg.Error) as refused:
        hall.call("d1_dept09", "select api.explain_due(%s)", hall.at("work"))
    assert refused.value.sqlstate == "LD004"


def test_api_due_counts_for_a_person_and_refuses_nonsense(hall: Hall) -> None:
    told = hall.call(DEPT, "select api.due(%s, 5) as told", local("2026-05-08T10:00:00"))[0]["told"]
    assert datetime.fromisoformat(told["due_at"]) == end_of("2026-05-14")
    with pytest.raises(psycopg.Error) as refused:
        hall.call(DEPT, "select api.due(now(), 0)")
    assert refused.value.sqlstate == "LD003"
