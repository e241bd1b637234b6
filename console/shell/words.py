"""Sentences for what the database refuses; the one place that turns an error into a notice."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console.directory.record import Directory
from console.kit.notices import Notice, Severity
from console.kit.trace import private_trace
from console.ticket.field_words import field_word
from db.errors import BadPayload, Conflict, Refused, RightMissing, Unavailable
from db.link import LinkRefused, Trouble

REFUSALS: dict[str, object] = {
    "calendar_ends": QT_TRANSLATE_NOOP(
        "refusals", "The calendar does not reach that far; load the notices of the coming years."
    ),
    "not_staff": QT_TRANSLATE_NOOP("refusals", "This login belongs to nobody who works here now."),
    "password_must_change": QT_TRANSLATE_NOOP("refusals", "Choose a password of your own first."),
    "off_duty": QT_TRANSLATE_NOOP("refusals", "You are off duty; you may look and not act."),
    "duty_missing": QT_TRANSLATE_NOOP("refusals", "None of your duties may do this."),
    "source_foreign": QT_TRANSLATE_NOOP("refusals", "This login may not report for this source."),
    "no_such_ticket": QT_TRANSLATE_NOOP("refusals", "There is no such ticket for you."),
    "version_conflict": QT_TRANSLATE_NOOP("refusals", "Somebody changed the ticket in the meantime."),
    "request_key_reused": QT_TRANSLATE_NOOP(
        "refusals", "The same entry was sent before with other contents."
    ),
    "wrong_state": QT_TRANSLATE_NOOP("refusals", "The ticket is not in a state that allows this."),
    "time_goes_back": QT_TRANSLATE_NOOP("refusals", "The ticket already has a later event."),
    "withdrawn": QT_TRANSLATE_NOOP("refusals", "You have withdrawn from this ticket."),
    "withdraw_self": QT_TRANSLATE_NOOP(
        "refusals", "Only a supervisor, inspector or leader may withdraw somebody else."
    ),
    "holds_ticket": QT_TRANSLATE_NOOP("refusals", "Your unit does not hold this ticket."),
    "assists_ticket": QT_TRANSLATE_NOOP("refusals", "Your unit does not assist with this ticket."),
    "not_designated": QT_TRANSLATE_NOOP("refusals", "A designated unit may not return the ticket."),
    "return_limit": QT_TRANSLATE_NOOP("refusals", "The time for returning the ticket has passed."),
    "misdirected": QT_TRANSLATE_NOOP(
        "refusals", "An operator may accept a return only when the ticket was misdirected."
    ),
    "unit_takes_tickets": QT_TRANSLATE_NOOP("refusals", "This unit does not take tickets."),
    "accused_unit": QT_TRANSLATE_NOOP(
        "refusals", "The unit complained about may not receive or assist with the ticket."
    ),
    "main_with_accused": QT_TRANSLATE_NOOP("refusals", "The main ticket is with the unit complained about."),
    "accused_self": QT_TRANSLATE_NOOP(
        "refusals", "The complaint is about you: hand the caller to a colleague."
    ),
    "community_list": QT_TRANSLATE_NOOP(
        "refusals", "This category is not on the list of what a community may be sent."
    ),
    "unit_below_handler": QT_TRANSLATE_NOOP(
        "refusals", "A ticket is handed down only to a unit below its handler."
    ),
    "handler_has_town": QT_TRANSLATE_NOOP("refusals", "The handling unit has no town above it."),
    "handler_is_town": QT_TRANSLATE_NOOP("refusals", "Only a town hands a ticket up to the centre."),
    "parent_accused": QT_TRANSLATE_NOOP("refusals", "The unit above is the unit complained about."),
    "assist_not_handler": QT_TRANSLATE_NOOP("refusals", "The handling unit cannot assist itself."),
    "coordinator_known": QT_TRANSLATE_NOOP("refusals", "The ticket has no place whose coordinator is known."),
    "coordinator_accused": QT_TRANSLATE_NOOP(
        "refusals", "The coordinator of the place is the unit complained about."
    ),
    "main_open": QT_TRANSLATE_NOOP(
        "refusals", "The main ticket must be another open ticket that is not merged itself."
    ),
    "not_a_main": QT_TRANSLATE_NOOP("refusals", "Other tickets are merged into this one."),
    "file_complete": QT_TRANSLATE_NOOP("refusals", "Parts of the history of the ticket are missing."),
    "main_answered": QT_TRANSLATE_NOOP("refusals", "The main ticket is not answered yet."),
    "nothing_pending": QT_TRANSLATE_NOOP("refusals", "A request is already pending."),
    "pending_refusal": QT_TRANSLATE_NOOP("refusals", "No refusal is proposed."),
    "pending_extension": QT_TRANSLATE_NOOP("refusals", "No extension is asked for."),
    "pending_hold": QT_TRANSLATE_NOOP("refusals", "No hold is asked for."),
    "pending_redo": QT_TRANSLATE_NOOP("refusals", "No redo is proposed."),
    "before_due": QT_TRANSLATE_NOOP("refusals", "The due moment has passed."),
    "not_answered": QT_TRANSLATE_NOOP("refusals", "The caller has been answered already."),
    "extension_short": QT_TRANSLATE_NOOP("refusals", "A second or long extension is for the centre leader."),
    "extension_long": QT_TRANSLATE_NOOP("refusals", "A first, short extension is for the shift supervisor."),
    "review_day_come": QT_TRANSLATE_NOOP("refusals", "The review day of the hold has not come."),
    "complex_or_extended": QT_TRANSLATE_NOOP(
        "refusals", "Only a complex or extended ticket may be answered by a progress report."
    ),
    "contacted": QT_TRANSLATE_NOOP("refusals", "The contact with the caller is not recorded."),
    "callback_required": QT_TRANSLATE_NOOP("refusals", "No callback is required."),
    "callback_not_required": QT_TRANSLATE_NOOP("refusals", "A callback is required."),
    "has_end_code": QT_TRANSLATE_NOOP("refusals", "No end of handling is proposed."),
    "no_end_code": QT_TRANSLATE_NOOP("refusals", "An end of handling is proposed."),
    "attempts_made": QT_TRANSLATE_NOOP("refusals", "Too few callback attempts were made."),
    "something_amended": QT_TRANSLATE_NOOP("refusals", "Nothing is amended."),
    "claimed": QT_TRANSLATE_NOOP("refusals", "A colleague has taken this ticket."),
    "not_claimed": QT_TRANSLATE_NOOP("refusals", "Nobody of your unit has taken this ticket."),
    "claims_many": QT_TRANSLATE_NOOP(
        "refusals", "You have taken as many tickets as one person may; let go of some first."
    ),
    "not_in_bulk": QT_TRANSLATE_NOOP("refusals", "This is done with one ticket at a time."),
    "no_suggestion": QT_TRANSLATE_NOOP("refusals", "The directory names no unit for this ticket."),
    "no_such_view": QT_TRANSLATE_NOOP("refusals", "There is no such view of yours."),
    "view_name_taken": QT_TRANSLATE_NOOP("refusals", "There is a view with this name already."),
    "views_many": QT_TRANSLATE_NOOP("refusals", "There are as many views as may be kept; remove some first."),
    "presence_many": QT_TRANSLATE_NOOP(
        "refusals", "You have more tickets open than one person may; close some windows first."
    ),
    "presence_often": QT_TRANSLATE_NOOP(
        "refusals", "You came to tickets or began typing 1000 times within ten minutes; go on a little later."
    ),
    "register_many": QT_TRANSLATE_NOOP(
        "refusals", "This was done 500 times within an hour, which is enough; try again later."
    ),
    "shared_view": QT_TRANSLATE_NOOP(
        "refusals", "Shared views are kept by supervisors, leaders and administrators."
    ),
    "oversight": QT_TRANSLATE_NOOP(
        "refusals", "Only who answers for the register at the centre may look it over."
    ),
    "reveal": QT_TRANSLATE_NOOP(
        "refusals", "Only the desks of the centre and the handling unit may see who called."
    ),
    "phone_searches": QT_TRANSLATE_NOOP(
        "refusals", "Thirty searches by telephone number within an hour are enough; try again later."
    ),
    "caller_lookups": QT_TRANSLATE_NOOP(
        "refusals", "Two hundred callers looked up within an hour are enough; try again later."
    ),
    "search_too_broad": QT_TRANSLATE_NOOP(
        "refusals", "The search takes too long; add a word, or limit it by unit, place or time."
    ),
    "caller_secret": QT_TRANSLATE_NOOP(
        "refusals", "The caller asked that the unit must not learn who called."
    ),
    "report_archived": QT_TRANSLATE_NOOP(
        "refusals", "The ticket of this report is archived; report the new facts under a new number."
    ),
    "no_such_camera": QT_TRANSLATE_NOOP("refusals", "There is no such camera for you."),
    "ptz_none": QT_TRANSLATE_NOOP("refusals", "This camera cannot be steered."),
    "ptz_taken": QT_TRANSLATE_NOOP("refusals", "Somebody else is steering this camera."),
    "ptz_over": QT_TRANSLATE_NOOP("refusals", "You do not steer this camera any more; take it again."),
    "camera_inactive": QT_TRANSLATE_NOOP("refusals", "This camera is not in service."),
    "camera_no_address": QT_TRANSLATE_NOOP("refusals", "The gateway of this camera is not set up."),
    "camera_views_many": QT_TRANSLATE_NOOP("refusals", "You have as many pictures open as one person may."),
    "camera_view_over": QT_TRANSLATE_NOOP("refusals", "This view is over; open the camera again."),
    "group_name_taken": QT_TRANSLATE_NOOP("refusals", "There is a group of cameras with this name already."),
    "groups_many": QT_TRANSLATE_NOOP("refusals", "A hundred groups of cameras are enough for one person."),
    "shared_group": QT_TRANSLATE_NOOP(
        "refusals", "Shared groups of cameras are kept by supervisors and administrators of the centre."
    ),
    "forbidden_place": QT_TRANSLATE_NOOP("refusals", "The law allows no camera in such a place."),
    "no_such_group": QT_TRANSLATE_NOOP("refusals", "There is no such group of cameras for you."),
    "no_such_patrol": QT_TRANSLATE_NOOP("refusals", "There is no such round of yours."),
    "patrol_over": QT_TRANSLATE_NOOP("refusals", "This round is over."),
    "patrol_plan": QT_TRANSLATE_NOOP(
        "refusals", "Only supervisors, leaders and administrators of the centre plan rounds."
    ),
    "no_camera_view": QT_TRANSLATE_NOOP("refusals", "The register has no such view of yours."),
    "camera_view_old": QT_TRANSLATE_NOOP("refusals", "The view ended more than a day ago."),
    "no_such_footage": QT_TRANSLATE_NOOP("refusals", "There is no such picture for you."),
    "footage_purged": QT_TRANSLATE_NOOP(
        "refusals", "The picture was deleted when its retention ended; its digest is kept."
    ),
    "footage_unregistered": QT_TRANSLATE_NOOP(
        "refusals", "Say first in the register that you look at this picture."
    ),
    "footage_not_shielded": QT_TRANSLATE_NOOP(
        "refusals", "Only a copy with shielded faces, plates and names may be published."
    ),
    "original_settled": QT_TRANSLATE_NOOP(
        "refusals", "The original recording has been asked for or settled already."
    ),
    "original_overwritten": QT_TRANSLATE_NOOP("refusals", "The source system has overwritten the recording."),
    "request_key_used": QT_TRANSLATE_NOOP("refusals", "The same entry was sent before with other contents."),
}

PROBLEMS: dict[str, object] = {
    "missing": QT_TRANSLATE_NOOP("problems", "it is missing"),
    "unknown": QT_TRANSLATE_NOOP("problems", "it is not known here"),
    "wrong type": QT_TRANSLATE_NOOP("problems", "it is not of the right type"),
    "no such code": QT_TRANSLATE_NOOP("problems", "there is no such entry in the list"),
    "no such unit": QT_TRANSLATE_NOOP("problems", "there is no such unit"),
    "no such place": QT_TRANSLATE_NOOP("problems", "there is no such place"),
    "no such category": QT_TRANSLATE_NOOP("problems", "there is no such category"),
    "no such ticket": QT_TRANSLATE_NOOP("problems", "there is no such ticket"),
    "no such person": QT_TRANSLATE_NOOP("problems", "there is no such person"),
    "out of range": QT_TRANSLATE_NOOP("problems", "it is out of range"),
    "in the past": QT_TRANSLATE_NOOP("problems", "it lies in the past"),
    "in the future": QT_TRANSLATE_NOOP("problems", "it lies in the future"),
    "too far away": QT_TRANSLATE_NOOP("problems", "it is too far away"),
    "too many": QT_TRANSLATE_NOOP("problems", "there are too many"),
    "named twice": QT_TRANSLATE_NOOP("problems", "something is named twice"),
    "not a date": QT_TRANSLATE_NOOP("problems", "it is not a date"),
    "not a whole number": QT_TRANSLATE_NOOP("problems", "it is not a whole number"),
    "before it was sent": QT_TRANSLATE_NOOP("problems", "it lies before the ticket was sent to the unit"),
    "control character": QT_TRANSLATE_NOOP("problems", "it contains a control character"),
}


TROUBLES: dict[Trouble, object] = {
    Trouble.PASSWORD: QT_TRANSLATE_NOOP(
        "troubles",
        "User or password is wrong, or the password's time is over; an administrator sets a new one.",
    ),
    Trouble.NOT_ADMITTED: QT_TRANSLATE_NOOP(
        "troubles", "The server does not admit this user from this desk; ask an administrator."
    ),
    Trouble.NO_DATABASE: QT_TRANSLATE_NOOP("troubles", "The server has no database of this name."),
    Trouble.TOO_MANY: QT_TRANSLATE_NOOP(
        "troubles", "Too many connections are open, on the server or for this user. Close a console, or wait."
    ),
    Trouble.UNKNOWN_HOST: QT_TRANSLATE_NOOP(
        "troubles", "No server of this name is known; check its spelling."
    ),
    Trouble.NO_ANSWER: QT_TRANSLATE_NOOP(
        "troubles", "The server does not answer; check name, port and the network."
    ),
    Trouble.NO_TLS: QT_TRANSLATE_NOOP(
        "troubles", "The server offers no encrypted link, and none else is used outside this machine."
    ),
    Trouble.NO_CA: QT_TRANSLATE_NOOP(
        "troubles", "The file of the certificate authority is missing; name the one your administrator gave."
    ),
    Trouble.EXPIRED: QT_TRANSLATE_NOOP(
        "troubles",
        "The server's certificate has expired; an administrator must renew it. Do not go round it.",
    ),
    Trouble.WRONG_NAME: QT_TRANSLATE_NOOP(
        "troubles",
        "The server's certificate belongs to another name: it may be another server. Check the name.",
    ),
    Trouble.FOREIGN: QT_TRANSLATE_NOOP(
        "troubles", "The server's certificate is signed by itself or by a stranger: it may be a false server."
    ),
    Trouble.INSECURE: QT_TRANSLATE_NOOP(
        "troubles", "The settings ask for a link that is not verified; outside this machine it is refused."
    ),
    Trouble.OLD_SERVER: QT_TRANSLATE_NOOP(
        "troubles", "The server is too old: PostgreSQL 15 or newer is needed."
    ),
    Trouble.OLD_SCHEMA: QT_TRANSLATE_NOOP(
        "troubles", "The database is older than this console; an administrator runs “liangdeng db upgrade”."
    ),
    Trouble.OLD_CONSOLE: QT_TRANSLATE_NOOP(
        "troubles", "This console is older than the database; install the new one."
    ),
}


def notice_of(error: Exception, directory: Directory | None = None, tz: str = "UTC") -> Notice:
    """Say in the operator's words what happened and whose turn it is."""
    if isinstance(error, Conflict):
        return Notice(Severity.CONFLICT, _conflict(error, directory, tz))
    if isinstance(error, Refused) and error.code == "claimed" and "since" in error.detail:
        return Notice(Severity.REFUSED, _claimed(error, tz))
    if isinstance(error, Refused):
        return Notice(
            Severity.REFUSED, QCoreApplication.translate("refusals", str(REFUSALS.get(error.code, error)))
        )
    if isinstance(error, BadPayload):
        return Notice(Severity.REFUSED, _bad_payload(error))
    if isinstance(error, RightMissing):
        return Notice(
            Severity.REFUSED,
            QCoreApplication.translate("refusals", "None of your duties may do this."),
            detail=str(error),
        )
    if isinstance(error, LinkRefused):
        return Notice(
            Severity.UNAVAILABLE, QCoreApplication.translate("troubles", str(TROUBLES[error.trouble]))
        )
    if isinstance(error, Unavailable):
        text = QCoreApplication.translate(
            "Words", "The server cannot be reached or is busy. It is not your fault; what you typed is kept."
        )
        return Notice(Severity.UNAVAILABLE, text, detail=str(error))
    text = QCoreApplication.translate(
        "Words", "The console made a mistake ({kind}). It is written down; you can go on."
    )
    return Notice(Severity.BUG, text.format(kind=type(error).__name__), detail=private_trace(error))


def _conflict(error: Conflict, directory: Directory | None, tz: str) -> str:
    by = directory.staff_name(error.by) if directory is not None else error.by
    if not by or error.at is None:
        return QCoreApplication.translate(
            "Words", "Somebody changed this ticket first. Look at it and decide again."
        )
    text = QCoreApplication.translate(
        "Words", "{name} changed this ticket at {time}. Look at it and decide again."
    )
    return text.format(name=by, time=_clock_text(error.at, tz))


def _claimed(error: Refused, tz: str) -> str:
    text = QCoreApplication.translate(
        "Words",
        "{name} has taken this ticket since {time}. Ask, or let a supervisor take it over (Ctrl+F8).",
    )
    since = datetime.fromisoformat(error.detail["since"])
    return text.format(name=error.detail["by"], time=_clock_text(since, tz))


def _bad_payload(error: BadPayload) -> str:
    problem = QCoreApplication.translate("problems", str(PROBLEMS.get(error.problem, error.problem)))
    text = QCoreApplication.translate("Words", "The field “{field}” cannot be accepted: {problem}.")
    return text.format(field=field_word(error.field.rpartition(".")[2]), problem=problem)


def _clock_text(at: datetime, tz: str) -> str:
    return at.astimezone(ZoneInfo(tz)).strftime("%H:%M:%S")
