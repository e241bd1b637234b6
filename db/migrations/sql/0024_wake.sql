-- What the waker holds: one lock for each scope somebody may wait for, another one after each change.

create unlogged table core.wake (
  scope       text primary key,
  district_id smallint not null,
  epoch       bigint not null,
  key         bigint not null constraint wake_key_check check (key < 0)
);
comment on table core.wake is 'Readers wait for the lock of their scope''s epoch, whose key they are told; api.tick() begins the next epoch where something changed. Unlogged: after a crash the waker begins anew.';
comment on column core.wake.key is 'Cannot be guessed (core.wake_key); negative, so that the locks of offices are out of reach.';

drop function if exists core.channel_of(text);
drop function if exists api.feed_channel();
drop function if exists api.count_listeners();
drop function if exists api.tick(pg_snapshot);
drop function if exists api.changes_since(pg_snapshot, integer);
drop function if exists api.position();
