"""Drafts and unknown outcomes survive a crash, encrypted, for their owner only."""

import sqlite3
from pathlib import Path
from uuid import uuid4

import pytest
from pytestqt.qtbot import QtBot

from console.app.journal import Journal, JournalFile
from console.kit.call import Call

SECRET = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


def journal(path: Path, login: str = "ann", secret: bytes = SECRET) -> Journal:
    return Journal(JournalFile(path, login, secret))


def test_draft_comes_back_after_a_crash(path: Path, qtbot: QtBot) -> None:
    crashed, key = journal(path), uuid4()
    crashed.save_draft(key, "intake", {"title": "路灯"})
    crashed.save_draft(key, "intake", {"title": "路灯不亮"})
    watcher = JournalFile(path, "ann", SECRET)
    qtbot.waitUntil(lambda: len(watcher.read()) == 1)
    again = journal(path)
    assert [(draft.key, draft.data) for draft in again.drafts("intake")] == [(key, {"title": "路灯不亮"})]
    assert again.drafts("letter") == ()
    watcher.close()
    assert again.stop()
    assert crashed.stop()


def test_dropped_draft_stays_away(path: Path, qtbot: QtBot) -> None:
    first, key = journal(path), uuid4()
    first.save_draft(key, "intake", {"title": "x"})
    first.drop_draft(key)
    assert first.stop()
    again = journal(path)
    assert again.drafts("intake") == ()
    assert again.stop()


def test_pending_call_comes_back_equal_and_in_order(path: Path, qtbot: QtBot) -> None:
    calls = [Call("note", {"text": "第一"}, 7, 3), Call("open", {"title": "二"})]
    first = journal(path)
    for call in calls:
        first.expect(call)
    assert first.stop()
    again = journal(path)
    assert list(again.pending()) == calls
    again.settle(calls[0].key)
    assert list(again.pending()) == calls[1:]
    assert again.stop()


@pytest.mark.parametrize("is_draft_last", [True, False])
def test_draft_and_the_write_it_became_are_both_kept(path: Path, qtbot: QtBot, is_draft_last: bool) -> None:
    first, call = journal(path), Call("open", {"title": "路灯"})
    if is_draft_last:
        first.expect(call)
    first.save_draft(call.key, "intake", {"title": "路灯"})
    first.flush()
    if not is_draft_last:
        first.expect(call)
    assert first.stop()
    again = journal(path)
    assert (again.pending(), [draft.key for draft in again.drafts("intake")]) == ((call,), [call.key])
    again.settle(call.key)
    assert again.stop()
    last = journal(path)
    assert (last.pending(), [draft.key for draft in last.drafts("intake")]) == ((), [call.key])
    assert last.stop()


def test_disk_shows_no_text_and_another_person_nothing(path: Path, qtbot: QtBot) -> None:
    first = journal(path)
    first.save_draft(uuid4(), "intake", {"caller": "Wang Xiaoming"})
    assert first.stop()
    assert b"Wang" not in b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert path.stat().st_mode & 0o077 == 0
    other = journal(path, login="ben")
    assert other.drafts("intake") == ()
    assert other.stop()


def test_entry_of_another_key_is_dropped(path: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    first = journal(path)
    first.save_draft(uuid4(), "intake", {"title": "x"})
    assert first.stop()
    new_key = journal(path, secret=bytes(32))
    assert new_key.drafts("intake") == ()
    assert new_key.stop()
    with sqlite3.connect(path) as base:
        assert base.execute("select count(*) from kept").fetchone() == (0,)
    base.close()


def test_full_disk_says_so_once_and_keeps_the_draft(path: Path, qtbot: QtBot) -> None:
    first, key = journal(path), uuid4()
    reasons: list[str] = []
    first.failed.connect(reasons.append)
    with sqlite3.connect(path) as base:
        base.execute(
            "create trigger full before insert on kept begin select raise(abort, 'disk is full'); end"
        )
    base.close()
    first.save_draft(key, "intake", {"title": "x"})
    qtbot.waitUntil(lambda: len(reasons) == 1)
    first.expect(Call("note", {}, 1, 1))
    assert first.drafts("intake")[0].key == key
    assert first.stop()
    assert reasons == ["disk is full"]


@pytest.mark.parametrize("damage", ["folder in its place", "not a database"])
def test_unusable_file_is_said_and_drafts_stay_in_memory(path: Path, qtbot: QtBot, damage: str) -> None:
    if damage == "not a database":
        path.write_bytes(b"x" * 4096)
    else:
        path.mkdir()
    file = JournalFile(path, "ann", SECRET)
    assert file.problem
    kept, key = Journal(file), uuid4()
    kept.save_draft(key, "intake", {"title": "x"})
    assert kept.drafts("intake")[0].key == key
    assert kept.stop()
