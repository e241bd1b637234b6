-- Pictures kept from cameras (R701, D8), and what the source systems still hold of the same time.

alter table core.attachment alter column ticket_id drop not null;
alter table core.attachment alter column content drop not null;
alter table core.attachment alter column content set storage external;  -- pictures, sound and video do not shrink
comment on column core.attachment.ticket_id is 'null: kept from a camera, and with no ticket (yet); only core.footage leads here.';
comment on column core.attachment.content is 'null: deleted at the end of its retention; size and digest stay.';
alter table core.attachment drop constraint attachment_size_check, drop constraint attachment_type_check;
alter table core.attachment
  add constraint attachment_size_check
    check (size between 1 and case media_type when 'video/mp4' then 67108864 else 20971520 end),
  add constraint attachment_type_check check (media_type in
    ('image/png','image/jpeg','image/webp','application/pdf','audio/mpeg','audio/wav','audio/ogg','audio/mp4',
     'video/mp4'));

-- One picture or clip. What is evidence lies in its attachments; here is where, when, why and by whom it was taken.
create table core.footage (
  district_id   smallint not null references core.district on delete restrict,
  id            bigint generated always as identity,
  key           uuid not null,
  ticket_id     bigint,
  camera_id     integer not null,
  view_id       bigint not null,
  kind          text not null constraint footage_kind_check check (kind in ('still','clip')),
  stream        text not null constraint footage_stream_check check (stream in ('main','sub')),
  taken_at      timestamptz not null,
  taken_until   timestamptz not null,
  pts_from      double precision,
  pts_until     double precision,
  reason        text not null,
  kept_by       name not null default session_user,
  unit_id       integer not null references core.unit on delete restrict,
  kept_at       timestamptz not null default clock_timestamp(),
  original_id   bigint not null references core.attachment on delete restrict,
  burned_id     bigint references core.attachment on delete restrict,
  thumb         bytea constraint footage_thumb_check check (length(thumb) <= 65536),
  blurred_from  bigint,
  regions       jsonb,
  served_at     timestamptz,
  served_by     name,
  served_reason text,
  purged_at     timestamptz,
  primary key (district_id, id),
  constraint footage_key_key unique (district_id, key),
  constraint footage_span_check check (taken_until >= taken_at),
  constraint footage_burned_check check ((burned_id is not null) = (kind = 'still' and blurred_from is null)),
  constraint footage_regions_check check ((regions is null) = (blurred_from is null)),
  constraint footage_served_check check ((served_at is null) = (served_by is null) and (served_at is null) = (served_reason is null)),
  constraint footage_purged_check check (purged_at >= kept_at + interval '30 days'),
  constraint footage_ticket_fk foreign key (district_id, ticket_id) references core.ticket on delete restrict,
  constraint footage_camera_fk foreign key (district_id, camera_id) references core.camera on delete restrict,
  constraint footage_view_fk foreign key (district_id, view_id) references audit.camera_view on delete restrict,
  constraint footage_blurred_fk foreign key (district_id, blurred_from) references core.footage on delete restrict
);
comment on column core.footage.key is 'The request key it was kept with; a report that is written down meanwhile names the picture by it.';
comment on column core.footage.taken_at is 'By the server''s clock, as the desk knew it, and within the view''s life; kept_at is when it arrived.';
comment on column core.footage.pts_from is 'Seconds of the stream''s own clock; null: the first packet had none.';
comment on column core.footage.original_id is 'As it came from the camera; of a blurred copy the copy itself.';
comment on column core.footage.burned_id is 'The same picture with camera, place, time, person, unit, ticket and reason burned in.';
comment on column core.footage.thumb is 'At most 192 by 192 pixels: tells pictures apart, not persons.';
comment on column core.footage.regions is 'What was shielded in a copy for publication (R706).';
comment on constraint footage_purged_check on core.footage is 'R701: nobody deletes a picture before it is 30 days old.';
create index footage_ticket_idx on core.footage (ticket_id) where ticket_id is not null;
create index footage_keeper_idx on core.footage (kept_by, kept_at desc) where ticket_id is null;
create index footage_original_idx on core.footage (original_id);
create index footage_burned_idx on core.footage (burned_id) where burned_id is not null;
create index footage_blurred_idx on core.footage (blurred_from) where blurred_from is not null;
create index footage_loose_idx on core.footage (kept_at) where ticket_id is null and purged_at is null;
create index footage_served_idx on core.footage (kept_at) where served_at is not null and purged_at is null;

-- Pictures a new ticket was promised and that had not arrived when it was made (S71).
create table core.footage_wanted (
  district_id smallint not null,
  key         uuid not null,
  ticket_id   bigint not null,
  login       name not null default session_user,
  at          timestamptz not null default clock_timestamp(),
  primary key (district_id, key),
  constraint footage_wanted_ticket_fk foreign key (district_id, ticket_id) references core.ticket on delete restrict
);

-- The source system's own recording of a time that matters to a ticket: it is overwritten when its days are over,
-- unless somebody asks for it.
create table core.footage_claim (
  district_id    smallint not null references core.district on delete restrict,
  id             bigint generated always as identity,
  ticket_id      bigint not null,
  camera_id      integer not null,
  span           tstzrange not null,
  overwritten_at timestamptz not null,
  state          text not null default 'open' constraint footage_claim_state_check check (state in ('open','asked','secured','lost')),
  made_by        name not null default session_user,
  made_at        timestamptz not null default clock_timestamp(),
  asked_by       name,
  asked_at       timestamptz,
  asked_of       text,
  ended_by       name,
  ended_at       timestamptz,
  note           text not null default '',
  primary key (district_id, id),
  constraint footage_claim_span_check check (not isempty(span) and not lower_inf(span) and not upper_inf(span)),
  constraint footage_claim_asked_check check ((asked_at is null) = (asked_by is null) and (state <> 'asked' or asked_at is not null)),
  constraint footage_claim_ended_check check ((ended_at is null) = (state in ('open','asked')) and (ended_at is null) = (ended_by is null)),
  constraint footage_claim_ticket_fk foreign key (district_id, ticket_id) references core.ticket on delete restrict,
  constraint footage_claim_camera_fk foreign key (district_id, camera_id) references core.camera on delete restrict
);
comment on column core.footage_claim.overwritten_at is 'End of the span and the camera''s retention_days as they were when it was noted.';
comment on column core.footage_claim.state is 'What people said. That nobody asked in time is a comparison of overwritten_at with now.';
create index footage_claim_ticket_idx on core.footage_claim (ticket_id);

-- A picture seen on patrol becomes a ticket: a channel of its own, and a source of each district (S71).
insert into core.channel (code, name_zh, name_en, rank)
  select 'video', '视频巡查', 'Video patrol', max(c.rank) + 1 from core.channel c having count(*) > 0
  on conflict do nothing;
insert into core.source (code, district_id, name_zh, name_en, channel, kind)
  select 'd' || d.id || '_video', d.id, '视频巡查', 'Video patrol', 'video', 'own'
  from core.district d where exists (select from core.channel c where c.code = 'video')
  on conflict do nothing;
