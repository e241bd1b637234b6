-- How cameras are: sweeps over all of them, shares online over time, outages and their repair tickets; and who steers.

create table core.camera_sweep (
  district_id smallint not null references core.district on delete restrict,
  id          bigint generated always as identity,
  started_at  timestamptz not null default clock_timestamp(),
  ended_at    timestamptz,
  is_void     boolean not null default false,
  classes     jsonb not null default '{}',
  primary key (district_id, id)
);
comment on column core.camera_sweep.is_void is 'It broke off, or nothing answered at all: then it tells about the asker and not about the cameras.';
comment on column core.camera_sweep.classes is 'How many cameras had each status.';
create index camera_sweep_ended_idx on core.camera_sweep (district_id, ended_at desc) where not is_void;

-- Sums, so that shares over a longer span are shares too: a row a sweep, later a row an hour, later a day.
create table core.camera_share (
  district_id smallint not null references core.district on delete restrict,
  at          timestamptz not null,
  source      text not null,
  town_id     integer not null,
  span        text not null default 'sweep' constraint camera_share_span_check check (span in ('sweep','hour','day')),
  sweeps      integer not null default 1,
  total       bigint not null,
  online      bigint not null,
  down        bigint not null,
  primary key (district_id, at, source, town_id, span)
);
comment on column core.camera_share.town_id is '0: the camera lies in no town.';

-- From when to when a camera, or all that a gateway serves, was down, whatever the kind of failure.
create table core.camera_outage (
  district_id smallint not null references core.district on delete restrict,
  id          bigint generated always as identity,
  camera_id   integer,
  gateway_id  integer,
  since       timestamptz not null,
  ended_at    timestamptz,
  ticket_id   bigint,
  primary key (district_id, id),
  constraint camera_outage_what_check check ((camera_id is null) <> (gateway_id is null)),
  constraint camera_outage_camera_fk foreign key (district_id, camera_id) references core.camera on delete cascade,
  constraint camera_outage_gateway_fk foreign key (district_id, gateway_id) references core.gateway on delete cascade
);
comment on column core.camera_outage.ticket_id is 'Its repair ticket, when it lasted long enough for one.';
create unique index camera_outage_camera_key on core.camera_outage (district_id, camera_id) where ended_at is null;
create unique index camera_outage_gateway_key on core.camera_outage (district_id, gateway_id) where ended_at is null;
create index camera_outage_ticket_idx on core.camera_outage (ticket_id) where ticket_id is not null;

-- Who steers a camera: one person at a time, as long as the desk is heard of.
create table core.ptz_lease (
  district_id smallint not null,
  id          bigint generated always as identity,
  camera_id   integer not null,
  view_id     bigint not null,
  login       name not null,
  unit_id     integer not null references core.unit on delete restrict,
  since       timestamptz not null,
  renewed_at  timestamptz not null default clock_timestamp(),
  hold        jsonb,
  hold_at     timestamptz,
  primary key (district_id, id),
  constraint ptz_lease_camera_key unique (district_id, camera_id),
  constraint ptz_lease_camera_fk foreign key (district_id, camera_id) references core.camera on delete cascade,
  constraint ptz_lease_view_fk foreign key (district_id, view_id) references audit.camera_view on delete restrict
) with (fillfactor = 50);
comment on column core.ptz_lease.hold is 'The movement that goes on: {"pan","tilt","zoom"} from -100 to 100, or {"preset"}. Its end is a line of the register.';
