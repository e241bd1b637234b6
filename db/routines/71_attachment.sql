-- Attachments: the type is read from the first bytes, the digest is kept in the row and in the history.

-- The handler of a track of pictures: an MP4 file without one is sound.
create or replace function core.video_track() returns bytea
language sql immutable as $$ select 'hdlr'::bytea || '\x0000000000000000' || 'vide'::bytea $$;

create or replace function core.sniff(p_content bytea) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case
    when substr(p_content, 1, 8) = '\x89504e470d0a1a0a' then 'image/png'
    when substr(p_content, 1, 3) = '\xffd8ff' then 'image/jpeg'
    when substr(p_content, 1, 4) = 'RIFF'::bytea and substr(p_content, 9, 4) = 'WEBP'::bytea then 'image/webp'
    when substr(p_content, 1, 4) = 'RIFF'::bytea and substr(p_content, 9, 4) = 'WAVE'::bytea then 'audio/wav'
    when substr(p_content, 1, 5) = '%PDF-'::bytea then 'application/pdf'
    when substr(p_content, 1, 4) = 'OggS'::bytea then 'audio/ogg'
    when substr(p_content, 5, 4) = 'ftyp'::bytea then
      case when position(core.video_track() in p_content) > 0 then 'video/mp4' else 'audio/mp4' end
    when substr(p_content, 1, 3) = 'ID3'::bytea
      or substr(p_content, 1, 2) in ('\xfffb', '\xfff3', '\xfff2', '\xfffa') then 'audio/mpeg'
  end
$$;

create or replace function api.attach(p_ticket bigint, p_key uuid, p_name text, p_media_type text, p_content bytea)
returns jsonb language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  actor core.staff := core.actor();
  facts jsonb := core.attachment_facts(p_name, p_media_type, p_content);
  known core.request;
  t core.ticket;
  attachment_id bigint;
begin
  perform core.need_key(p_key);
  perform core.seen_ticket(p_ticket);
  known := core.claim_request(p_key, actor.login, p_ticket, 'attach', facts);
  t := core.lock_ticket(p_ticket, actor, '{}');
  if known.key is not null then
    return (select e.payload from core.event e
            where e.district_id = t.district_id and e.ticket_id = t.id and e.seq = known.event_seq);
  end if;
  perform core.find_transition(t, 'note', actor, null, clock_timestamp());  -- who may note may attach
  insert into core.attachment (district_id, ticket_id, name, media_type, size, sha256, content)
  values (t.district_id, t.id, p_name, p_media_type, length(p_content), sha256(p_content), p_content)
  returning id into attachment_id;
  facts := jsonb_build_object('id', attachment_id) || facts;
  t := core.append_event(t, 'attach', 'R103', actor, greatest(clock_timestamp(), t.updated_at), t.state,
                         facts, '{}', p_key);
  perform core.settle_request(p_key, t.id, t.version);
  return facts;
end $$;

create or replace function core.most_bytes(p_media_type text) returns int
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case p_media_type when 'video/mp4' then 64 else 20 end << 20
$$;

-- Name, type, size and digest of an acceptable file; refuses any other.
create or replace function core.attachment_facts(p_name text, p_media_type text, p_content bytea) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  problem text := core.text_problem(p_name, true, 200);
begin
  if coalesce(btrim(p_name), '') = '' or problem is not null or p_name ~ '[/\\]' then
    perform core.bad_payload('name', coalesce(problem, 'not a file name'));
  elsif coalesce(length(p_content), 0) not between 1 and core.most_bytes(p_media_type) then
    perform core.bad_payload('content', format('empty or larger than %s MB', core.most_bytes(p_media_type) >> 20));
  elsif core.sniff(p_content) is distinct from p_media_type then
    perform core.bad_payload('media_type', 'not what the content is');
  end if;
  return jsonb_build_object('name', p_name, 'media_type', p_media_type, 'size', length(p_content),
                            'sha256', encode(sha256(p_content), 'hex'));
end $$;

-- A picture kept from a camera is shown on a row of the register that was there before (api.view_footage).
create or replace function api.attachment(p_id bigint)
returns table (ticket_id bigint, name text, media_type text, size int, sha256 bytea, content bytea)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_began constant timestamptz := clock_timestamp();
  a core.attachment;
  f core.footage;
begin
  perform core.actor();
  select * into a from core.attachment x where x.id = p_id;
  select * into f from core.footage x where p_id in (x.original_id, x.burned_id);
  if f.id is null or f.ticket_id is not null then  -- refused alike, or it would be told which ids are pictures of tickets
    perform core.seen_ticket(a.ticket_id, v_began);
  end if;
  if f.id is not null then
    perform core.require_look(core.seen_footage(f.id));
    if a.content is null then
      perform core.refuse('footage_purged', jsonb_build_object('at', f.purged_at));
    end if;
  end if;
  return query select a.ticket_id, a.name, a.media_type, a.size, a.sha256, a.content;
end $$;

-- A file stays as it was added; one kept from a camera may get a ticket, and loses its content in the end.
create or replace function core.tg_attachment__kept() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    if row(new.id, new.district_id, new.name, new.media_type, new.size, new.sha256, new.added_at, new.added_by)
         = row(old.id, old.district_id, old.name, old.media_type, old.size, old.sha256, old.added_at, old.added_by)
       and (old.ticket_id is null or new.ticket_id = old.ticket_id)
       and (new.content is null or new.content = old.content) then
      return new;
    end if;
  end if;
  raise exception using errcode = '42501', constraint = 'attachment_is_kept', message = 'Files are not changed or removed.';
end $$;
create or replace trigger _400_kept before update or delete on core.attachment
  for each row execute function core.tg_attachment__kept();

revoke all on function api.attach(bigint, uuid, text, text, bytea), api.attachment(bigint) from public;
grant execute on function api.attach(bigint, uuid, text, text, bytea), api.attachment(bigint) to ld_console;
