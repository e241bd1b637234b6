"""Tickets of the demo: thousands of actions by the demo persons over the last weeks, through the rules themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from db.seed.demo_plots import PLOTS, Plot, Tale, merged, working
from db.seed.demo_stage import Stage, read_stage

# The first district is the big one.
SHARES = {1: 1200, 2: 80}
STEPS_PER_CALL = 1500
NIGHT_CALLS = 0.25

# Plays steps in the order of their times. A tale's ticket is known only after its first step.
PLAYER = """
create temporary table played (tale integer primary key, ticket_id bigint not null);
create function pg_temp.play(p_steps jsonb) returns void language plpgsql as $$
declare
  step record;
  actor core.staff;
begin
  for step in
    select * from jsonb_to_recordset(p_steps) as s(tale int, at timestamptz, login name, action text, payload jsonb)
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


def play_tickets(connection: psycopg.Connection, tickets: int, now: datetime | None = None) -> None:
    """Let the demo persons work on `tickets` tickets until now."""
    events = [
        event
        for district, share in SHARES.items()
        for event in plan(
            read_stage(connection, district, now), round(tickets * share / sum(SHARES.values()))
        )
    ]
    events.sort(key=lambda event: event.at)
    connection.execute(PLAYER)
    for start in range(0, len(events), STEPS_PER_CALL):
        rows = [event.row() for event in events[start : start + STEPS_PER_CALL]]
        connection.execute("select pg_temp.play(%s)", [Jsonb(rows)])
    connection.execute("drop function pg_temp.play; drop table pg_temp.played")


def plan(stage: Stage, number: int) -> list[Event]:
    """Draw plots and cases for one district and set the moments."""
    random = Random(stage.district_id)
    plots = list(_deal(number))
    tales = [Tale(random, stage.cast, case) for case in stage.cases(random, plots)]
    events: dict[int, list[Event]] = {}
    for index, (plot, tale) in enumerate(zip(plots, tales, strict=True)):
        plot.play(tale)
        events[index] = list(_timed(stage, index, plot, tale))
    _join_merged(random, plots, events)
    return [event for story in events.values() for event in story]


def _deal(number: int) -> Iterator[Plot]:
    """Spread the plots evenly, so that a small district has the same mix as a big one."""
    deck = [plot for plot in PLOTS for _ in range(plot.weight)]
    for index in range(number):
        yield deck[index * len(deck) // number]


def _timed(stage: Stage, index: int, plot: Plot, tale: Tale) -> Iterator[Event]:
    """Count backwards: the last step lies `tail` hours before now."""
    random = tale.random
    left = sum(step.hours for step in tale.steps) + random.uniform(*plot.tail)
    number = stage.district_id * 1_000_000 + index
    for step in tale.steps:
        left -= step.hours
        at = stage.time.before_now(left)
        if step.action == "open" and random.random() < NIGHT_CALLS:
            at -= timedelta(hours=random.uniform(0, 14))
        yield Event(number, at, step.login, step.action, step.payload)


def _join_merged(random: Random, plots: list[Plot], events: dict[int, list[Event]]) -> None:
    """Give each merged ticket an older running one on the same matter; without one it stays new."""
    mains = [events[index] for index, plot in enumerate(plots) if plot.play is working]
    for index, plot in enumerate(plots):
        if plot.play is not merged:
            continue
        opening, merge = events[index]
        older = [story for story in mains if story[0].at < opening.at]
        if not older:
            events[index] = [opening]
            continue
        main = random.choice(older)[0]
        opening.payload.update({key: main.payload[key] for key in ("kind", "category_id", "title")})
        for key in ("place_id", "no_place"):
            opening.payload.pop(key, None)
            if key in main.payload:
                opening.payload[key] = main.payload[key]
        merge.payload["main"] = main.tale
