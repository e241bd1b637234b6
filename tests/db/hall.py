"""A hall at work: demo persons act on tickets through their own logins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.rows import DictRow, dict_row
from psycopg.types.json import Jsonb

Row = dict[str, Any]
Step = tuple[str, str]

OPERATOR, SUPERVISOR, INSPECTOR = "d1_operator1", "d1_supervisor1", "d1_inspector1"
LEADER, CALLBACK, WORKER = "d1_leader1", "d1_callback1", "d1_worker"
DEPT, OTHER_DEPT, TOWN, AREA = "d1_dept01", "d1_dept02", "d1_town01", "d1_area001"


class Hall:
    """Connections of persons, and tickets brought to wherever a test needs them."""

    def __init__(self, owner_dsn: str, person_dsn: Callable[[str], str]) -> None:
        self._person_dsn = person_dsn
        self._desks: dict[str, psycopg.Connection[DictRow]] = {}
        self.owner = psycopg.connect(owner_dsn, autocommit=True, row_factory=dict_row)
        self.unit = {
            row["login"]: row["unit_id"] for row in self.rows("select login, unit_id from core.staff")
        }
        self.place = self.value(
            """select g.id from core.territory g join core.unit u on u.territory_id = g.area_id
               where u.id = %s and g.level = 4 order by g.code limit 1""",
            self.unit[AREA],
        )
        self.community_category, self.category = (
            self.value(
                """select id from core.category
                   where district_id = 1 and level = 3 and not is_emergency and for_community = %s
                   and code !~ '^06' order by code limit 1""",
                listed,
            )
            for listed in (True, False)
        )

    def close(self) -> None:
        """Close every connection."""
        for connection in (self.owner, *self._desks.values()):
            connection.close()

    def desk(self, login: str) -> psycopg.Connection[DictRow]:
        """Return the person's own connection."""
        if login not in self._desks:
            self._desks[login] = psycopg.connect(
                self._person_dsn(login), autocommit=True, row_factory=dict_row
            )
        return self._desks[login]

    def rows(self, query: str, *values: object) -> list[Row]:
        """Ask as the owner."""
        return self.owner.execute(query, values).fetchall()

    def value(self, query: str, *values: object) -> Any:
        """Ask the owner for one value."""
        return next(iter(self.rows(query, *values)[0].values()))

    def make_months(self, back: int) -> None:
        """Make room for tickets inserted as of the last months."""
        now = "(now() at time zone 'Asia/Shanghai')"
        months = f"select core.ensure_month(({now} - make_interval(months => n))::date)"
        self.rows(months + " from generate_series(0, %s) n", back)

    def ticket(self, ticket_id: int) -> Row:
        """Return the row as it stands in core."""
        return self.rows("select * from core.ticket where id = %s", ticket_id)[0]

    def open(self, login: str = OPERATOR, *, key: UUID | None = None, **changed: object) -> Row:
        """Open a ticket; `changed` replaces or adds fields of the payload."""
        payload = self.opening() | changed
        return self.call(login, "select * from api.open_ticket(%s, %s)", key or uuid4(), Jsonb(payload))[0]

    def opening(self) -> Row:
        """Return a payload that opens a ticket."""
        return {
            "kind": "complaint",
            "channel": "phone",
            "title": "路灯不亮",
            "body": "小区门口的路灯三天不亮了。",
            "category_id": self.category,
            "place_id": self.place,
            "caller": {"name": "测试人甲", "phone": "13800000001"},
        }

    def act(
        self,
        login: str,
        ticket_id: int,
        action: str,
        *,
        version: int | None = None,
        key: UUID | None = None,
        payload: Row | None = None,
    ) -> Row:
        """Act with a payload that suits the action unless one is given; on the current version likewise."""
        if version is None:
            version = self.value("select version from core.ticket where id = %s", ticket_id)
        return self.call(
            login,
            "select * from api.act(%s, %s, %s, %s, %s)",
            ticket_id,
            action,
            version,
            key or uuid4(),
            Jsonb(self.payload(action) if payload is None else payload),
        )[0]

    def play(
        self, login: str, ticket_id: int | None, action: str, at: datetime, payload: Row | None = None
    ) -> Row:
        """Let a person have acted at a moment of the past, as the demo is seeded; no ticket: open one."""
        actor = "(select s from core.staff s where s.login = %s)"
        if ticket_id is None:
            query = f"select * from core.create_ticket({actor}, %s, null, %s)"
            return self.rows(query, login, at, Jsonb(self.opening() | (payload or {})))[0]
        query = f"select * from core.perform(%s, %s, {actor}, %s, null, null, %s)"
        given = self.payload(action) if payload is None else payload
        return self.rows(query, ticket_id, action, login, at, Jsonb(given))[0]

    def refused(self, login: str, ticket_id: int, action: str, payload: Row | None = None) -> tuple[str, str]:
        """Act, expect a refusal, and return its SQLSTATE and code."""
        version = self.ticket(ticket_id)["version"]
        with pytest.raises(psycopg.Error) as refusal:
            self.act(login, ticket_id, action, payload=payload)
        assert self.ticket(ticket_id)["version"] == version
        return str(refusal.value.sqlstate), str(refusal.value.diag.constraint_name)

    def call(self, login: str, query: str, *values: object) -> list[Row]:
        """Run a query at a person's desk."""
        return self.desk(login).execute(query, values).fetchall()

    def reveal(self, login: str, ticket_id: int, reason: str = "核对地址") -> Row:
        """Ask who called, for the register and then for the identity."""
        asked = "select api.reveal(%s, %s) as identity"
        self.call(login, asked, ticket_id, reason)
        identity: Row = self.call(login, asked, ticket_id, reason)[0]["identity"]
        return identity

    def allowed(self, login: str, ticket_id: int) -> set[str]:
        """Return what the person is offered."""
        return {row["action"] for row in self.call(login, "select action from api.allowed(%s)", ticket_id)}

    def sees(self, login: str, ticket_id: int) -> bool:
        """Tell whether the person's view shows the ticket."""
        return bool(self.call(login, "select from api.tickets where id = %s", ticket_id))

    def payload(self, action: str) -> Row:
        """Return a payload that is in order for the action."""
        soon = (datetime.now(UTC).date() + timedelta(days=20)).isoformat()
        text = "说明"
        return {
            "answer_direct": {"basis": "条例第十条", "answer": text},
            "forward": {"target": "p110", "told": True},
            "propose_refusal": {"reason": "not_ours", "text": text},
            "confirm_refusal": {"notice": text},
            "reject_refusal": {"text": text},
            "unmerge": {"reason": text},
            "dispatch": {"unit": self.unit[DEPT], "basis": "责任清单"},
            "dispatch_coordinator": {"note": text},
            "special_report": {"report": text},
            "instruct": {"text": text, "unit": self.unit[DEPT]},
            "return_special": {"text": text},
            "sign_for": {"note": text},
            "return": {"basis": self.code("return"), "text": text, "suggested_unit": self.unit[OTHER_DEPT]},
            "accept_return": {"text": text, "misdirected": True},
            "refuse_return": {"text": text},
            "confer": {"text": text},
            "designate": {"unit": self.unit[DEPT], "minutes": text},
            "set_assist": {"assist": [self.unit[OTHER_DEPT]], "by": soon},
            "assist_report": {"text": text, "done": True},
            "hand_down": {"unit": self.unit[AREA]},
            "hand_up": {"reason": text},
            "record_contact": {"how": "phone", "text": text},
            "progress": {"text": text},
            "progress_answer": {"text": text, "answer": text},
            "ask_extension": {"reason": "complex", "plan": text, "workdays": 3, "told": True},
            "refuse_extension": {"text": text},
            "ask_hold": {"cause": "season", "text": text, "review_on": soon, "told": True},
            "refuse_hold": {"text": text},
            "feedback": {"done": text, "contacted_at": datetime.now(UTC).isoformat(), "solved": True},
            "propose_end": {"end": "settled", "text": text, "explained": True},
            "rework": {"defect": text},
            "callback_attempt": {"note": text},
            "callback_result": {"solved": True, "satisfaction": "satisfied"},
            "callback_unreachable": {"note": text},
            "propose_redo": {"reason": text},
            "approve_redo": {"text": text},
            "refuse_redo": {"text": text},
            "void": {"reason": text},
            "follow_up": {"title": "又坏了", "body": text},
            "withdraw": {"reason": text},
            "note": {"text": text},
            "amend": {"title": "路灯仍不亮", "reason": text},
        }.get(action, {})

    def code(self, reason_list: str) -> str:
        """Return some code of a reason list."""
        return str(self.value("select min(code) from core.reason where list = %s", reason_list))

    def through(self, ticket_id: int, *steps: Step) -> int:
        """Let persons act one after another; return the ticket's id."""
        for login, action in steps:
            self.act(login, ticket_id, action)
        return ticket_id

    def at(self, name: str) -> int:
        """Make a ticket that stands at the named point of its life."""
        make = getattr(self, f"_at_{name}", None)
        return int(make()) if make else self.through(self.open()["id"], *PATHS[name])

    def _at_work_long_extension(self) -> int:
        ticket = self.at("work")
        self.act(DEPT, ticket, "ask_extension", payload=self.payload("ask_extension") | {"workdays": 10})
        return ticket

    def _at_work_complex(self) -> int:
        ticket = self.open()["id"]
        self.act(OPERATOR, ticket, "dispatch", payload={"unit": self.unit[DEPT], "complex": True})
        return self.through(ticket, (DEPT, "sign"))

    def _at_sent_area(self) -> int:
        ticket = self.open(category_id=self.community_category)["id"]
        self.act(OPERATOR, ticket, "dispatch", payload={"unit": self.unit[AREA]})
        return int(ticket)

    def _at_work_area(self) -> int:
        return self.through(self.at("sent_area"), (AREA, "sign"))

    def _at_sent_town(self) -> int:
        return self.through(
            self.open(category_id=self.community_category)["id"], (OPERATOR, "dispatch_coordinator")
        )

    def _at_work_town(self) -> int:
        return self.through(self.at("sent_town"), (TOWN, "sign"))

    def _at_hold_today(self) -> int:
        ticket = self.at("work")
        zone_today = date.fromisoformat(
            self.value("select (now() at time zone tz)::date::text from core.district where id = 1")
        )
        asked = self.payload("ask_hold") | {"review_on": zone_today.isoformat()}
        self.act(DEPT, ticket, "ask_hold", payload=asked)
        return self.through(ticket, (LEADER, "approve_hold"))

    def _at_review_silent(self) -> int:
        return self.through(self.open(wants_reply=False)["id"], *PATHS["review"])

    def _at_merged(self) -> int:
        return self._merged(self.open()["id"], self.at("work"))

    def _at_merged_ready(self) -> int:
        return self._merged_ready(self.open()["id"])

    def _at_merged_silent(self) -> int:
        return self._merged_ready(self.open(wants_reply=False)["id"])

    def _at_merged_tried(self) -> int:
        return self.through(self.at("merged_ready"), *3 * [(CALLBACK, "callback_attempt")])

    def _merged(self, ticket: int, main: int) -> int:
        self.act(OPERATOR, ticket, "merge", payload={"main": main})
        return ticket

    def _merged_ready(self, ticket: int) -> int:
        main = self.at("review")
        self._merged(ticket, main)
        self.through(main, (OPERATOR, "approve_feedback"))
        return ticket


_SENT: list[Step] = [(OPERATOR, "accept"), (OPERATOR, "dispatch")]
_WORK: list[Step] = [*_SENT, (DEPT, "sign")]
_CONTACTED: list[Step] = [*_WORK, (DEPT, "record_contact")]
_REVIEW: list[Step] = [*_CONTACTED, (DEPT, "feedback")]
_CALLBACK: list[Step] = [*_REVIEW, (OPERATOR, "approve_feedback")]
_CONFER: list[Step] = [*_SENT, (DEPT, "return"), (SUPERVISOR, "confer")]

PATHS: dict[str, list[Step]] = {
    "new": [],
    "new_refusal": [(OPERATOR, "propose_refusal")],
    "triage": [(OPERATOR, "accept")],
    "special": [(OPERATOR, "special_report")],
    "sent": _SENT,
    "sent_designated": [*_CONFER, (INSPECTOR, "designate")],
    "work": _WORK,
    "work_contacted": _CONTACTED,
    "work_assist": [*_WORK, (OPERATOR, "set_assist")],
    "work_extension": [*_WORK, (DEPT, "ask_extension")],
    "work_hold": [*_WORK, (DEPT, "ask_hold")],
    "return": [*_SENT, (DEPT, "return")],
    "confer": _CONFER,
    "sent_assist": [*_SENT, (OPERATOR, "set_assist")],
    "hold_assist": [*_WORK, (OPERATOR, "set_assist"), (DEPT, "ask_hold"), (INSPECTOR, "approve_hold")],
    "review": _REVIEW,
    "review_end": [*_WORK, (DEPT, "propose_end")],
    "callback": _CALLBACK,
    "callback_tried": [*_CALLBACK, *3 * [(CALLBACK, "callback_attempt")]],
    "callback_redo": [*_CALLBACK, (CALLBACK, "propose_redo")],
    "done": [(OPERATOR, "answer_direct")],
    "refused": [(OPERATOR, "propose_refusal"), (SUPERVISOR, "confirm_refusal")],
    "forwarded": [(OPERATOR, "forward")],
    "void": [(SUPERVISOR, "void")],
    "archived": [(OPERATOR, "answer_direct"), (OPERATOR, "archive")],
}
POINTS = (
    *PATHS,
    *(name.removeprefix("_at_") for name in vars(Hall) if name.startswith("_at_")),
)
