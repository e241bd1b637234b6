"""How long an answer takes: the same whether a ticket is hidden or there is none."""

from __future__ import annotations

import time
from typing import Any

import psycopg
import pytest
from ground import Ground
from hall import TOWN

STEP_S = 0.005  # of core.wait_out
REFUSALS = {
    "read": "select * from api.allowed(%(t)s)",
    "history": "select * from api.events_of(%(t)s)",
    "act": "select id from api.act(%(t)s, 'note', 1, gen_random_uuid(), '{\"text\": \"x\"}')",
    "follow": "select id from api.open_ticket(gen_random_uuid(),"
    " jsonb_build_object('follows_ticket_id', %(t)s))",
    "reveal": "select api.reveal(%(t)s, '核对地址')",
    "attach": "select api.attach(%(t)s, gen_random_uuid(), '图.png', 'image/png', '\\x89504e470d0a1a0a')",
    "claim": "select api.claim(%(t)s, 1, gen_random_uuid())",
    "here": "select api.here(gen_random_uuid(), %(t)s, false)",
}
MANY = 20
ONES = f"array_fill(1, array[{MANY}])"
LEFT_OUT = {  # the steps that each of many tickets takes
    "attend": (1, "select api.attend(gen_random_uuid(), %(many)s, '{}')"),
    "claim": (1, f"select api.claim_first(%(many)s, {ONES}, gen_random_uuid(), gen_random_uuid())"),
    "act": (
        2,
        f"select count(*) from api.act_many('dispatch', %(many)s, {ONES},"
        f" array(select gen_random_uuid() from generate_series(1, {MANY})), '{{}}')",
    ),
}
AT_ONCE = (
    "create or replace function core.wait_out(p_began timestamptz, p_steps integer default 1) returns void"
    " language sql as ''"
)


def took(desk: psycopg.Connection[Any], query: str, facts: dict[str, Any], refused: str | None) -> float:
    """Ask and tell how long the answer took."""
    state, seconds = None, 0.0
    try:
        with desk.transaction():
            began = time.monotonic()
            try:
                desk.execute(query, facts)
            finally:
                seconds = time.monotonic() - began
    except psycopg.Error as error:
        state = error.sqlstate
    assert state == refused
    return seconds


def a_ticket(ground: Ground, which: str) -> int:
    """One that is kept from the town, or the id of none."""
    if which == "hidden":
        return int(ground.facts["accused"])
    row = ground.owner.execute("select max(id) + 1000 from core.ticket").fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize("which", ["hidden", "absent"])
@pytest.mark.parametrize("door", REFUSALS)
def test_no_refusal_comes_before_its_time(ground: Ground, door: str, which: str) -> None:
    facts = {"t": a_ticket(ground, which)}
    with ground.login(TOWN) as desk:
        assert min(took(desk, REFUSALS[door], facts, "LD004") for _ in range(5)) >= STEP_S
    with ground.owner.transaction(force_rollback=True):  # the control
        ground.owner.execute(AT_ONCE)
        ground.owner.execute(f"set local session authorization {TOWN}")
        assert any(took(ground.owner, REFUSALS[door], facts, "LD004") < STEP_S for _ in range(500))


@pytest.mark.parametrize("which", ["hidden", "absent"])
@pytest.mark.parametrize("door", LEFT_OUT)
def test_each_ticket_left_out_takes_its_time(ground: Ground, door: str, which: str) -> None:
    steps, query = LEFT_OUT[door]
    first = a_ticket(ground, "absent")
    facts = {"many": [a_ticket(ground, which), *range(first + 1, first + MANY)]}
    least = STEP_S * steps * MANY
    with ground.login(TOWN) as desk:
        assert took(desk, query, facts, None) >= least
    with ground.owner.transaction(force_rollback=True):  # the control
        ground.owner.execute(AT_ONCE)
        ground.owner.execute(f"set local session authorization {TOWN}")
        assert any(took(ground.owner, query, facts, None) < least for _ in range(50))


@pytest.mark.parametrize(("ago_ms", "steps", "ends_ms"), [(0, 1, 5), (7, 1, 10), (7, 4, 20)])
def test_wait_ends_a_whole_number_of_steps_after_the_question(
    ground: Ground, ago_ms: int, steps: int, ends_ms: int
) -> None:
    row = ground.owner.execute(
        "select core.wait_out(b, %(steps)s), extract(epoch from clock_timestamp() - b) * 1000"
        " from (select clock_timestamp() - %(ago)s * interval '1 millisecond' as b) x",
        {"ago": ago_ms, "steps": steps},
    ).fetchone()
    assert row is not None
    assert row[1] >= ends_ms
