"""What happens to a demo ticket: one plot per state a district at work has tickets in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from db.seed import demo_texts as texts
from db.seed.demo_tale import DAY, Span, Tale


@dataclass(frozen=True)
class Plot:
    """A course of events: how many of it in 1,200 tickets, and how long ago its last step was."""

    weight: int
    tail: Span
    play: Callable[[Tale], None]
    may_be_urgent: bool = False
    is_below: bool = False  # plays in an area that has a desk, on a matter communities may be sent
    is_quiet: bool = False  # anonymous, or no reply wanted: nobody to call back


# ---------------------------------------------------------------------------------- open: intake and dispatch


def refusal_asked(tale: Tale) -> None:
    """Wait for the supervisor to confirm a refusal."""
    tale.open()
    tale.do(
        tale.operator,
        "propose_refusal",
        (0.2, 2),
        reason="not_ours",
        text="诉求事项发生在外区，建议告知诉求人向当地反映。",
    )


def triage(tale: Tale) -> None:
    """Wait to be dispatched."""
    tale.open()
    tale.do(tale.operator, "accept", (0.1, 1))
    if tale.random.random() < 0.3:
        tale.do(tale.operator, "note", (0.1, 0.5), text=tale.writer.one(texts.NOTES))


def special(tale: Tale) -> None:
    """Wait for the leader's instruction."""
    tale.open()
    tale.do(tale.operator, "special_report", (0.5, 3), report=tale.writer.one(texts.REPORTS))


def instructed(tale: Tale) -> None:
    """Work on a leader's instruction."""
    special(tale)
    tale.do(
        tale.cast.leader,
        "instruct",
        (1, 6),
        unit=tale.case.lead.unit_id,
        text="请牵头单位会同属地尽快研究处理，并报结果。",
    )
    tale.sign_and_contact()


def sent(tale: Tale) -> None:
    """Wait for the unit's signature."""
    tale.open()
    tale.dispatch()


def merged(tale: Tale) -> None:
    """Join the ticket that already runs on the same matter; the playing finds the main one."""
    tale.open()
    tale.do(tale.operator, "merge", (0.1, 0.6), main=None)


# --------------------------------------------------------------------------------------------- open: handling


def signed(tale: Tale) -> None:
    """Signed, the citizen not yet called."""
    sent(tale)
    tale.unit("sign", (0.2, 3))


def working(tale: Tale) -> None:
    """In work, the citizen called."""
    tale.start()


def handed_down(tale: Tale) -> None:
    """Hand it down from the town to its area."""
    tale.open()
    tale.dispatch(tale.case.town)
    tale.unit("sign", (0.2, 2))
    tale.unit("hand_down", (0.3, 2), unit=tale.case.area.unit_id, note="请管区先行核实处置。")
    tale.handler = tale.case.area
    tale.sign_and_contact()


def assisted(tale: Tale) -> None:
    """Two units at work."""
    tale.start()
    tale.do(
        tale.operator,
        "set_assist",
        (0.5, 3),
        assist=[tale.case.other.unit_id],
        by=tale.case.review_on.isoformat(),
    )


def extension_asked(tale: Tale) -> None:
    """Wait for the supervisor's word on an extension."""
    tale.start(is_complex=True)
    tale.unit(
        "ask_extension",
        (DAY, 2 * DAY),
        reason="complex",
        plan=tale.writer.one(texts.PLANS),
        workdays=tale.random.randint(2, 5),
        told=True,
    )


def extended(tale: Tale) -> None:
    """In work on a longer date."""
    extension_asked(tale)
    tale.do(tale.cast.supervisor, "approve_extension", (0.3, 3), text="同意延期，请按计划推进并告知诉求人。")


def hold_asked(tale: Tale) -> None:
    """Wait for the inspector's word on a hold."""
    tale.start()
    tale.unit(
        "ask_hold",
        (DAY, 2 * DAY),
        cause=tale.random.choice(("season", "engineering", "funds")),
        text=tale.writer.one(texts.HOLD_TEXTS),
        review_on=tale.case.review_on.isoformat(),
        told=True,
    )


def held(tale: Tale) -> None:
    """On hold until its review date."""
    hold_asked(tale)
    tale.do(tale.cast.inspector, "approve_hold", (0.5, 5), text="同意挂账，按期复查。")


def sent_again(tale: Tale) -> None:
    """Work in the right unit after a return."""
    tale.turned_back()
    tale.do(tale.cast.supervisor, "accept_return", (0.3, 3), text="退单理由成立，改派责任单位。")
    tale.dispatch()
    tale.sign_and_contact()


def return_refused(tale: Tale) -> None:
    """Work on after a return without reason."""
    tale.turned_back()
    tale.do(tale.cast.supervisor, "refuse_return", (0.3, 3), text="责任清单明确由你单位承办，请按期办理。")
    tale.contact()


def conference(tale: Tale) -> None:
    """Wait for the conference of the units in dispute."""
    tale.turned_back()
    tale.do(tale.cast.supervisor, "confer", (0.5, 4), text="两家单位对职责有争议，提交会商。")


def designated(tale: Tale) -> None:
    """In work by designation."""
    conference(tale)
    tale.handler = tale.case.town
    tale.do(
        tale.cast.inspector,
        "designate",
        (2, DAY),
        unit=tale.case.town.unit_id,
        minutes="会商明确由属地镇街牵头，相关单位配合。",
    )
    tale.sign_and_contact()


# ---------------------------------------------------------------------------------- open: review and callback


def review(tale: Tale) -> None:
    """Wait for the check of the feedback."""
    tale.start()
    tale.feedback((2, 2.5 * DAY))


def end_proposed(tale: Tale) -> None:
    """Wait for the centre to agree that handling ends."""
    tale.start()
    tale.unit(
        "propose_end",
        (3, DAY),
        end=tale.random.choice(("uncooperative", "withdrawn", "settled")),
        text="诉求人表示不再要求处理，已向其说明。",
        explained=True,
    )


def reworked(tale: Tale) -> None:
    """Sent back for a defect."""
    review(tale)
    tale.do(tale.operator, "rework", (0.5, 4), defect=tale.writer.one(texts.DEFECTS))


def to_call(tale: Tale) -> None:
    """Wait for the callback."""
    review(tale)
    tale.approve()


def tried_to_call(tale: Tale) -> None:
    """Try to call back, in vain so far."""
    to_call(tale)
    for _ in range(tale.random.randint(1, 2)):
        tale.attempt()


def redo_asked(tale: Tale) -> None:
    """Wait for a word on doing it again."""
    to_call(tale)
    tale.do(tale.caller, "propose_redo", (0.5, 4), reason=tale.writer.one(texts.UNHAPPY_NOTES))


def redone(tale: Tale) -> None:
    """Being done again."""
    redo_asked(tale)
    tale.do(tale.cast.inspector, "approve_redo", (0.5, 4), text="诉求合理，三个工作日内重办并回复。")


# ----------------------------------------------------------------------------------------------------- closed


def done(tale: Tale) -> None:
    """Close, not yet filed."""
    to_call(tale)
    tale.call_back()


def archived(tale: Tale) -> None:
    """Go the ordinary way, in time."""
    to_call(tale)
    tale.call_back()
    tale.archive()


def archived_quiet(tale: Tale) -> None:
    """Close after the check, with nobody to call."""
    review(tale)
    tale.do(tale.operator, "close_no_callback", (0.3, 5))
    tale.archive()


def archived_late(tale: Tale) -> None:
    """Answered after the red light."""
    tale.start()
    tale.feedback((5.5 * DAY, 9 * DAY))
    tale.finish()


def archived_extended(tale: Tale) -> None:
    """Answered within the longer date."""
    extended(tale)
    tale.feedback((2 * DAY, 4 * DAY))
    tale.finish()


def archived_after_return(tale: Tale) -> None:
    """Answered by the second unit."""
    sent_again(tale)
    tale.feedback((3, 2 * DAY))
    tale.finish()


def archived_below(tale: Tale) -> None:
    """Settled where it arose."""
    handed_down(tale)
    tale.feedback((2, 2 * DAY))
    tale.finish()


def archived_redone(tale: Tale) -> None:
    """Settled at the second attempt."""
    redone(tale)
    tale.feedback((3, 2 * DAY))
    tale.finish()


def archived_answer(tale: Tale) -> None:
    """Answered on the phone."""
    tale.open()
    tale.do(
        tale.operator,
        "answer_direct",
        (0.05, 0.3),
        basis="政策知识库（演示）",
        answer=tale.writer.one(texts.ANSWERS),
    )
    tale.archive()


def archived_forward(tale: Tale) -> None:
    """Put through to an emergency line or the legal way."""
    tale.open()
    tale.do(
        tale.operator,
        "forward",
        (0.02, 0.2),
        target=tale.random.choice(("p110", "litigation", "arbitration", "petition")),
        told=True,
    )
    tale.archive()


def archived_refusal(tale: Tale) -> None:
    """Refused with a reason."""
    refusal_asked(tale)
    tale.do(
        tale.cast.supervisor,
        "confirm_refusal",
        (0.3, 3),
        notice="您反映的事项不属于本区受理范围，请向事发地反映。",
    )
    tale.archive()


def archived_unreached(tale: Tale) -> None:
    """Close because nobody answers."""
    to_call(tale)
    for _ in range(3):
        tale.attempt()
    tale.do(tale.caller, "callback_unreachable", (1, 4), note="三次回访均未接通。")
    tale.archive()


def voided(tale: Tale) -> None:
    """Entered by mistake."""
    tale.open()
    tale.do(tale.cast.supervisor, "void", (0.3, 2), reason="重复录入，保留首张工单。")


PLOTS = (
    Plot(30, (0.02, 3), Tale.open, may_be_urgent=True),
    Plot(4, (0.1, 3), Tale.open, is_quiet=True),
    Plot(5, (0.1, 4), refusal_asked),
    Plot(20, (0.05, 4), triage),
    Plot(6, (0.5, 9), special),
    Plot(5, (0.5, DAY), instructed),
    Plot(38, (0.05, 4), sent, may_be_urgent=True),
    Plot(6, (1.2 * DAY, 2 * DAY), sent),
    Plot(11, (0.1, 6), merged),
    Plot(28, (0.1, 4), signed),
    Plot(8, (1.6 * DAY, 3 * DAY), signed),
    Plot(60, (0.1, 1.5 * DAY), working),
    Plot(6, (0.1, 1.5 * DAY), working, is_quiet=True),
    Plot(30, (3.3 * DAY, 4.2 * DAY), working),
    Plot(36, (6 * DAY, 16 * DAY), working),
    Plot(12, (0.1, DAY), handed_down, is_below=True),
    Plot(10, (0.2, DAY), assisted),
    Plot(10, (0.1, 4), extension_asked),
    Plot(20, (0.2, 2 * DAY), extended),
    Plot(6, (0.1, 5), hold_asked),
    Plot(22, (DAY, 20 * DAY), held),
    Plot(11, (0.1, 5), Tale.turned_back),
    Plot(8, (0.1, 2 * DAY), sent_again),
    Plot(5, (0.1, DAY), return_refused),
    Plot(5, (0.2, 6), conference),
    Plot(6, (0.2, 2 * DAY), designated),
    Plot(25, (0.1, 7), review),
    Plot(4, (0.2, 6), end_proposed),
    Plot(7, (0.2, DAY), reworked),
    Plot(18, (0.1, 7), to_call),
    Plot(9, (0.1, 5), tried_to_call),
    Plot(4, (0.1, 5), redo_asked),
    Plot(5, (0.2, DAY), redone),
    Plot(30, (0.1, 6), done, may_be_urgent=True),
    Plot(390, (0.2, 34 * DAY), archived, may_be_urgent=True),
    Plot(50, (0.2, 34 * DAY), archived_quiet, is_quiet=True),
    Plot(60, (0.2, 26 * DAY), archived_late),
    Plot(35, (0.2, 26 * DAY), archived_extended),
    Plot(40, (0.2, 28 * DAY), archived_after_return),
    Plot(30, (0.2, 30 * DAY), archived_below, is_below=True),
    Plot(15, (0.2, 26 * DAY), archived_redone),
    Plot(85, (0.2, 38 * DAY), archived_answer),
    Plot(25, (0.2, 38 * DAY), archived_forward),
    Plot(20, (0.2, 36 * DAY), archived_refusal),
    Plot(15, (0.2, 30 * DAY), archived_unreached),
    Plot(6, (0.2, 30 * DAY), voided),
)
