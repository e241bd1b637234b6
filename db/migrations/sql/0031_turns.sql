-- The desks of a hall are woken in turns, a quarter of them at a time: all at once they queue for the processors and for
-- one another's locks, and whoever writes meanwhile waits behind them.
alter table core.wake add column turn smallint not null default 0;
alter table core.wake drop constraint wake_pkey, add primary key (scope, turn);
comment on column core.wake.turn is 'Of the desks that share a scope, those of this turn (core.turn_of); 0 where all are woken together.';
drop function if exists core.wake_key(text, bigint);
drop function if exists api.tick(pg_snapshot);
