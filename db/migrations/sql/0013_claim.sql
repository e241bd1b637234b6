-- Who has taken a ticket in hand, what each desk has open, and what may be done with many tickets at once.

-- One claim per ticket and unit: the centre and the handling unit each have a turn of their own. Unlogged like
-- presence: it lives no longer than its console, and losing it in a crash loses nothing.
create unlogged table core.claim (
  district_id smallint not null,
  ticket_id   bigint not null,
  unit_id     integer not null,
  login       name not null,
  desk        uuid not null,
  key         uuid,
  since       timestamptz not null default clock_timestamp(),
  at          timestamptz not null default clock_timestamp(),
  primary key (district_id, ticket_id, unit_id)
) with (fillfactor = 50);
comment on column core.claim.at is 'Last sign of life of the desk; claims of desks that are silent for 90 seconds are over.';
comment on column core.claim.key is 'Request key of api.next_ticket: sent again it brings the same ticket.';
create index claim_desk_idx on core.claim (login, desk);

-- A desk is one console with all the tickets it has open, and says so in one call.
alter table core.presence drop constraint presence_pkey;
alter table core.presence add primary key (login, desk, ticket_id);
alter table core.presence set (fillfactor = 50);

alter table core.action add column free boolean not null default false;
alter table core.action add column bulk boolean not null default false;
alter table core.action add column inverse text references core.action on delete restrict;
comment on column core.action.free is 'A colleague''s claim does not stand against it.';
comment on column core.action.bulk is 'May be done with many tickets in one call (api.act_many).';
comment on column core.action.inverse is 'The action that puts everything back as it was, where there is one.';
