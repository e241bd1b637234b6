"""A claim belongs to its console: gone at once when it is closed, with its connection when it is killed."""

import time
from collections.abc import Callable

import psycopg
import pytest
from desks import DeskProcess

from db.admin.worker import Gone, end_claims

PATIENCE_S = 60
OPERATOR, COLLEAGUE = "d1_operator1", "d1_operator2"


def test_claim_ends_with_its_console(
    open_desk: Callable[[str], DeskProcess],
    connect: Callable[[str], psycopg.Connection],
    owner: psycopg.Connection,
) -> None:
    mine, other = open_desk(OPERATOR), open_desk(COLLEAGUE)
    colleague = connect(COLLEAGUE)
    ticket = mine.order("register", phone="13900000012", title="井盖丢失", words="路口的井盖不见了。")["id"]
    accept = "select api.act(%s, 'accept', 1, gen_random_uuid())"
    mine.order("take", ticket=ticket)
    other.order("see_taken", ticket=ticket, by=OPERATOR)
    mine.kill()
    with pytest.raises(psycopg.Error) as refused:
        colleague.execute(accept, [ticket])
    assert refused.value.diag.constraint_name == "claimed", "nobody knows yet that the console is gone"
    gone: Gone = {}
    deadline = time.monotonic() + PATIENCE_S
    while not gone:  # its connection ends with it; a statement under way lasts three seconds at most
        assert time.monotonic() < deadline
        gone = end_claims(owner, gone)
    assert owner.execute("select login from core.claim").fetchall() == [(OPERATOR,)], "it may come back"
    assert end_claims(owner, gone, grace_s=0) == {}
    other.order("see_taken", ticket=ticket, by=None)
    other.order("take", ticket=ticket)
    other.close()
    assert owner.execute("select count(*) from core.claim").fetchone() == (0,)
    assert owner.execute("select count(*) from core.presence").fetchone() == (0,)
