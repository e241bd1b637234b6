-- A ticket is there before its first event. Deferred, the check was planned anew at each commit: a tenth of an act.
alter table core.event alter constraint event_ticket_fk not deferrable;

alter table core.wake add column is_due boolean not null default false;
alter table core.wake add column begun_at timestamptz not null default '-infinity';
comment on column core.wake.is_due is 'Touched since its epoch began; the next one begins as soon as the scope''s pace allows.';
