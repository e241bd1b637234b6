"""Tickets of the demo: what its persons did over the last weeks, played through the rules themselves."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from db.seed.demo_plots import PLOTS, Plot, merged, working
from db.seed.demo_stage import Stage, read_stage
from db.seed.demo_tale import Tale

# The first district is the big one.
SHARES = {1: 1200, 2: 80}
# Few, because a row changed twice in one transaction has all its foreign keys checked again.
STEPS_PER_CALL = 200
# Tickets of one day share a counter of numbers: a day belongs to one lane, so lanes need not wait.
LANES = 2
NIGHT_CALLS = 0.25
ZONE_SHIFT = timedelta(hours=14)  # a district may live in the next month already

# Plays steps in the order of their times. A tale's ticket is known only after its first step.
PLAYER = """
create temporary table played (tale integer primary key, ticket_id bigint not null);
create function pg_temp.play(p_steps jsonb) returns void language plpgsql as $$
declare
  step record;
  actor core.staff;
begin
  for step in
    select * from jsonb_to_recordset(p_steps)
      as s(tale int, at timestamptz, login name, action text, payload jsonb)
  loop
    select * into actor from core.staff where login = step.login;
    if step.action = 'open' then
      insert into pg_temp.played
      select step.tale, t.id from core.create_ticket(actor, step.at, null, step.payload) t;
    else
      if step.action = 'merge' then
        step.payload := (select jsonb_build_object('main', ticket_id) from pg_temp.played
                         where tale = (step.payload->>'main')::int);
      end if;
      perform core.perform((select ticket_id from pg_temp.played where tale = step.tale),
                           step.action, actor, step.at, null, null, step.payload);
    end if;
  end loop;
end $$;
"""


@dataclass(frozen=True)
class Event:
    """A step with its moment; `tale` numbers the tickets."""

    tale: int
    lane: int
    at: datetime
    login: str
    action: str
    payload: dict[str, Any]

    def row(self) -> dict[str, Any]:
        """Return the step as the player reads it."""
        return {
            "tale": self.tale,
            "at": self.at.isoformat(),
            "login": self.login,
            "action": self.action,
            "payload": self.payload,
        }


def play_tickets(dsn: str, tickets: int) -> None:
    """Let the demo persons work on `tickets` tickets until now."""
    with psycopg.connect(dsn) as connection:
        events = [
            event
            for district, share in SHARES.items()
            for event in plan(
                read_stage(connection, district), deal(round(tickets * share / sum(SHARES.values())))
            )
        ]
    play(dsn, events)


def deal(number: int) -> list[Plot]:
    """Spread the plots evenly, so that a small district has the same mix as a big one."""
    deck = [plot for plot in PLOTS for _ in range(plot.weight)]
    return [deck[index * len(deck) // number] for index in range(number)]


def plan(stage: Stage, plots: list[Plot]) -> list[Event]:
    """Draw a case for each plot of one district and set the moments."""
    random = Random(stage.district_id)  # noqa: S311  the same district every time, no secret
    tales = [Tale(random, stage.cast, case) for case in stage.cases(random, plots)]
    stories = [
        list(_timed(stage, n, plot, tale)) for n, (plot, tale) in enumerate(zip(plots, tales, strict=True))
    ]
    _join_merged(random, plots, stories)
    return [event for story in stories for event in story]


def play(dsn: str, events: list[Event]) -> None:
    """Perform the events in the order of their times, each lane on a connection of its own."""
    ordered = sorted(events, key=lambda event: event.at)
    _make_months(dsn, ordered)
    with ThreadPoolExecutor(LANES) as pool:
        lanes = ([event for event in ordered if event.lane == lane] for lane in range(LANES))
        for played in [pool.submit(_play_lane, dsn, lane) for lane in lanes]:
            played.result()


def _make_months(dsn: str, events: list[Event]) -> None:
    """Make the partitions first: lanes that have written and both need one wait for one another."""
    days = {
        (event.at + shift).date().replace(day=1) for event in events for shift in (timedelta(), ZONE_SHIFT)
    }
    with psycopg.connect(dsn, autocommit=True) as connection:
        for day in sorted(days):
            connection.execute("select core.ensure_month(%s)", [day])


def _play_lane(dsn: str, events: list[Event]) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(PLAYER)
        for start in range(0, len(events), STEPS_PER_CALL):
            rows = [event.row() for event in events[start : start + STEPS_PER_CALL]]
            connection.execute("select pg_temp.play(%s)", [Jsonb(rows)])


def _timed(stage: Stage, index: int, plot: Plot, tale: Tale) -> Iterator[Event]:
    """Play the tale and count backwards: its last step lies `tail` hours before now."""
    plot.play(tale)
    random = tale.random
    left = sum(step.hours for step in tale.steps) + random.uniform(*plot.tail)
    number, lane = stage.district_id * 1_000_000 + index, 0
    for step in tale.steps:
        left -= step.hours
        at = stage.time.before_now(left)
        if step.action == "open":
            if random.random() < NIGHT_CALLS:
                at -= timedelta(hours=random.uniform(0, 14))
            lane = at.toordinal() % LANES
        yield Event(number, lane, at, step.login, step.action, step.payload)


def _join_merged(random: Random, plots: list[Plot], stories: list[list[Event]]) -> None:
    """Give each merged ticket an older running one on the same matter; without one it stays new."""
    mains = [story[0] for plot, story in zip(plots, stories, strict=True) if plot.play is working]
    for story in (story for plot, story in zip(plots, stories, strict=True) if plot.play is merged):
        opening, merge = story
        older = [main for main in mains if main.at < opening.at and main.lane == opening.lane]
        if not older:
            story.remove(merge)
            continue
        main = random.choice(older)
        same = {
            key: main.payload[key]
            for key in ("kind", "category_id", "place_id", "place_text", "title", "is_urgent")
        }
        opening.payload.update(same, body="又有群众反映：" + main.payload["body"])
        merge.payload["main"] = main.tale
