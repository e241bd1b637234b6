"""Every step of a ticket as an action of the console; the database decides when it is offered."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QT_TRANSLATE_NOOP

from console.kit.action import Action, Context
from console.ticket.action_keys import ACTION_KEYS
from console.ticket.in_hand import InHandPanel


def _is_offered(action: str, context: Context) -> bool:
    return isinstance(context.panel, InHandPanel) and context.panel.offers(action)


def _ask(action: str, context: Context) -> None:
    if isinstance(context.panel, InHandPanel):
        context.panel.ask(action)


def _act(name: str, text: object, help_line: object, shortcut: str = "") -> Action:
    return Action(
        f"ticket.{name}",
        str(text),
        str(help_line),
        partial(_ask, name),
        shortcut=shortcut,
        panel_key=ACTION_KEYS.get(name, ""),
        needs_link=True,
        enabled=partial(_is_offered, name),
    )


ACT_ACTIONS = (
    _act(
        "why_due",
        QT_TRANSLATE_NOOP("actions", "Why this deadline"),
        QT_TRANSLATE_NOOP("actions", "List every counted day with its notice"),
        "F4",
    ),
    _act(
        "reveal",
        QT_TRANSLATE_NOOP("actions", "Reveal the caller"),
        QT_TRANSLATE_NOOP("actions", "Show name and number once, with a reason that is registered"),
        "F6",
    ),
    _act(
        "attach",
        QT_TRANSLATE_NOOP("actions", "Add a file"),
        QT_TRANSLATE_NOOP("actions", "Add pictures, PDF or audio to the ticket"),
        "F7",
    ),
    _act(
        "print",
        QT_TRANSLATE_NOOP("actions", "Print the sheet"),
        QT_TRANSLATE_NOOP("actions", "Show the marked sheet in the desk's own program, which prints"),
        "Ctrl+P",
    ),
    _act(
        "pdf",
        QT_TRANSLATE_NOOP("actions", "Save the sheet as PDF"),
        QT_TRANSLATE_NOOP("actions", "Write the ticket's sheet, marked with person and time, to a file"),
        "Ctrl+Shift+P",
    ),
    _act(
        "answer_direct",
        QT_TRANSLATE_NOOP("actions", "Answer directly"),
        QT_TRANSLATE_NOOP("actions", "Answer at once from the knowledge base or a stated basis"),
    ),
    _act(
        "forward",
        QT_TRANSLATE_NOOP("actions", "Forward"),
        QT_TRANSLATE_NOOP("actions", "Pass an emergency or a legal matter to its own channel"),
    ),
    _act(
        "propose_refusal",
        QT_TRANSLATE_NOOP("actions", "Propose to refuse"),
        QT_TRANSLATE_NOOP("actions", "Say why it is not accepted; a supervisor confirms"),
    ),
    _act(
        "confirm_refusal",
        QT_TRANSLATE_NOOP("actions", "Confirm the refusal"),
        QT_TRANSLATE_NOOP("actions", "Refuse with the notice to the caller"),
    ),
    _act(
        "reject_refusal",
        QT_TRANSLATE_NOOP("actions", "Reject the refusal"),
        QT_TRANSLATE_NOOP("actions", "Send the proposal back to the operator"),
    ),
    _act(
        "merge",
        QT_TRANSLATE_NOOP("actions", "Merge into another"),
        QT_TRANSLATE_NOOP("actions", "Handle it together with another open ticket"),
    ),
    _act(
        "unmerge",
        QT_TRANSLATE_NOOP("actions", "Undo the merge"),
        QT_TRANSLATE_NOOP("actions", "Give a merged ticket its own life back"),
    ),
    _act(
        "accept",
        QT_TRANSLATE_NOOP("actions", "Accept"),
        QT_TRANSLATE_NOOP("actions", "Accept it; the unit is chosen later"),
    ),
    _act(
        "dispatch",
        QT_TRANSLATE_NOOP("actions", "Dispatch"),
        QT_TRANSLATE_NOOP("actions", "Send it to the responsible unit; the clocks start"),
    ),
    _act(
        "dispatch_coordinator",
        QT_TRANSLATE_NOOP("actions", "Dispatch to the coordinator"),
        QT_TRANSLATE_NOOP("actions", "Send it to the town when nobody is named"),
    ),
    _act(
        "special_report",
        QT_TRANSLATE_NOOP("actions", "Special report"),
        QT_TRANSLATE_NOOP("actions", "Ask a leader for an instruction"),
    ),
    _act(
        "instruct",
        QT_TRANSLATE_NOOP("actions", "Instruct"),
        QT_TRANSLATE_NOOP("actions", "Name the unit and the day as a leader"),
    ),
    _act(
        "return_special",
        QT_TRANSLATE_NOOP("actions", "Return the special report"),
        QT_TRANSLATE_NOOP("actions", "Give it back to be dispatched as usual"),
    ),
    _act(
        "set_assist",
        QT_TRANSLATE_NOOP("actions", "Set assisting units"),
        QT_TRANSLATE_NOOP("actions", "Name the units that must help, and by when"),
    ),
    _act(
        "hand_down",
        QT_TRANSLATE_NOOP("actions", "Hand down"),
        QT_TRANSLATE_NOOP("actions", "Pass it to a unit below mine"),
    ),
    _act(
        "hand_up",
        QT_TRANSLATE_NOOP("actions", "Hand up"),
        QT_TRANSLATE_NOOP("actions", "Pass it to the unit above mine"),
    ),
    _act(
        "return",
        QT_TRANSLATE_NOOP("actions", "Return"),
        QT_TRANSLATE_NOOP("actions", "Give it back with the basis and the right unit"),
    ),
    _act(
        "accept_return",
        QT_TRANSLATE_NOOP("actions", "Accept the return"),
        QT_TRANSLATE_NOOP("actions", "Take it back to be dispatched again"),
    ),
    _act(
        "refuse_return",
        QT_TRANSLATE_NOOP("actions", "Refuse the return"),
        QT_TRANSLATE_NOOP("actions", "Leave it with the unit, with the reason"),
    ),
    _act(
        "confer",
        QT_TRANSLATE_NOOP("actions", "Call a conference"),
        QT_TRANSLATE_NOOP("actions", "Bring a disputed ticket before the units"),
    ),
    _act(
        "designate",
        QT_TRANSLATE_NOOP("actions", "Designate"),
        QT_TRANSLATE_NOOP("actions", "Name the unit for good; it may not return it"),
    ),
    _act(
        "sign",
        QT_TRANSLATE_NOOP("actions", "Sign"),
        QT_TRANSLATE_NOOP("actions", "Take the ticket for my unit"),
    ),
    _act(
        "sign_for",
        QT_TRANSLATE_NOOP("actions", "Sign on behalf"),
        QT_TRANSLATE_NOOP("actions", "Sign in the name of the unit, recorded as such"),
    ),
    _act(
        "record_contact",
        QT_TRANSLATE_NOOP("actions", "Record the contact"),
        QT_TRANSLATE_NOOP("actions", "Record when and how the caller was contacted"),
    ),
    _act(
        "progress",
        QT_TRANSLATE_NOOP("actions", "Work note"),
        QT_TRANSLATE_NOOP("actions", "Write down a step of the work"),
    ),
    _act(
        "progress_answer",
        QT_TRANSLATE_NOOP("actions", "Report progress and answer"),
        QT_TRANSLATE_NOOP("actions", "Report a complex matter's progress and answer the caller"),
    ),
    _act(
        "assist_report",
        QT_TRANSLATE_NOOP("actions", "Assist report"),
        QT_TRANSLATE_NOOP("actions", "Report what my unit contributed"),
    ),
    _act(
        "ask_extension",
        QT_TRANSLATE_NOOP("actions", "Ask for extension"),
        QT_TRANSLATE_NOOP("actions", "Ask for more working days before the deadline"),
    ),
    _act(
        "approve_extension",
        QT_TRANSLATE_NOOP("actions", "Approve the extension"),
        QT_TRANSLATE_NOOP("actions", "Grant the working days asked for"),
    ),
    _act(
        "refuse_extension",
        QT_TRANSLATE_NOOP("actions", "Refuse the extension"),
        QT_TRANSLATE_NOOP("actions", "Leave the deadline as it is"),
    ),
    _act(
        "ask_hold",
        QT_TRANSLATE_NOOP("actions", "Ask for hold"),
        QT_TRANSLATE_NOOP("actions", "Ask to stop the clock for an objective cause"),
    ),
    _act(
        "approve_hold",
        QT_TRANSLATE_NOOP("actions", "Approve the hold"),
        QT_TRANSLATE_NOOP("actions", "Stop the clock until the review day"),
    ),
    _act(
        "refuse_hold",
        QT_TRANSLATE_NOOP("actions", "Refuse the hold"),
        QT_TRANSLATE_NOOP("actions", "Let the clock run on"),
    ),
    _act(
        "resume",
        QT_TRANSLATE_NOOP("actions", "Resume"),
        QT_TRANSLATE_NOOP("actions", "Let the clock run again"),
    ),
    _act(
        "feedback",
        QT_TRANSLATE_NOOP("actions", "Feedback"),
        QT_TRANSLATE_NOOP("actions", "Report what was done; the centre checks it"),
    ),
    _act(
        "propose_end",
        QT_TRANSLATE_NOOP("actions", "Propose to end"),
        QT_TRANSLATE_NOOP("actions", "Ask to end it without a solution"),
    ),
    _act(
        "approve_end",
        QT_TRANSLATE_NOOP("actions", "Approve the end"),
        QT_TRANSLATE_NOOP("actions", "End it as proposed"),
    ),
    _act(
        "approve_feedback",
        QT_TRANSLATE_NOOP("actions", "Approve the feedback"),
        QT_TRANSLATE_NOOP("actions", "Let the caller be called back"),
    ),
    _act(
        "close_no_callback",
        QT_TRANSLATE_NOOP("actions", "Close without callback"),
        QT_TRANSLATE_NOOP("actions", "Close it where no callback is due"),
    ),
    _act(
        "rework",
        QT_TRANSLATE_NOOP("actions", "Send back for rework"),
        QT_TRANSLATE_NOOP("actions", "Send it back with the defect named"),
    ),
    _act(
        "callback_attempt",
        QT_TRANSLATE_NOOP("actions", "Callback attempt"),
        QT_TRANSLATE_NOOP("actions", "Record a call nobody answered"),
    ),
    _act(
        "callback_result",
        QT_TRANSLATE_NOOP("actions", "Callback result"),
        QT_TRANSLATE_NOOP("actions", "Record whether it is solved and how satisfied the caller is"),
    ),
    _act(
        "callback_unreachable",
        QT_TRANSLATE_NOOP("actions", "Close as unreachable"),
        QT_TRANSLATE_NOOP("actions", "Close it after enough attempts"),
    ),
    _act(
        "propose_redo",
        QT_TRANSLATE_NOOP("actions", "Propose a redo"),
        QT_TRANSLATE_NOOP("actions", "Ask that it is done again"),
    ),
    _act(
        "approve_redo",
        QT_TRANSLATE_NOOP("actions", "Approve the redo"),
        QT_TRANSLATE_NOOP("actions", "Send it back with a short deadline"),
    ),
    _act(
        "refuse_redo",
        QT_TRANSLATE_NOOP("actions", "Refuse the redo"),
        QT_TRANSLATE_NOOP("actions", "Leave it as it is"),
    ),
    _act(
        "archive",
        QT_TRANSLATE_NOOP("actions", "Archive"),
        QT_TRANSLATE_NOOP("actions", "Put it into the archive, read-only"),
    ),
    _act(
        "void",
        QT_TRANSLATE_NOOP("actions", "Void"),
        QT_TRANSLATE_NOOP("actions", "Take it out with a reason; nothing is deleted"),
    ),
    _act(
        "follow_up",
        QT_TRANSLATE_NOOP("actions", "Open a follow-up"),
        QT_TRANSLATE_NOOP("actions", "Open a linked ticket for new facts"),
    ),
    _act(
        "withdraw",
        QT_TRANSLATE_NOOP("actions", "Withdraw"),
        QT_TRANSLATE_NOOP("actions", "Keep somebody with an interest away from it"),
    ),
    _act(
        "note",
        QT_TRANSLATE_NOOP("actions", "Note"),
        QT_TRANSLATE_NOOP("actions", "Write a remark into its history"),
    ),
    _act(
        "amend",
        QT_TRANSLATE_NOOP("actions", "Amend"),
        QT_TRANSLATE_NOOP("actions", "Correct title, category, place or urgency"),
    ),
)
