"""A console that dies: what was typed comes back, what was sent is there once."""

from collections.abc import Callable

import psycopg
from desks import DeskProcess

OPERATOR = "d1_operator1"
PHONE, TITLE = "13900000012", "路灯不亮"
WORDS = "the street lamp by the south gate has been dark for three days and nobody has come to mend it. " * 3

SLOW_COMMIT = """
create function core.slow_commit() returns trigger language plpgsql security definer set lock_timeout = 0 as
  'begin perform pg_advisory_xact_lock_shared(42); return null; end';
create constraint trigger slow_commit after insert on core.ticket
  deferrable initially deferred for each row execute function core.slow_commit();
"""
COMMITTING = (
    "exists (select from pg_stat_activity where usename = 'd1_operator1'"
    " and query like '%open_ticket%' and wait_event = 'advisory')"
)
BLOCKED = "exists (select from pg_stat_activity where usename = 'd1_operator1' and wait_event_type = 'Lock')"


def test_words_typed_before_a_crash_come_back(open_desk: Callable[[str], DeskProcess]) -> None:
    crashed = open_desk(OPERATOR)
    crashed.order("fill", phone=PHONE, title=TITLE, words="")
    crashed.start({"order": "type", "words": WORDS})
    while crashed.read()["typed"] < 120:
        pass
    crashed.kill()
    kept = open_desk(OPERATOR).order("restore")
    assert WORDS.startswith(kept)
    assert len(kept) > 20  # all but the last half second


def test_report_whose_answer_was_cut_is_there_once(
    open_desk: Callable[[str], DeskProcess], owner: psycopg.Connection
) -> None:
    owner.execute(SLOW_COMMIT)
    owner.execute("select pg_advisory_lock(42)")
    crashed = open_desk(OPERATOR)
    crashed.order("fill", phone=PHONE, title=TITLE, words=WORDS)
    crashed.order("send")
    wait_until(owner, COMMITTING)
    crashed.kill()
    owner.execute("select pg_advisory_unlock(42)")
    wait_until(owner, f"not ({COMMITTING})")
    owner.execute("drop trigger slow_commit on core.ticket")
    assert tickets(owner) == 1  # it had been committed
    open_desk(OPERATOR).order("settle")
    assert tickets(owner) == 1


def test_report_that_did_not_arrive_goes_out_once(
    open_desk: Callable[[str], DeskProcess], owner: psycopg.Connection
) -> None:
    crashed = open_desk(OPERATOR)
    crashed.order("fill", phone=PHONE, title=TITLE, words=WORDS)
    with owner.transaction():
        owner.execute("lock table core.ticket in share mode")
        crashed.order("send")
        wait_until(owner, BLOCKED)
        crashed.kill()
    assert tickets(owner) == 0
    open_desk(OPERATOR).order("settle")
    assert tickets(owner) == 1


def tickets(owner: psycopg.Connection) -> int:
    row = owner.execute("select count(*) from core.ticket").fetchone()
    assert row is not None
    return int(row[0])


def wait_until(owner: psycopg.Connection, fact: str) -> None:
    """Let the database look again and again until something is so, thirty seconds at most."""
    owner.execute(
        "do $$ begin for n in 1..600 loop"
        f" perform pg_stat_clear_snapshot(); if {fact} then return; end if;"
        " perform pg_sleep(0.05); end loop; raise 'waited in vain'; end $$"
    )
