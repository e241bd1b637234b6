"""Which standby is read is typed at the login, and a list that comes from it says how old it is."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot
from queue_desk import FakeSession, open_queue

from console.shell.login import Profile, ServerLogin
from console.ticket.queue import QueuePanel
from console.ticket.record import Filter
from db.replica import Fault, Standing

SITES = (
    Profile("A", "db.example", standby="copy.example:5433"),
    Profile("B", "other.example"),
)


@pytest.fixture
def login(qtbot: QtBot) -> ServerLogin:
    made = ServerLogin(SITES)
    qtbot.addWidget(made)
    return made


def test_standby_of_a_profile_is_shown_used_and_kept(login: ServerLogin) -> None:
    assert login.standby.text() == "copy.example:5433"
    assert login.credentials().standby == "copy.example:5433"
    assert login.credentials().profile.standby == "copy.example:5433"


def test_standby_that_is_typed_is_used(login: ServerLogin) -> None:
    login.standby.setText(" one.example , two.example:6000 ")
    assert login.credentials().standby == "one.example,two.example:6000"


def test_another_server_has_not_this_standby(login: ServerLogin, qtbot: QtBot) -> None:
    login.host.selectAll()
    qtbot.keyClicks(login.host, "new.example")
    assert login.credentials().standby == ""
    login.site.setCurrentIndex(1)
    login.site.activated.emit(1)
    assert login.credentials().standby == ""


def test_standby_typed_by_hand_stays_when_the_server_is_corrected(login: ServerLogin, qtbot: QtBot) -> None:
    login.standby.setText("mine.example")
    qtbot.keyClicks(login.host, "x")
    assert login.credentials().standby == "mine.example"


def note(panel: QueuePanel) -> str:
    return "" if panel._lag.isHidden() else panel._lag.text()


def test_list_of_all_years_says_how_far_the_standby_is_behind(qtbot: QtBot, session: FakeSession) -> None:
    session.replica = SimpleNamespace(has_standby=True, standing=Standing(1.24, None))
    panel = open_queue(qtbot, session)
    assert note(panel) == ""
    panel.show_filter(Filter(open_only=False))
    assert note(panel) == "From the standby, 1.2 s behind"
    session.replica.standing = Standing(40.0, Fault.LATE)
    session.standby_changed.emit(session.replica.standing)
    assert note(panel) == ""  # read from the main server meanwhile
    session.replica.standing = Standing(0.3, None)
    session.standby_changed.emit(session.replica.standing)
    assert note(panel) == "From the standby, 0.3 s behind"
    panel.show_filter(Filter())
    assert note(panel) == ""
    panel.show_filter(Filter(text="路灯"))
    assert note(panel) == "From the standby, 0.3 s behind"
    panel.detach()
