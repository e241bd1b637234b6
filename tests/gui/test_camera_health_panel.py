"""The panel of cameras' health, over a real database swept for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from hall import Hall
from pytestqt.qtbot import QtBot

from console.camera.store import CameraStore
from console.health.columns import lasting
from console.health.panel import HealthPanel
from console.shell.main_window import MainWindow
from db.admin.camera_probe import Answer, Endpoint, Status
from db.admin.camera_sweep import sweep_cameras
from db.errors import Unavailable

SUPERVISOR = "d1_supervisor1"
KINDS = (Status.TIMEOUT, Status.REFUSED, Status.NO_STREAM, Status.BAD_ANSWER)


def probe(endpoints: Sequence[Endpoint], _stopped: object) -> list[Answer]:
    """Every seventh camera is down, in turn for each reason."""
    return [
        Answer(each.key, Status.ONLINE if int(each.key) % 7 else KINDS[int(each.key) // 7 % 4], 5)
        for each in endpoints
    ]


def cut(_store: object) -> None:
    raise Unavailable("cut")


def age(hall: Hall, hours: int) -> None:
    for table, column in (
        ("camera_sweep", "started_at"),
        ("camera_status", "since"),
        ("camera_outage", "since"),
    ):
        hall.rows(
            f"update core.{table} set {column} = {column} - make_interval(hours => %s) returning 1", hours
        )


@pytest.fixture
def swept(owner_hall: Hall, owner: psycopg.Connection) -> Hall:
    """Three sweeps, a day ago and now, and some history for the chart."""
    for _ in range(3):
        sweep_cameras(owner, everything=True, probe=probe)
    age(owner_hall, 30)
    owner_hall.rows(
        """insert into core.camera_share (district_id, at, source, town_id, total, online, down)
           select s.district_id, s.at - make_interval(mins => 20 * n), s.source, s.town_id, s.total,
                  greatest(0, s.online - (n * 7 + s.town_id) %% 3), s.down
           from core.camera_share s, generate_series(1, 60) n
           where s.at = (select max(at) from core.camera_share where district_id = 1) and s.district_id = 1
           returning 1"""
    )
    done = sweep_cameras(owner, everything=True, probe=probe)
    assert done is not None
    assert done.repairs > 0
    return owner_hall


@pytest.fixture
def panel(swept: Hall, window_of: Callable[[str], MainWindow], qtbot: QtBot) -> HealthPanel:
    window = window_of(SUPERVISOR)
    shown = window.show_workspace("camera_health")
    assert isinstance(shown, HealthPanel)
    qtbot.waitUntil(lambda: shown.groups.rowCount() > 1 and bool(shown.chart.lines()))
    return shown


def test_counts_agree_with_the_rows(panel: HealthPanel, swept: Hall) -> None:
    total, down = swept.rows(
        """select count(*) as total, count(*) filter (where s.status <> 'online') as down
           from core.camera c join core.camera_status s on s.camera_id = c.id
           where c.district_id = 1 and c.is_active"""
    )[0].values()
    rows = [panel.groups.row_at(n) for n in range(panel.groups.rowCount())]
    assert (rows[0].total, rows[0].down, rows[0].online) == (total, down, total - down)
    assert sum(row.total for row in rows[1:]) == total
    assert sum(row.down for row in rows[1:]) == down
    assert panel.down.rowCount() == down
    assert f"{total - down} of {total} cameras online" in panel.words.text()


def test_what_is_shown_first_is_no_news(panel: HealthPanel) -> None:
    assert [n for n in range(panel.groups.rowCount()) if panel.groups.is_marked(n)] == []
    assert "Public security" in [panel.groups.row_at(n).name for n in range(panel.groups.rowCount())]


def test_a_reading_that_fails_is_made_good_by_the_next(
    swept: Hall, window_of: Callable[[str], MainWindow], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = window_of(SUPERVISOR)
    with monkeypatch.context() as patch:
        patch.setattr(CameraStore, "sources", cut)
        shown = window.show_workspace("camera_health")
        assert isinstance(shown, HealthPanel)
        qtbot.waitUntil(lambda: window.session.notices.all() != ())
    assert shown.groups.rowCount() == 0
    shown.refresh()
    qtbot.waitUntil(lambda: bool(shown.chart.lines()))
    test_what_is_shown_first_is_no_news(shown)


def test_a_group_narrows_list_and_chart(panel: HealthPanel, qtbot: QtBot) -> None:
    first = panel.groups.row_at(1)
    panel.group_table.select_key(first.key)
    assert panel.down.rowCount() == first.down
    qtbot.waitUntil(lambda: list(panel.chart.lines()) == [first.key])
    panel.next_group()
    qtbot.waitUntil(lambda: len(panel.chart.lines()) > 1)
    assert panel.down.rowCount() == panel.groups.row_at(0).down
    assert all(0 <= percent <= 100 for line in panel.chart.lines().values() for _, percent in line)


def test_a_camera_down_opens_its_repair_ticket(panel: HealthPanel, qtbot: QtBot) -> None:
    row = next(
        row
        for row in (panel.down.row_at(n) for n in range(panel.down.rowCount()))
        if row.ticket_id is not None
    )
    with qtbot.waitSignal(panel.ticket_requested) as asked:
        panel.down_table.row_opened.emit(row)
    assert asked.args == [row.ticket_id]


def test_when_sweeps_lapse_it_says_so(panel: HealthPanel, swept: Hall, qtbot: QtBot) -> None:
    swept.rows("update core.camera_sweep set ended_at = ended_at - interval '1 hour' returning 1")
    swept.rows("update core.camera_status set probed_at = probed_at - interval '2 days' returning 1")
    panel.refresh()
    qtbot.waitUntil(lambda: "Not known now" in panel.words.text())
    assert panel.groups.row_at(0).online == 0
    assert panel.groups.row_at(0).share == "–"


def test_the_chart_follows_the_span(panel: HealthPanel, qtbot: QtBot) -> None:
    longest = max(map(len, panel.chart.lines().values()))
    assert longest > 10
    panel.span.setCurrentIndex(3)
    qtbot.waitUntil(lambda: max(map(len, panel.chart.lines().values())) < 5)


@pytest.mark.parametrize(
    ("span", "words"),
    [(timedelta(minutes=61), "1 h 1 min"), (timedelta(hours=49), "2 d 1 h"), (timedelta(0), "0 h 0 min")],
)
def test_how_long_in_words(qapp: object, span: timedelta, words: str) -> None:
    assert lasting(span) == words


def test_a_picture_of_it(panel: HealthPanel, qtbot: QtBot, tmp_path: Path) -> None:
    """Nothing is cut off, and it can be looked at."""
    image = panel.window().grab()
    image.save(str(tmp_path / "health.png"))
    assert image.width() >= 1400
