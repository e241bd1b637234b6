"""A claim belongs to its console: gone at once when it is closed, by its silence when it is killed."""

from collections.abc import Callable

import psycopg
import pytest
from desks import DeskProcess

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
    pass_time(owner, 91)
    assert owner.execute("select api.sweep_presence()").fetchone() is not None
    other.order("see_taken", ticket=ticket, by=None)
    other.order("take", ticket=ticket)
    other.close()
    assert owner.execute("select count(*) from core.claim").fetchone() == (0,)
    assert owner.execute("select count(*) from core.presence").fetchone() == (0,)


def pass_time(owner: psycopg.Connection, seconds: int) -> None:
    """Let the sign of life of the killed console grow old; the living one gives a new one by itself."""
    for table in ("claim", "presence"):
        owner.execute(
            f"update core.{table} set at = at - make_interval(secs => %s) where login = %s",
            [seconds, OPERATOR],
        )
