"""One ticket between two desks, each a process of its own: what one does the other sees."""

from collections.abc import Callable

import psycopg
from desks import DeskProcess

OPERATOR, UNIT = "d1_operator1", "d1_town01"


def test_ticket_goes_from_desk_to_desk_and_each_sees_it(
    open_desk: Callable[[str], DeskProcess], owner: psycopg.Connection
) -> None:
    operator, unit = open_desk(OPERATOR), open_desk(UNIT)
    opened = operator.order("register", phone="13900000011", title="路灯不亮", words="南门的路灯坏了三天。")
    ticket = opened["id"]
    assert opened["state"] == "NEW"
    operator.order("act", ticket=ticket, action="dispatch", unit=unit_of(owner, UNIT))
    unit.order("see", ticket=ticket, state="SENT")
    unit.order("act", ticket=ticket, action="sign")
    operator.order("see", ticket=ticket, state="WORK")
    unit.order("act", ticket=ticket, action="record_contact", how="phone", text="约好今晚查看。")
    unit.order("act", ticket=ticket, action="feedback", done="已更换灯泡。")
    operator.order("see", ticket=ticket, state="REVIEW")
    operator.order("act", ticket=ticket, action="approve_feedback", text="属实。")
    unit.order("see", ticket=ticket, state="CALLBACK")
    rows = owner.execute("select actor, action from core.event where ticket_id = %s order by seq", [ticket])
    assert rows.fetchall() == [
        (OPERATOR, "open"),
        (OPERATOR, "dispatch"),
        (UNIT, "sign"),
        (UNIT, "record_contact"),
        (UNIT, "feedback"),
        (OPERATOR, "approve_feedback"),
    ]


def unit_of(owner: psycopg.Connection, login: str) -> tuple[str, int]:
    """Return what finds a person's unit in a picker: its initials and its id."""
    row = owner.execute(
        "select u.initials, u.id from core.staff s join core.unit u on u.id = s.unit_id where s.login = %s",
        [login],
    ).fetchone()
    assert row is not None
    return row[0], row[1]
