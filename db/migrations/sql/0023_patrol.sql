-- Round tours through a group of cameras (轮巡, S72): which are due, who went round when, and what was really seen.

-- From these times of the day on a round through the group is due, until the next of them.
create table core.patrol_plan (
  district_id smallint not null,
  group_id    integer  not null,
  times       time[]   not null constraint patrol_plan_times_check check (cardinality(times) between 1 and 48),
  primary key (district_id, group_id),
  constraint patrol_plan_group_fk foreign key (district_id, group_id) references core.camera_group on delete cascade
);

create table core.patrol (
  district_id smallint not null references core.district on delete restrict,
  id          bigint generated always as identity,
  key         uuid not null constraint patrol_key_key unique,
  group_id    integer,
  group_name  text not null,
  planned     smallint not null,
  login       name not null default session_user,
  unit_id     integer not null references core.unit on delete restrict,
  started_at  timestamptz not null default clock_timestamp(),
  ended_at    timestamptz,
  remarks     text not null default '',
  primary key (district_id, id),
  constraint patrol_group_fk foreign key (district_id, group_id) references core.camera_group on delete set null (group_id),
  constraint patrol_span_check check (ended_at >= started_at)
);
comment on column core.patrol.group_name is 'As it was called then; group_id is null once the group is gone. planned: how many cameras it had.';
comment on column core.patrol.key is 'Request key of api.begin_patrol: sent again it names the same round.';
create index patrol_started_idx on core.patrol (district_id, started_at desc, id desc);
create index patrol_login_idx on core.patrol (district_id, login, started_at desc);
create index patrol_group_idx on core.patrol (district_id, group_id, started_at desc);

create table core.patrol_stop (
  district_id smallint not null,
  patrol_id   bigint   not null,
  n           smallint not null,
  at          timestamptz not null default clock_timestamp(),
  camera_id   integer  not null,
  view_id     bigint,
  was_seen    boolean  not null,
  state       text     not null constraint patrol_stop_state_check check (state ~ '^[a-z_]{1,40}$'),
  seconds     smallint not null constraint patrol_stop_seconds_check check (seconds >= 0),
  remark      text     not null default '',
  primary key (district_id, patrol_id, n),
  constraint patrol_stop_patrol_fk foreign key (district_id, patrol_id) references core.patrol on delete restrict,
  constraint patrol_stop_camera_fk foreign key (district_id, camera_id) references core.camera on delete restrict,
  constraint patrol_stop_view_fk foreign key (district_id, view_id) references audit.camera_view on delete restrict,
  constraint patrol_stop_seen_check check (view_id is not null or not was_seen)
);
comment on column core.patrol_stop.was_seen is 'A picture was on the screen; then the register of views has the row view_id. state: how the stream was.';
create index patrol_stop_camera_idx on core.patrol_stop (district_id, camera_id);
create index patrol_stop_view_idx on core.patrol_stop (district_id, view_id);
