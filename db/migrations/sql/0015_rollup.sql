-- Closed tickets, counted: what the years hold is read in cells instead of in rows. Open tickets are few and stay
-- out; a closed ticket changes with no clock, only when it is written.

create table core.rollup (
  district_id     smallint not null references core.district on delete restrict,
  cell            uuid not null,
  month           date not null,
  state           text not null references core.state on delete restrict,
  p_town          integer,
  h_town          integer,
  h_dept          integer,
  handler_unit_id integer,
  domain_id       integer,
  class_id        integer,
  channel         text not null,
  kind            text not null,
  overdue         boolean not null,
  answer          text not null,
  tickets         bigint not null,
  days            bigint[] not null,
  primary key (district_id, cell),
  constraint rollup_days_check check (cardinality(days) = 12)
);
comment on table core.rollup is 'One row for each combination that closed tickets have; cell is its digest.';
comment on column core.rollup.days is 'Answered tickets by working days from dispatch to the answer: 0 to 10, then 11 and more.';
create index rollup_month_idx on core.rollup (district_id, month);
create index rollup_dept_idx on core.rollup (h_dept, month);
create index rollup_empty_idx on core.rollup (district_id) where tickets = 0;

create table core.rolled (
  district_id smallint not null,
  ticket_id   bigint not null,
  cell        uuid not null,
  days        smallint,
  primary key (district_id, ticket_id)
);
comment on table core.rolled is 'In which cell a closed ticket is counted, so that it can be taken out again. No foreign keys: only core.roll writes here, and five million of them would be looked up twice.';

create table core.rollup_reach (
  only_row boolean primary key default true constraint rollup_reach_only_row_check check (only_row),
  xid      xid8,
  seq      bigint not null default 0,
  walked   bigint default 0
);
comment on table core.rollup_reach is 'Up to which change the cells are true. walked: the last ticket of the first walk over all; null when it is over.';
insert into core.rollup_reach default values;
