"""What each transition does to the ticket: legs, clocks, custody, people who must keep off."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from hall import AREA, CALLBACK, DEPT, INSPECTOR, LEADER, OPERATOR, OTHER_DEPT, SUPERVISOR, TOWN, Hall, Row

MONDAY = datetime(2026, 9, 7, 2, 0, tzinfo=UTC)  # 10:00 in the district; no holiday until 25 September


def day_end(day: date) -> datetime:
    """Return the last second of a day in the district."""
    return datetime(day.year, day.month, day.day, 15, 59, 59, tzinfo=UTC)


def dispatched(hall: Hall, **payload: object) -> int:
    """Open and dispatch a ticket on the Monday."""
    ticket = hall.play(OPERATOR, None, "open", MONDAY)["id"]
    hall.play(OPERATOR, ticket, "dispatch", MONDAY, {"unit": hall.unit[DEPT]} | payload)
    return int(ticket)


def after(workdays: int) -> datetime:
    """Return Monday plus some days of the weeks without holidays."""
    return MONDAY + timedelta(days=workdays + 2 * ((workdays) // 5))


def test_dispatch_starts_both_clocks_and_a_leg(hall: Hall) -> None:
    """Clocks start at dispatch, not at sign-off (D13): contact 1, answer 5 working days."""
    t = hall.ticket(dispatched(hall))
    assert (t["contact_from"], t["answer_from"], t["dispatched_at"]) == (MONDAY, MONDAY, MONDAY)
    assert t["contact_due_at"] == day_end(date(2026, 9, 8))
    assert t["answer_due_at"] == day_end(date(2026, 9, 14))
    assert t["due_at"] == t["contact_due_at"]
    assert (t["leg"], t["first_unit_id"], t["h_dept"]) == (1, hall.unit[DEPT], hall.unit[DEPT])


@pytest.mark.parametrize("restart", [True, False])
def test_accepted_return_keeps_the_handling_clock(hall: Hall, restart: bool) -> None:
    """The contact clock restarts for the new unit when asked for; the handling clock never (D3)."""
    ticket = dispatched(hall)
    hall.play(DEPT, ticket, "return", after(1))
    t = hall.play(SUPERVISOR, ticket, "accept_return", after(2), {"text": "是", "restart_contact": restart})
    assert (t["state"], t["handler_unit_id"], t["h_dept"]) == ("TRIAGE", None, None)
    t = hall.play(OPERATOR, ticket, "dispatch", after(3), {"unit": hall.unit[OTHER_DEPT]})
    assert (t["answer_from"], t["leg"], t["returns"]) == (MONDAY, 2, 1)
    assert t["contact_from"] == (after(3) if restart else MONDAY)
    assert t["first_unit_id"] == hall.unit[DEPT]
    legs = hall.rows("select leg, unit_id, from_at, to_at, ended_by from core.custody order by leg")
    assert [tuple(leg.values()) for leg in legs] == [
        (1, hall.unit[DEPT], MONDAY, after(2), "accept_return"),
        (2, hall.unit[OTHER_DEPT], after(3), None, None),
    ]


def test_return_after_two_working_days_is_refused(hall: Hall) -> None:
    """R205; the last moment of the second day is still in time."""
    ticket = dispatched(hall)
    late = day_end(date(2026, 9, 9)) + timedelta(seconds=1)
    with pytest.raises(psycopg.Error) as refusal:
        hall.play(DEPT, ticket, "return", late)
    assert refusal.value.diag.constraint_name == "return_limit"
    assert hall.play(DEPT, ticket, "return", late - timedelta(seconds=1))["state"] == "RETURN"


def test_extension_moves_the_answer_and_keeps_the_old_moment_in_history(hall: Hall) -> None:
    """T14: the old due moment stays in the events."""
    ticket = dispatched(hall)
    hall.play(DEPT, ticket, "sign", after(0))
    hall.play(DEPT, ticket, "ask_extension", after(1))
    t = hall.play(SUPERVISOR, ticket, "approve_extension", after(2), {})
    assert (t["answer_workdays"], t["extensions"], t["pending"], t["asked"]) == (8, 1, None, None)
    assert t["answer_due_at"] == day_end(date(2026, 9, 17))
    dues = hall.rows(
        "select facts->>'answer_due_at' d from core.event where facts ? 'answer_due_at' order by seq"
    )
    assert len([row for row in dues if row["d"]]) == 2


def test_extension_after_the_due_moment_is_refused(hall: Hall) -> None:
    """T14: the unit asks before due."""
    ticket = dispatched(hall)
    hall.play(DEPT, ticket, "sign", after(0))
    with pytest.raises(psycopg.Error) as refusal:
        hall.play(DEPT, ticket, "ask_extension", day_end(date(2026, 9, 14)) + timedelta(seconds=1))
    assert refusal.value.diag.constraint_name == "before_due"


def test_hold_stops_the_clock_and_resume_continues_it(hall: Hall) -> None:
    """T15, T16: no due moment while held; afterwards the days held do not count."""
    ticket = dispatched(hall)
    hall.play(DEPT, ticket, "sign", after(0))
    hall.play(DEPT, ticket, "record_contact", after(0))
    hall.play(DEPT, ticket, "ask_hold", after(1), hall.payload("ask_hold") | {"review_on": "2026-09-18"})
    t = hall.play(LEADER, ticket, "approve_hold", after(1), {})
    assert (t["state"], t["due_at"], t["hold_review_on"]) == ("HOLD", None, date(2026, 9, 18))
    t = hall.play(SUPERVISOR, ticket, "resume", after(3), {})
    assert (t["state"], t["hold_review_on"], t["answer_from"]) == ("WORK", None, MONDAY)
    assert [(span.lower, span.upper) for span in t["held"]] == [(after(1), after(3))]
    assert t["answer_due_at"] > day_end(date(2026, 9, 14))


def test_red_is_stamped_by_the_next_event_and_never_cleared(hall: Hall) -> None:
    """S47: the first red moment is a fact; a redo gives a new deadline, not a clean record."""
    ticket = dispatched(hall)
    hall.play(DEPT, ticket, "sign", after(0))
    t = hall.play(DEPT, ticket, "record_contact", after(0))
    red_at = t["red_at"]
    assert red_at == day_end(date(2026, 9, 14)) + timedelta(seconds=1)
    assert hall.play(DEPT, ticket, "progress", red_at - timedelta(seconds=1))["red_since"] is None
    assert hall.play(DEPT, ticket, "progress", after(7))["red_since"] == red_at
    hall.play(DEPT, ticket, "feedback", after(7), {"done": "修好"})
    hall.play(OPERATOR, ticket, "approve_feedback", after(8), {})
    hall.play(CALLBACK, ticket, "propose_redo", after(8))
    t = hall.play(SUPERVISOR, ticket, "approve_redo", after(9))
    assert (t["answer_from"], t["answer_workdays"], t["answered_at"]) == (after(9), 3, None)
    assert (t["red_since"], t["reworks"]) == (red_at, 1)
    assert t["due_at"] > after(9)


def test_rework_resumes_the_handling_clock(hall: Hall) -> None:
    """T19: it does not reset; the time under review does not count."""
    ticket = dispatched(hall)
    hall.play(DEPT, ticket, "sign", after(0))
    t = hall.play(DEPT, ticket, "feedback", after(1), {"done": "好", "contacted_at": MONDAY.isoformat()})
    assert (t["answered_at"], t["due_at"]) == (after(1), None)
    t = hall.play(INSPECTOR, ticket, "rework", after(2))
    assert (t["state"], t["answered_at"], t["answer_from"]) == ("WORK", None, MONDAY)
    assert t["due_at"] is not None
    assert [(span.lower, span.upper) for span in t["held"]] == [(after(1), after(2))]


def test_progress_answer_closes_the_clock_of_a_complex_ticket(hall: Hall) -> None:
    """D12: it ends the clock, not the ticket."""
    ticket = dispatched(hall, complex=True)
    hall.play(DEPT, ticket, "sign", after(0))
    hall.play(DEPT, ticket, "record_contact", after(0))
    t = hall.play(DEPT, ticket, "progress_answer", after(4))
    assert (t["state"], t["answered_at"], t["due_at"]) == ("WORK", after(4), None)
    t = hall.play(DEPT, ticket, "feedback", after(9), {"done": "好"})
    assert t["answered_at"] == after(4)


def test_instruction_sets_its_own_deadline(hall: Hall) -> None:
    """S45: the end of the day the leader names."""
    ticket = hall.play(OPERATOR, None, "open", MONDAY)["id"]
    hall.play(OPERATOR, ticket, "special_report", MONDAY)
    order = {"text": "速办", "unit": hall.unit[DEPT], "due_on": "2026-09-10"}
    t = hall.play(LEADER, ticket, "instruct", MONDAY, order)
    assert (t["track"], t["answer_fixed_at"]) == ("special", day_end(date(2026, 9, 10)))
    assert t["answer_due_at"] == t["answer_fixed_at"]


@pytest.mark.parametrize("start", ["new_refusal", "returned"])
def test_unmerge_restores_exactly_what_the_merge_changed(hall: Hall, start: str) -> None:
    """T5: every column, also a pending proposal and running clocks; a note in between stays."""
    ticket = hall.at("return") if start == "returned" else hall.at(start)
    if start == "returned":
        hall.through(ticket, (SUPERVISOR, "accept_return"))
    before = hall.ticket(ticket)
    main = hall.open()["id"]
    merged = hall.act(OPERATOR, ticket, "merge", payload={"main": main})
    assert (merged["state"], merged["main_ticket_id"], merged["due_at"]) == ("MERGED", main, None)
    hall.through(ticket, (OPERATOR, "note"), (SUPERVISOR, "unmerge"))
    assert without_steps(hall.ticket(ticket)) == without_steps(before)


def without_steps(row: Row) -> Row:
    """Leave out the columns that count events."""
    return {key: value for key, value in row.items() if key not in ("version", "updated_at")}


def test_merged_ticket_has_its_own_callback(hall: Hall) -> None:
    """T5, T20: dispatch is shared, satisfaction is not; first the main ticket must be answered."""
    main, ticket = hall.at("work"), hall.open()["id"]
    hall.act(OPERATOR, ticket, "merge", payload={"main": main})
    assert hall.refused(CALLBACK, ticket, "callback_result") == ("LD001", "main_answered")
    hall.through(main, (DEPT, "feedback"), (OPERATOR, "approve_feedback"))
    unhappy = {"solved": False, "satisfaction": "dissatisfied"}
    done = hall.act(CALLBACK, ticket, "callback_result", payload=unhappy)
    assert (done["state"], done["solved"], done["satisfaction"]) == ("DONE", False, "dissatisfied")
    assert (hall.ticket(main)["state"], hall.ticket(main)["satisfaction"]) == ("CALLBACK", None)


def test_merge_needs_another_open_ticket(hall: Hall) -> None:
    """Not itself, not a closed one, not one that is merged; and a main ticket stays a main ticket."""
    ticket, closed, merged = hall.open()["id"], hall.at("done"), hall.at("merged")
    for main in (ticket, closed, merged):
        assert hall.refused(OPERATOR, ticket, "merge", {"main": main}) == ("LD001", "main_open")
    other = hall.open()["id"]
    hall.act(OPERATOR, other, "merge", payload={"main": ticket})
    assert hall.refused(OPERATOR, ticket, "merge", {"main": hall.open()["id"]}) == ("LD001", "not_a_main")


def test_accused_unit_neither_receives_nor_sees_the_ticket(hall: Hall) -> None:
    """R902: not as handler, not as assistant, by no action, and its people find nothing."""
    accused = hall.unit[OTHER_DEPT]
    ticket = hall.open(accused_unit_id=accused)["id"]
    no = ("LD001", "accused_unit")
    assert hall.refused(OPERATOR, ticket, "dispatch", {"unit": accused}) == no
    assert hall.refused(OPERATOR, ticket, "dispatch", {"unit": hall.unit[DEPT], "assist": [accused]}) == no
    assert hall.act(OPERATOR, ticket, "dispatch")["state"] == "SENT"
    assert hall.refused(OPERATOR, ticket, "set_assist") == no
    hall.through(ticket, (DEPT, "return"), (SUPERVISOR, "confer"))
    designation = {"unit": accused, "minutes": "定"}
    assert hall.refused(SUPERVISOR, ticket, "designate", designation) == no
    assert hall.refused(OTHER_DEPT, ticket, "note") == ("LD004", "no_such_ticket")
    special = hall.open(accused_unit_id=accused)["id"]
    hall.through(special, (OPERATOR, "special_report"))
    assert hall.refused(LEADER, special, "instruct", {"text": "办", "unit": accused}) == no


def test_place_whose_coordinator_is_accused_needs_another_unit(hall: Hall) -> None:
    """T7 has the same guard."""
    ticket = hall.open(accused_unit_id=hall.unit[TOWN])["id"]
    refusal = hall.refused(OPERATOR, ticket, "dispatch_coordinator")
    assert refusal == ("LD001", "coordinator_accused")
    t = hall.through(hall.open()["id"], (OPERATOR, "dispatch_coordinator"))
    assert hall.ticket(t)["handler_unit_id"] == hall.unit[TOWN]


def test_withdrawn_person_is_kept_off_the_ticket(hall: Hall) -> None:
    """T26, R903: oneself, or another by a supervisor; colleagues go on."""
    ticket = hall.open()["id"]
    assert hall.refused(OPERATOR, ticket, "withdraw", {"staff": "d1_operator2", "reason": "亲属"}) == (
        "LD001",
        "withdraw_self",
    )
    hall.act(SUPERVISOR, ticket, "withdraw", payload={"staff": OPERATOR, "reason": "亲属"})
    assert not hall.sees(OPERATOR, ticket)
    assert hall.refused(OPERATOR, ticket, "accept") == ("LD004", "no_such_ticket")
    assert hall.act("d1_operator2", ticket, "accept")["state"] == "TRIAGE"
    own = hall.open()["id"]
    assert hall.act(OPERATOR, own, "withdraw")["id"] == own
    assert not hall.sees(OPERATOR, own)


def test_follow_up_opens_a_linked_ticket_with_the_same_caller(hall: Hall) -> None:
    """T24: the archived one stays as it is."""
    old = hall.at("archived")
    assert hall.act(OPERATOR, old, "follow_up")["state"] == "ARCHIVED"
    new = hall.rows("select * from core.ticket where follows_ticket_id = %s", old)[0]
    assert (new["state"], new["title"], new["place_id"]) == ("NEW", "又坏了", hall.place)
    phones = hall.rows("select distinct phone from core.caller where ticket_id in (%s, %s)", old, new["id"])
    assert phones == [{"phone": "13800000001"}]


def test_superior_unit_acts_for_its_branch_and_strangers_see_nothing(hall: Hall) -> None:
    """A town may sign what its area holds; a neighbouring town may not even see it."""
    ticket = hall.at("sent_area")
    assert hall.refused("d1_town02", ticket, "sign") == ("LD004", "no_such_ticket")
    assert hall.act(TOWN, ticket, "sign")["state"] == "WORK"


def test_hand_down_and_up_make_legs_in_the_tree(hall: Hall) -> None:
    """S53, S62: the clocks go on, custody tells the way."""
    ticket = hall.at("work_town")
    start = hall.ticket(ticket)["answer_from"]
    hall.through(ticket, (TOWN, "hand_down"), (AREA, "hand_up"), (TOWN, "hand_up"))
    t = hall.ticket(ticket)
    assert (t["state"], t["handler_unit_id"], t["leg"], t["answer_from"]) == ("TRIAGE", None, 3, start)
    chain = hall.rows("select unit_id, ended_by from core.custody where ticket_id = %s order by leg", ticket)
    assert [tuple(leg.values()) for leg in chain] == [
        (hall.unit[TOWN], "hand_down"),
        (hall.unit[AREA], "hand_up"),
        (hall.unit[TOWN], "hand_up"),
    ]


def test_community_gets_only_what_is_on_its_list(hall: Hall) -> None:
    """S90, R110."""
    to_area = {"unit": hall.unit[AREA]}
    assert hall.refused(OPERATOR, hall.open()["id"], "dispatch", to_area) == ("LD001", "community_list")
    listed = hall.open(category_id=hall.community_category)["id"]
    assert hall.act(OPERATOR, listed, "dispatch", payload=to_area)["state"] == "SENT"


def test_time_does_not_go_back(hall: Hall) -> None:
    """Seeding the past keeps the order of events."""
    ticket = dispatched(hall)
    with pytest.raises(psycopg.Error) as refusal:
        hall.play(DEPT, ticket, "sign", MONDAY - timedelta(seconds=1))
    assert refusal.value.diag.constraint_name == "time_goes_back"


def test_request_dies_with_its_state(hall: Hall) -> None:
    """A unit that gives feedback needs its extension no more."""
    ticket = hall.at("work_extension")
    assert hall.ticket(ticket)["asked"]["workdays"] == 3
    t = hall.act(DEPT, ticket, "feedback")
    assert (t["pending"], hall.ticket(ticket)["asked"]) == (None, None)
