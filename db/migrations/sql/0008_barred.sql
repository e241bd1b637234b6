-- Who is kept off a ticket (R902, R903, T26): the unit or person complained about, and whoever withdrew.

alter table core.ticket add column accused_login name constraint ticket_accused_login_fkey
  references core.staff on delete restrict;
comment on column core.ticket.accused_login is 'The person complained about, wherever he or she works; accused_unit_id the unit.';

-- Derived from core.ticket and core.withdrawal, like core.guest: row security needs a small table. A merged ticket
-- and its main ticket are one matter: whoever is kept off one of them is kept off all.
create table core.barred (
  district_id smallint not null,
  ticket_id   bigint not null,
  unit_id     integer references core.unit on delete restrict,
  login       name references core.staff on delete restrict,
  constraint barred_key unique nulls not distinct (district_id, ticket_id, unit_id, login),
  constraint barred_who_check check ((unit_id is null) <> (login is null)),
  constraint barred_ticket_fk foreign key (district_id, ticket_id) references core.ticket on delete restrict
);
create index barred_unit_idx on core.barred (unit_id, ticket_id) where unit_id is not null;
create index barred_login_idx on core.barred (login, ticket_id) where login is not null;

-- What a change says about accused units is asked of core.barred; a person who is kept off a ticket that was in
-- sight hears one last time that it went.
alter table core.change drop column accused_unit_id;
alter table core.change add column to_login name;
comment on column core.change.to_login is 'Only this person reads the row; null: whoever the scope lets.';

-- A reveal is good for a while; looking again later is another row.
alter table audit.reveal add column expires_at timestamptz not null default '-infinity';
alter table audit.reveal alter column expires_at drop default;
create index reveal_login_idx on audit.reveal (login, ticket_id, expires_at);

-- Row security asks every counted ticket by its id: the covering index has it too.
drop index core.ticket_open_state_idx;
create index ticket_open_state_idx on core.ticket (district_id, state, red_at, yellow_at) include (id) where is_open;
