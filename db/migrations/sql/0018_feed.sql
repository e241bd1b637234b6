-- The change feed by scope: one row for each scope a write concerns, in partitions that come and go whole.
-- What the old table held is dropped: every console loads afresh when it links up.

drop function if exists api.changes_since(xid8, bigint, integer);
drop function if exists api.position();
drop table core.change;
drop function if exists core.tg_change__wake();
drop sequence core.wake_tick;

create sequence core.change_seq;

create table core.change (
  seq         bigint not null default nextval('core.change_seq'),
  xid         xid8 not null default pg_current_xact_id(),
  at          timestamptz not null default clock_timestamp(),
  what        text not null constraint change_what_check check (what in ('ticket','presence','view','directory')),
  id          bigint not null,
  version     integer not null default 0,
  by_login    name not null default session_user,
  district_id smallint not null,
  scope       text not null
) partition by range (xid);
comment on table core.change is 'One row per scope a write touched. Partitions by transaction number, because readers ask by it; api.sweep_changes() makes and drops them.';
comment on column core.change.scope is 'Who may read the row: ''district 1'', ''town 3'', ''area 40'', ''dept 9'', ''common 1'' for all of a district, ''person d1_operator1''.';
create index change_scope_idx on core.change (scope, xid, seq);
-- For those who ask for all scopes. An expression, so that nobody else's plan can walk all changes to find a few.
create index change_xid_idx on core.change ((xid::text::bigint));

-- Nothing fails for want of a partition.
create table core.change_default partition of core.change default;

create table core.feed (
  only_row boolean primary key default true constraint feed_only_row_check check (only_row),
  floor    xid8 not null default '0',
  salt     bytea not null
);
comment on column core.feed.floor is 'Changes of older transactions are no longer complete.';
comment on column core.feed.salt is 'Made once per database: names of channels cannot be guessed.';
insert into core.feed (salt) values (sha256(gen_random_uuid()::text::bytea || gen_random_uuid()::text::bytea));

-- When the waker last looked, in milliseconds: a sequence, because it leaves no dead rows behind; unlogged, because
-- then it costs no transaction number.
create unlogged sequence core.wake_tick;
