-- Keeping pictures of cameras: only what the keeper saw on a registered view of his own, with the digest of what the
-- camera sent, in the ticket's history and in the register.

-- When the view ended: of a desk that fell silent, a heartbeat after it was last heard of.
create or replace function core.view_end(v audit.camera_view) returns timestamptz
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(
    (select l.seen_at + interval '90 seconds' from core.camera_live l where l.district_id = v.district_id and l.view_id = v.id),
    (select v.at + make_interval(secs => (e.detail->>'seconds')::numeric + case e.detail->>'cause' when 'silent' then 31 else 1 end) from audit.entry e
     where e.district_id = v.district_id and e.kind = 'camera_view_end' and e.at >= v.at and e.detail->'view' = to_jsonb(v.id)
     limit 1),
    v.at)
$$;

-- The person's own view in which both moments lie; what a desk could not send at once it may send for a day. A desk's
-- clock may be five seconds from the server's, and a clip begins with seconds from before it was asked for.
create or replace function core.view_with(p_view bigint, p_from timestamptz, p_until timestamptz) returns audit.camera_view
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  v audit.camera_view;
  ended timestamptz;
begin
  select * into v from audit.camera_view x
  where x.district_id = core.my_district() and x.id = p_view and x.login = session_user;
  if not found then
    perform core.refuse('no_camera_view', p_state => '42501');
  end if;
  ended := least(core.view_end(v), clock_timestamp());
  if p_from is null or p_until is null or p_until not between p_from and p_from + interval '15 minutes'
     or p_from < v.at - interval '15 seconds' or p_until > ended + interval '5 seconds' then
    perform core.bad_payload('taken_at', 'outside the view');
  elsif ended < clock_timestamp() - interval '1 day' then
    perform core.refuse('camera_view_old');
  end if;
  return v;
end $$;

-- What tells pictures apart in a list is too small to tell persons apart.
create or replace function core.check_thumb(p_thumb bytea) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if coalesce(length(p_thumb), 0) not between 33 and 65536 or core.sniff(p_thumb) is distinct from 'image/png'
     or ('x' || encode(substr(p_thumb, 17, 4), 'hex'))::bit(32)::int not between 1 and 192
     or ('x' || encode(substr(p_thumb, 21, 4), 'hex'))::bit(32)::int not between 1 and 192 then
    perform core.bad_payload('thumb', 'not a PNG of at most 192 by 192 pixels');
  end if;
end $$;

-- One file of a picture: an attachment like any other. Its digest is made here and must be the one that was announced.
create or replace function core.keep_file(
  p_district smallint, p_ticket bigint, p_name text, p_type text, p_content bytea, p_sha256 bytea)
returns bigint language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  attachment_id bigint;
begin
  perform core.attachment_facts(p_name, p_type, p_content);
  if p_sha256 is distinct from sha256(p_content) then
    perform core.bad_payload('sha256', 'not the digest of the content');
  end if;
  insert into core.attachment (district_id, ticket_id, name, media_type, size, sha256, content)
  values (p_district, p_ticket, p_name, p_type, length(p_content), p_sha256, p_content)
  returning id into attachment_id;
  return attachment_id;
end $$;

-- What history and register say of a picture.
create or replace function core.footage_facts(f core.footage) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'footage', f.id, 'kind', f.kind, 'camera', c.code, 'camera_name', c.name, 'view', f.view_id,
    'taken_at', f.taken_at, 'taken_until', nullif(f.taken_until, f.taken_at), 'reason', f.reason,
    'sha256', encode(o.sha256, 'hex'), 'burned_sha256', encode(b.sha256, 'hex'), 'blurred_from', f.blurred_from))
  from core.camera c
  join core.attachment o on o.id = f.original_id
  left join core.attachment b on b.id = f.burned_id
  where c.district_id = f.district_id and c.id = f.camera_id
$$;

create or replace function core.footage_answer(f core.footage) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select core.footage_facts(f) || jsonb_build_object('ticket_id', f.ticket_id)
$$;

-- The ticket a picture goes to: the one named, which its keeper may note on, or the one it was promised to.
create or replace function core.ticket_of_footage(p_ticket bigint, p_key uuid, p_actor core.staff) returns core.ticket
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  wanted bigint;
  t core.ticket;
begin
  if p_ticket is not null then
    t := core.lock_ticket(p_ticket, p_actor, '{}');
    perform core.find_transition(t, 'note', p_actor, null, clock_timestamp());
    return t;
  end if;
  delete from core.footage_wanted w
  where w.district_id = p_actor.district_id and w.key = p_key and w.login = p_actor.login returning w.ticket_id into wanted;
  if wanted is not null then
    t := core.lock_ticket(wanted, p_actor, '{}');
  end if;
  return case when core.may_see(t) then t end;
end $$;

-- Write the event, and note what the source system holds of the time.
create or replace function core.tell_footage(t core.ticket, f core.footage, p_action text, p_actor core.staff, p_key uuid)
returns core.ticket language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  t := core.append_event(t, p_action, 'S71', p_actor, greatest(clock_timestamp(), t.updated_at), t.state,
                         core.footage_facts(f), '{}', p_key);
  if f.blurred_from is null then
    perform core.note_claim(t, f.camera_id, f.taken_at - interval '5 minutes', f.taken_until + interval '5 minutes');
  end if;
  return t;
end $$;

-- The end of the file's name; refuses what is neither a picture nor a clip, whichever it should be.
create or replace function core.file_end(f core.footage, p_content bytea) returns text
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  suffix text := case core.sniff(p_content) when 'image/png' then '.png' when 'image/jpeg' then '.jpg' when 'video/mp4' then '.mp4' end;
begin
  if (suffix = '.mp4') is distinct from (f.kind = 'clip') then
    perform core.bad_payload('content', 'neither PNG nor JPEG nor MP4');
  end if;
  return case when f.blurred_from is null then '' else '_shielded' end || suffix;
end $$;

create or replace function core.file_name(f core.footage, p_end text) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select c.code || to_char(f.taken_at at time zone d.tz, '_YYYYMMDD-HH24MISS') || p_end
  from core.camera c join core.district d on d.id = c.district_id
  where c.district_id = f.district_id and c.id = f.camera_id
$$;

-- f comes with what is to be kept, and without what the database knows better.
create or replace function core.keep_footage(
  f core.footage, p_ticket bigint, p_action text, p_original bytea, p_original_sha bytea, p_burned bytea, p_burned_sha bytea)
returns jsonb language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  actor core.staff := core.actor();
  known core.request;
  t core.ticket;
begin
  perform core.need_key(f.key), core.check_thumb(f.thumb);
  if not actor.on_duty then
    perform core.refuse('off_duty');
  end if;
  if p_ticket is not null then
    perform core.seen_ticket(p_ticket);
  end if;
  known := core.claim_request(f.key, actor.login, p_ticket, p_action, jsonb_build_object('view', f.view_id, 'at', f.taken_at,
    'sha256', encode(p_original_sha, 'hex'), 'burned_sha256', encode(p_burned_sha, 'hex'), 'from', f.blurred_from));
  if known.key is not null then
    select * into f from core.footage x where x.district_id = actor.district_id and x.key = known.key;
    return core.footage_answer(f);
  end if;
  perform pg_advisory_xact_lock(731504, hashtext(f.key::text));  -- the ticket that wants it may be in the making
  t := core.ticket_of_footage(p_ticket, f.key, actor);
  f.district_id := actor.district_id;
  f.ticket_id := t.id;
  f.kept_by := session_user;
  f.unit_id := actor.unit_id;
  f.kept_at := clock_timestamp();
  f.original_id := core.keep_file(f.district_id, t.id, core.file_name(f, core.file_end(f, p_original)),
    core.sniff(p_original), p_original, p_original_sha);
  if f.kind = 'still' and f.blurred_from is null then
    f.burned_id := core.keep_file(f.district_id, t.id, core.file_name(f, '_burned.jpg'), 'image/jpeg', p_burned, p_burned_sha);
  end if;
  f.id := nextval(pg_get_serial_sequence('core.footage', 'id'));
  insert into core.footage overriding system value values (f.*);
  perform core.audit('footage_kept', (core.footage_facts(f))->>'camera', core.footage_facts(f), f.reason, t.id);
  if t.id is not null then
    t := core.tell_footage(t, f, p_action, actor, f.key);
    perform core.settle_request(f.key, t.id, t.version);
  end if;
  return core.footage_answer(f);
end $$;

-- A row to keep, of one's own view. p_facts: reason (else that of the view), stream, pts_from, pts_until.
create or replace function core.footage_of_view(
  p_kind text, p_view bigint, p_key uuid, p_from timestamptz, p_until timestamptz, p_facts jsonb, p_thumb bytea)
returns core.footage language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  v audit.camera_view := core.view_with(p_view, p_from, p_until);
  f core.footage;
begin
  if jsonb_typeof(p_facts) is distinct from 'object' then
    perform core.bad_payload('facts', 'not an object');
  end if;
  f.key := p_key;
  f.camera_id := v.camera_id;
  f.view_id := v.id;
  f.kind := p_kind;
  f.stream := coalesce(p_facts->>'stream', v.stream);
  f.taken_at := p_from;
  f.taken_until := p_until;
  f.reason := coalesce(nullif(core.short_text('reason', p_facts->>'reason', 500), ''), v.reason);
  f.thumb := p_thumb;
  if f.stream not in ('main', 'sub') then
    perform core.bad_payload('stream', 'neither main nor sub');
  end if;
  begin
    f.pts_from := p_facts->>'pts_from';
    f.pts_until := p_facts->>'pts_until';
  exception when data_exception then
    perform core.bad_payload('pts_from', 'not a number');
  end;
  return f;
end $$;

create or replace function api.keep_still(
  p_view bigint, p_key uuid, p_ticket bigint, p_taken timestamptz, p_facts jsonb,
  p_original bytea, p_original_sha bytea, p_burned bytea, p_burned_sha bytea, p_thumb bytea)
returns jsonb language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  return core.keep_footage(core.footage_of_view('still', p_view, p_key, p_taken, p_taken, p_facts, p_thumb),
                           p_ticket, 'keep_still', p_original, p_original_sha, p_burned, p_burned_sha);
end $$;

create or replace function api.keep_clip(
  p_view bigint, p_key uuid, p_ticket bigint, p_from timestamptz, p_until timestamptz, p_facts jsonb,
  p_original bytea, p_original_sha bytea, p_thumb bytea)
returns jsonb language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  return core.keep_footage(core.footage_of_view('clip', p_view, p_key, p_from, p_until, p_facts, p_thumb),
                           p_ticket, 'keep_clip', p_original, p_original_sha, null, null);
end $$;

-- R706: a new picture or clip in which areas are beyond recognition, and which names the one it was made from.
create or replace function api.keep_shielded(
  p_footage bigint, p_key uuid, p_reason text, p_regions jsonb, p_content bytea, p_sha256 bytea, p_thumb bytea)
returns jsonb language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  origin core.footage := core.seen_footage(p_footage);
  f core.footage := origin;
begin
  if origin.purged_at is not null then
    perform core.refuse('footage_purged', jsonb_build_object('at', origin.purged_at));
  elsif origin.blurred_from is not null then
    perform core.bad_payload('footage', 'not a picture or clip as it was taken');
  elsif jsonb_typeof(p_regions) is distinct from 'array' or jsonb_array_length(p_regions) not between 1 and 200
        or length(p_regions::text) > 100000 then
    perform core.bad_payload('regions', 'nothing is shielded');
  elsif p_sha256 in (select a.sha256 from core.attachment a where a.id in (origin.original_id, origin.burned_id)) then
    perform core.bad_payload('content', 'nothing is shielded');
  end if;
  f.key := p_key;
  f.reason := coalesce(nullif(core.short_text('reason', p_reason, 500), ''), origin.reason);
  f.blurred_from := origin.id;
  f.regions := p_regions;
  f.thumb := p_thumb;
  f.burned_id := null;
  f.served_at := null; f.served_by := null; f.served_reason := null; f.purged_at := null;
  return core.keep_footage(f, origin.ticket_id, 'shield_footage', p_content, p_sha256, null, null);
end $$;

-- Pictures without a ticket, given to one later by whoever kept them.
create or replace function core.give_footage(t core.ticket, f core.footage, p_actor core.staff) returns core.ticket
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
begin
  update core.footage x set ticket_id = t.id where x.district_id = f.district_id and x.id = f.id returning * into f;
  update core.attachment a set ticket_id = t.id where a.id in (f.original_id, f.burned_id);
  perform core.audit('footage_given', (core.footage_facts(f))->>'camera', core.footage_facts(f), f.reason, t.id);
  return core.tell_footage(t, f, 'keep_' || f.kind, p_actor, null);
end $$;

create or replace function api.attach_footage(p_ticket bigint, p_footage bigint, p_key uuid) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  actor core.staff := core.actor();
  f core.footage;
  known core.request;
  t core.ticket;
begin
  perform core.need_key(p_key), core.seen_ticket(p_ticket);
  known := core.claim_request(p_key, actor.login, p_ticket, 'attach_footage', to_jsonb(p_footage));
  if known.key is not null then
    return core.footage_answer(core.seen_footage(p_footage));
  end if;
  t := core.ticket_of_footage(p_ticket, null, actor);
  select * into f from core.footage x
  where x.district_id = actor.district_id and x.id = p_footage and x.kept_by = session_user and x.ticket_id is null
    and x.purged_at is null for update;
  if not found then
    perform core.refuse('no_such_footage', p_state => '42501');
  end if;
  t := core.give_footage(t, f, actor);
  perform core.settle_request(p_key, t.id, t.version);
  return core.footage_answer(core.seen_footage(p_footage));
end $$;

-- S71: the pictures a new ticket names. What has not arrived yet finds the ticket when it does.
create or replace function core.take_footage(t core.ticket, p_actor core.staff, p_keys jsonb) returns core.ticket
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  v_key uuid;
  f core.footage;
begin
  for v_key in select k::uuid from jsonb_array_elements_text(coalesce(nullif(p_keys, 'null'), '[]')) k order by 1 loop
    perform pg_advisory_xact_lock(731504, hashtext(v_key::text));
    select * into f from core.footage x where x.district_id = t.district_id and x.key = v_key for update;
    if not found then
      insert into core.footage_wanted (district_id, key, ticket_id) values (t.district_id, v_key, t.id) on conflict do nothing;
    elsif f.kept_by <> p_actor.login or f.ticket_id is not null or f.purged_at is not null then
      perform core.refuse('no_such_footage', p_state => '42501');
    else
      t := core.give_footage(t, f, p_actor);
    end if;
  end loop;
  return t;
end $$;

-- What was kept stays as it was kept: it may get a ticket, be marked as served, and lose its content in the end.
create or replace function core.tg_footage__kept() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  v_free text[] := '{ticket_id,thumb,served_at,served_by,served_reason,purged_at}';
begin
  if tg_op = 'UPDATE' and to_jsonb(new) - v_free = to_jsonb(old) - v_free
     and (old.ticket_id is null or new.ticket_id = old.ticket_id) then
    return new;
  end if;
  raise exception using errcode = '42501', constraint = 'footage_is_kept',
    message = 'Kept pictures are not changed or removed.';
end $$;
create or replace trigger _400_kept before update or delete on core.footage
  for each row execute function core.tg_footage__kept();

do $$
declare
  v_function regprocedure;
begin
  foreach v_function in array array[
      'api.keep_still(bigint, uuid, bigint, timestamptz, jsonb, bytea, bytea, bytea, bytea, bytea)',
      'api.keep_clip(bigint, uuid, bigint, timestamptz, timestamptz, jsonb, bytea, bytea, bytea)',
      'api.keep_shielded(bigint, uuid, text, jsonb, bytea, bytea, bytea)',
      'api.attach_footage(bigint, bigint, uuid)']::regprocedure[] loop
    execute format('revoke all on function %1$s from public; grant execute on function %1$s to ld_console', v_function);
  end loop;
end $$;
