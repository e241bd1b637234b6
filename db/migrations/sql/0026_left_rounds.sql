-- A round whose desk is gone is closed by the worker; it does not count as gone.

alter table core.patrol add column was_left boolean not null default false;
comment on column core.patrol.was_left is 'Nobody ended it: api.sweep_patrols() did, at the last that was heard of it.';
create index patrol_open_idx on core.patrol (started_at) where ended_at is null;
