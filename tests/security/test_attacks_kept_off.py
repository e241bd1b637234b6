"""The unit complained about and whoever withdrew: they see, find, count, hear and do nothing (R902, T26)."""

from __future__ import annotations

import pytest
from attack import NOTHING, Attack, each
from ground import Ground
from unguarded import (
    EVERY_DUTY,
    HEARS_ALL,
    NO_GUARDS,
    NO_ROWS,
    NO_VERSIONS,
    NOTE,
    SEE_ALL,
    UNSEEN,
    act,
)

KEPT_OFF = (
    Attack(
        "accused-sees",
        "R902",
        ("town", "area"),
        "select title from api.tickets where id = %(accused)s",
        refused=NOTHING,
        off=NO_ROWS,
    ),
    Attack(
        "accused-counts",
        "R902",
        ("town", "area"),
        "select (api.queue_counts(jsonb_build_object('ids', array[%(accused)s]))->>'total')::int",
        refused=NOTHING,
        off=NO_ROWS,
    ),
    Attack(
        "accused-finds",
        "R902",
        "town",
        'select id from api.tickets_page(\'{"text": "举报"}\')',
        refused=NOTHING,
        off=NO_ROWS,
    ),
    Attack(
        "accused-reads-history",
        "R902",
        "town",
        "select payload from api.events where ticket_id = %(accused)s",
        refused=NOTHING,
        off=(NO_ROWS, "alter table core.event disable row level security"),
    ),
    Attack(
        "accused-hears",
        "R902",
        "town",
        "select id from api.changes_since('1:1:', 1000) where id = %(accused)s",
        refused=NOTHING,
        off=HEARS_ALL,
    ),
    Attack(
        "accused-acts",
        "R902",
        ("town", "area"),
        act("accused", "note", NOTE, "1"),
        off=(*NO_GUARDS, EVERY_DUTY, NO_VERSIONS),
        **UNSEEN,
    ),
    Attack(
        "accused-reveals",
        "R902",
        "town",
        "select api.reveal(%(accused)s, '核对地址')",
        off=(*SEE_ALL, EVERY_DUTY),
        **UNSEEN,
    ),
    Attack(
        "withdrawn-sees",
        "T26",
        "colleague",
        "select title from api.tickets where id = %(withdrawn)s",
        refused=NOTHING,
        off=NO_ROWS,
    ),
    Attack(
        "withdrawn-acts", "T26", "colleague", act("withdrawn", "accept", version="2"), off=NO_GUARDS, **UNSEEN
    ),
    Attack(
        "withdrawn-reveals",
        "R903",
        "colleague",
        "select api.reveal(%(withdrawn)s, '核对地址')",
        off=SEE_ALL,
        **UNSEEN,
    ),
)


@pytest.mark.parametrize(("attack", "login"), each(KEPT_OFF))
def test_refused(ground: Ground, attack: Attack, login: str) -> None:
    ground.repel(attack, login)
