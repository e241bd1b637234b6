"""Figures of words: exactly what the search with these words lists, however many calls it takes."""

from __future__ import annotations

from collections import Counter
from itertools import cycle, islice, product
from typing import Any

import psycopg
import pytest
from hall import OPERATOR, Hall
from past import KEYS, LIMITS, OPEN, READERS, SPANS, Row, World, figures, listed
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

# Everything of a ticket that words are sought in.
TEXTS = """
select t.id, concat_ws(' / ', t.title, t.body, t.place_text, t.number, u.name, u.short_name,
  c.name_zh, c2.name_zh, c3.name_zh, (select string_agg(p.name, ' / ') from core.territory p
               where p.id in (t.p_town, t.p_area, t.p_grid, t.place_id))) as text
from core.ticket t
left join core.unit u on u.id = t.handler_unit_id
left join core.category c on c.id = t.category_id
left join core.category c2 on c2.id = c.parent_id
left join core.category c3 on c3.id = c2.parent_id
"""
COUNTS = ("tickets", "overdue", "on_time", "late", "missed", "undated")
WORDS = ("路灯", "白鹭", "垃圾 反映", "白鹭 路灯", "麒麟")


def told_of_words(
    desk: psycopg.Connection[DictRow], wanted: Row, by: str, steps: int = 100
) -> dict[Any, tuple[Any, ...]]:
    """Return what the database says step by step about a filter with words, added up."""
    sums: dict[Any, tuple[Any, ...]] = {}
    below, query = None, "select below, to_jsonb(figures) as groups from api.search_figures(%s, %s, %s)"
    for _ in range(steps):
        row = desk.execute(query, [Jsonb(wanted), by, below]).fetchone()
        for group in row["groups"]:
            before = sums.get(group["key"], (*[0] * len(COUNTS), [0] * 12))
            added = (n + group[count] for n, count in zip(before, COUNTS, strict=False))
            sums[group["key"]] = (*added, list(map(int.__add__, before[-1], group["days"])))
        below = row["below"]
        if below is None:
            return sums
    raise AssertionError(below)


@pytest.mark.once
@pytest.mark.parametrize("span", SPANS)
def test_figures_of_words_are_those_of_the_list_the_words_find(world: World, span: Row) -> None:
    owner, desks = world
    sizes = Counter[str]()
    texts = {row["id"]: row["text"] for row in owner.execute(TEXTS)}
    number = SPANS.index(span)
    limits, groupings = cycle(LIMITS[number:]), cycle([*KEYS][number:])  # each span with others
    for text, login in islice(product(WORDS, READERS), number % 3, None, 3):
        limit = span | next(limits)
        wanted = limit | {"text": text}
        rows = [
            row
            for row in listed(desks[login], limit)
            if all(word in texts[row["id"]] for word in text.split())
        ]
        assert {row["id"] for row in listed(desks[login], wanted)} == {row["id"] for row in rows}
        sizes[text] += len(rows)
        for by in islice(groupings, 3):
            assert told_of_words(desks[login], wanted, by) == figures(rows, by), (login, wanted, by)
    assert sizes.total()
    assert not sizes["麒麟"]


def test_figures_of_words_go_on_where_they_stopped_and_say_where_that_is(
    world: World,
) -> None:
    owner, desks = world
    wanted = {"text": "路灯", "created_to": "2025-07-01T00:00:00+08:00"}
    whole = told_of_words(desks[OPERATOR], wanted, "month")
    query = "select below, to_jsonb(figures) as groups from api.search_figures(%s, 'month', %s)"
    assert len(whole) > 12
    with owner.transaction(force_rollback=True):
        # each part takes longer than a call may
        owner.execute("alter function core.found_in(core.search, bigint, bigint) rename to found_in_time")
        owner.execute(
            "create function core.found_in(s core.search, p_low bigint, p_high bigint)"
            " returns bigint[] language plpgsql as $$"
            " declare v_end timestamptz := clock_timestamp() + interval '1.1 s';"
            " begin while clock_timestamp() < v_end loop end loop;"
            " return core.found_in_time(s, p_low, p_high); end $$"
        )
        owner.execute("set local session authorization d1_operator1")
        first = owner.execute(query, [Jsonb(wanted), None]).fetchone()
        second = owner.execute(query, [Jsonb(wanted), first["below"]]).fetchone()
    assert (first["below"], second["below"]) == (202506 * 10**8, 202505 * 10**8)
    for answer, month in ((first, "2025-06"), (second, "2025-05")):
        [group] = answer["groups"]
        assert (group["key"], group["tickets"]) == (month, whole[month][0])


def test_words_of_a_months_first_hours_are_found(world: World) -> None:
    """In the district the month has begun, in UTC it has not."""
    owner, _desks = world
    hours = {"created_from": "2025-07-01T01:00:00+08:00", "created_to": "2025-07-01T04:00:00+08:00"}
    with owner.transaction(force_rollback=True):
        made = owner.execute(OPEN, {"at": "2025-07-01T02:00:00+08:00", "n": 0}).fetchone()
        owner.execute("set local session authorization d1_operator1")
        found = listed(owner, hours | {"text": "路灯不亮"})
    assert made["id"] in {row["id"] for row in found}


@pytest.mark.parametrize(("wanted", "by"), [({}, ""), ({"text": " "}, ""), ({"text": "路灯"}, "title")])
def test_figures_of_no_words_and_by_no_known_group_are_refused(hall: Hall, wanted: Row, by: str) -> None:
    with pytest.raises(psycopg.Error) as caught:
        told_of_words(hall.desk(OPERATOR), wanted, by)
    assert caught.value.sqlstate == "LD003"
