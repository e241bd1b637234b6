-- Attachments: the type is read from the first bytes, the digest is kept in the row and in the history.

create or replace function core.sniff(p_content bytea) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case
    when substr(p_content, 1, 8) = '\x89504e470d0a1a0a' then 'image/png'
    when substr(p_content, 1, 3) = '\xffd8ff' then 'image/jpeg'
    when substr(p_content, 1, 4) = 'RIFF'::bytea and substr(p_content, 9, 4) = 'WEBP'::bytea then 'image/webp'
    when substr(p_content, 1, 4) = 'RIFF'::bytea and substr(p_content, 9, 4) = 'WAVE'::bytea then 'audio/wav'
    when substr(p_content, 1, 5) = '%PDF-'::bytea then 'application/pdf'
    when substr(p_content, 1, 4) = 'OggS'::bytea then 'audio/ogg'
    when substr(p_content, 5, 4) = 'ftyp'::bytea then 'audio/mp4'
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

-- Name, type, size and digest of an acceptable file; refuses any other.
create or replace function core.attachment_facts(p_name text, p_media_type text, p_content bytea) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  problem text := core.text_problem(p_name, true, 200);
begin
  if coalesce(btrim(p_name), '') = '' or problem is not null or p_name ~ '[/\\]' then
    perform core.bad_payload('name', coalesce(problem, 'not a file name'));
  elsif coalesce(length(p_content), 0) not between 1 and 20971520 then
    perform core.bad_payload('content', 'empty or larger than 20 MB');
  elsif core.sniff(p_content) is distinct from p_media_type then
    perform core.bad_payload('media_type', 'not what the content is');
  end if;
  return jsonb_build_object('name', p_name, 'media_type', p_media_type, 'size', length(p_content),
                            'sha256', encode(sha256(p_content), 'hex'));
end $$;

create or replace function api.attachment(p_id bigint)
returns table (ticket_id bigint, name text, media_type text, size int, sha256 bytea, content bytea)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.actor();
  perform core.seen_ticket((select a.ticket_id from core.attachment a where a.id = p_id));
  return query select a.ticket_id, a.name, a.media_type, a.size, a.sha256, a.content
  from core.attachment a where a.id = p_id;
end $$;

revoke all on function api.attach(bigint, uuid, text, text, bytea), api.attachment(bigint) from public;
grant execute on function api.attach(bigint, uuid, text, text, bytea), api.attachment(bigint) to ld_console;
