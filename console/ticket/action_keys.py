"""One key per action on a ticket's page; unique among the actions of every state."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from console.kit.keys import bind_key

REGISTER_KEY = "Alt+G"  # of the intake form, which has no ticket yet
ACTION_KEYS = {
    # intake and dispatch
    "answer_direct": "Alt+A",
    "forward": "Alt+F",
    "propose_refusal": "Alt+R",
    "confirm_refusal": "Alt+Y",
    "reject_refusal": "Alt+X",
    "merge": "Alt+M",
    "unmerge": "Alt+M",
    "accept": "Alt+E",
    "dispatch": "Alt+D",
    "dispatch_coordinator": "Alt+C",
    "special_report": "Alt+S",
    "instruct": "Alt+I",
    "return_special": "Alt+R",
    # handling
    "sign": "Alt+S",
    "sign_for": "Alt+G",
    "record_contact": "Alt+C",
    "progress": "Alt+O",
    "progress_answer": "Alt+A",
    "feedback": "Alt+F",
    "return": "Alt+R",
    "hand_down": "Alt+D",
    "hand_up": "Alt+U",
    "set_assist": "Alt+T",
    "assist_report": "Alt+P",
    "ask_extension": "Alt+E",
    "approve_extension": "Alt+Y",
    "refuse_extension": "Alt+L",
    "ask_hold": "Alt+H",
    "approve_hold": "Alt+I",
    "refuse_hold": "Alt+K",
    "resume": "Alt+E",
    "propose_end": "Alt+Q",
    # judging
    "accept_return": "Alt+Y",
    "refuse_return": "Alt+L",
    "confer": "Alt+J",
    "designate": "Alt+D",
    "approve_feedback": "Alt+Y",
    "approve_end": "Alt+K",
    "close_no_callback": "Alt+B",
    "rework": "Alt+R",
    # callback
    "callback_result": "Alt+C",
    "callback_attempt": "Alt+T",
    "callback_unreachable": "Alt+U",
    "propose_redo": "Alt+R",
    "approve_redo": "Alt+Y",
    "refuse_redo": "Alt+L",
    # record
    "archive": "Alt+K",
    "follow_up": "Alt+F",
    "amend": "Alt+Z",
    "note": "Alt+N",
    "withdraw": "Alt+W",
    "void": "Alt+V",
}


def bind_action_keys(owner: QWidget, press: Callable[[str], None]) -> None:
    """Let the keys of actions work wherever the focus is inside `owner`."""
    for key in sorted(set(ACTION_KEYS.values())):
        bind_key(owner, key, partial(press, key))
