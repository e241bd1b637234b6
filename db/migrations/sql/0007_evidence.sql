-- The register of who did what with the data, and anchors over it and over every ticket's chain (R902, R912).

create table audit.entry (
  id          bigint generated always as identity primary key,
  at          timestamptz not null default clock_timestamp(),
  login       name not null default session_user,
  district_id smallint references core.district on delete restrict,
  kind        text not null constraint entry_kind_check check (kind ~ '^[a-z_]{1,40}$'),
  subject     text not null default '',
  ticket_id   bigint,
  reason      text not null default '',
  detail      jsonb not null default '{}',
  address     inet default inet_client_addr(),
  hash        bytea not null
);
comment on column audit.entry.district_id is 'null: concerns the whole server.';
comment on column audit.entry.hash is 'Of this row alone: rows do not wait for each other; anchors tie them together.';
create index entry_at_idx on audit.entry (district_id, at desc);
create index entry_ticket_idx on audit.entry (ticket_id) where ticket_id is not null;

-- A seal over all that was written since the one before. Copied off the server it holds everything up to itself.
create table audit.anchor (
  id        integer primary key,
  at        timestamptz not null,
  login     name not null,
  links     integer not null,
  digest    bytea not null,
  prev_hash bytea,
  hash      bytea not null
);
comment on column audit.anchor.id is 'Counts without gaps.';
comment on column audit.anchor.digest is 'Of its links.';

-- What an anchor sealed: the head of a ticket's chain, or an entry of the register.
create table audit.link (
  anchor_id integer not null,
  chain     text    not null constraint link_chain_check check (chain in ('ticket', 'entry')),
  id        bigint  not null,
  seq       integer not null,
  hash      bytea   not null,
  primary key (chain, id, seq),
  constraint link_anchor_fk foreign key (anchor_id) references audit.anchor on delete restrict
    deferrable initially deferred
);
create index link_anchor_idx on audit.link (anchor_id);
