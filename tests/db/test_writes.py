"""What a write costs: one that moves no ticket stays on its page and touches no index."""

from __future__ import annotations

from hall import OPERATOR, Hall

HOT = (
    "select sum(n_tup_upd)::int as written, sum(n_tup_hot_upd)::int as hot from pg_stat_user_tables"
    " where schemaname = 'core' and relname ~ '^ticket_p'"
)


def test_note_stays_on_its_page(hall: Hall) -> None:
    tickets = [hall.open()["id"] for _ in range(12)]
    hall.call(OPERATOR, "select pg_stat_force_next_flush()")
    before = counted(hall)
    for ticket in tickets:
        hall.act(OPERATOR, ticket, "note", payload={"text": "续"})
    written, hot = (after - was for after, was in zip(counted(hall), before, strict=True))
    assert written == len(tickets)
    assert hot == written


def test_no_index_of_tickets_holds_what_every_write_changes(hall: Hall) -> None:
    definitions = hall.rows(
        "select pg_get_indexdef(indexrelid) as text from pg_index where indrelid = 'core.ticket'::regclass"
    )
    assert definitions
    assert not [row["text"] for row in definitions if "updated_at" in row["text"] or "version" in row["text"]]


def counted(hall: Hall) -> tuple[int, int]:
    """Return how many rows were written so far, and how many of them on their page."""
    hall.call(OPERATOR, "select pg_stat_force_next_flush()")
    (row,) = hall.rows(HOT)
    return row["written"], row["hot"]
