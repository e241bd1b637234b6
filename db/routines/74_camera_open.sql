-- Looking through a camera: no address without a row of the register (R702), no row without the right (R703, R704).

-- RFC 2104 over SHA-256, because pgcrypto is not everywhere.
create or replace function core.hmac_sha256(p_key bytea, p_message bytea) returns bytea
language plpgsql immutable strict parallel safe set search_path = pg_catalog, pg_temp as $$
declare
  v_key bytea := case when length(p_key) > 64 then sha256(p_key) else p_key end;
  v_inner bytea := decode(repeat('36', 64), 'hex');
  v_outer bytea := decode(repeat('5c', 64), 'hex');
begin
  for i in 0 .. length(v_key) - 1 loop
    v_inner := set_byte(v_inner, i, get_byte(v_key, i) # 54);
    v_outer := set_byte(v_outer, i, get_byte(v_key, i) # 92);
  end loop;
  return sha256(v_outer || sha256(v_inner || p_message));
end $$;

-- Percent-encoded, as a value of a query.
create or replace function core.url_word(p_word text) returns text
language sql immutable strict set search_path = pg_catalog, pg_temp as $$
  select coalesce(string_agg(case when c ~ '^[A-Za-z0-9._~-]$' then c
    else regexp_replace(upper(encode(convert_to(c, 'UTF8'), 'hex')), '(..)', '%\1', 'g') end, '' order by i), '')
  from unnest(string_to_array(p_word, null)) with ordinality w(c, i)
$$;

-- The path of a stream below its base: what is signed, and what the gateway looks up.
create or replace function core.stream_path(p_template text, c core.camera) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select replace(replace(replace(regexp_replace(p_template, '^\{(base|http)\}', ''),
    '{device}', c.device), '{channel}', c.channel), '{code}', c.code)
$$;

-- exp (seconds since 1970), op (who looks) and sig over path, exp and op, each on a line of its own; null without a
-- key. plpgsql, and the key in a variable of simple expressions alone: a query's plan may hold what it is given as a
-- constant, and every session may print its plans (debug_print_plan).
create or replace function core.signed_query(p_district smallint, p_gateway integer, p_path text) returns text
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  v_exp text := extract(epoch from now() + interval '300 s')::bigint;
  v_message bytea := convert_to(concat_ws(chr(10), p_path, v_exp, session_user), 'UTF8');
  v_key bytea;
begin
  select k.key into v_key from core.gateway_key k where k.district_id = p_district and k.gateway_id = p_gateway;
  if v_key is null then
    return null;
  end if;
  return format('?exp=%s&op=%s&sig=%s', v_exp, core.url_word(session_user), encode(core.hmac_sha256(v_key, v_message), 'hex'));
end $$;

-- Where one stream of a camera is had: [{"protocol", "address"}], the best first. A media gateway serves what it has by
-- RTSP also over HTTP, under the same path with an ending.
create or replace function core.stream_addresses(c core.camera, g core.gateway, p_stream text) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  v_template text := case p_stream when 'main' then coalesce(c.main_template, g.main_template)
                                   else coalesce(c.sub_template, g.sub_template) end;
  v_path text := core.stream_path(v_template, c);
  v_query text := '';
begin
  if g.auth = 'hmac' then
    v_query := core.signed_query(g.district_id, g.id, v_path);
  end if;
  return (
    select coalesce(jsonb_agg(jsonb_build_object('protocol', a.protocol, 'address', a.base || v_path || a.ending || v_query)
                              order by a.rank), '[]')
    from (values
      (1, 'rtsp', g.rtsp_base, '', v_template like '{base}%'),
      (2, case when v_path like '%.m3u8' then 'hls' when v_path like '%.mp4' then 'mp4' else 'flv' end, g.http_base, '',
       v_template like '{http}%'),
      (3, 'flv', g.http_base, '.live.flv', v_template like '{base}%' and g.kind in ('zlm', 'wvp')),
      (4, 'hls', g.http_base, '/hls.m3u8', v_template like '{base}%' and g.kind in ('zlm', 'wvp')),
      (5, 'mp4', g.http_base, '.live.mp4', v_template like '{base}%' and g.kind in ('zlm', 'wvp'))
    ) a(rank, protocol, base, ending, is_had)
    where a.is_had and a.base || v_path || v_query is not null);
end $$;

-- The row in the register that a person is about to look.
create or replace function core.register_view(
  c core.camera, p_reason text, p_ticket bigint, p_stream text, p_kind text) returns audit.camera_view
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  look audit.camera_view;
  v_most integer := coalesce(core.setting_value(c.district_id, 'camera_views_most')::int, 40);
begin
  if length(btrim(coalesce(p_reason, ''))) < 4 then
    perform core.bad_payload('reason', 'at least 4 characters');
  elsif p_stream is null or p_stream not in ('main', 'sub') then
    perform core.bad_payload('stream', 'main or sub');
  elsif p_kind is null or p_kind not in ('live', 'patrol', 'still', 'clip', 'ptz') then
    perform core.bad_payload('kind', 'no such kind');
  elsif p_ticket is not null then
    perform core.seen_ticket(p_ticket);
  end if;
  perform pg_advisory_xact_lock(731507, hashtext(session_user));  -- or many at once would pass the limit
  if (select count(*) from core.camera_live l
      where l.district_id = c.district_id and l.login = session_user
        and l.seen_at > clock_timestamp() - interval '90 seconds') >= v_most then
    perform core.refuse('camera_views_many', jsonb_build_object('most', v_most));
  end if;
  insert into audit.camera_view (district_id, unit_id, camera_id, ticket_id, reason, kind, stream, expires_at)
    values (c.district_id, core.my_unit(), c.id, p_ticket, core.short_text('reason', p_reason, 500), p_kind, p_stream,
            now() + make_interval(mins => coalesce(core.setting_value(c.district_id, 'camera_view_minutes')::int, 60)))
    returning * into look;
  insert into core.camera_live (district_id, view_id, camera_id, login, since)
    values (look.district_id, look.id, look.camera_id, look.login, look.at);
  return look;
end $$;

-- Without p_view: writes the row of a new view and returns its number, and no address. With it, in a later transaction,
-- the address: the row must have been there before that transaction began, so it is committed, and nobody can look
-- and roll the trace back. The same number brings a fresh address after a broken link, as long as the view goes on.
create or replace function api.open_camera(
  p_camera integer, p_reason text, p_ticket bigint default null, p_stream text default 'sub', p_kind text default 'live',
  p_view bigint default null)
returns jsonb language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  c core.camera := core.seen_camera(p_camera);
  g core.gateway;
  look audit.camera_view;
  v_addresses jsonb;
begin
  if not (core.myself()).on_duty then
    perform core.refuse('off_duty');
  end if;
  select * into g from core.gateway w where w.district_id = c.district_id and w.id = c.gateway_id;
  if not (g.is_active and core.may_open(c.id)) then
    perform core.refuse('camera_inactive');
  end if;
  if p_view is null then
    look := core.register_view(c, p_reason, p_ticket, p_stream, p_kind);
  else
    look := core.own_view(p_view, c);
  end if;
  v_addresses := core.stream_addresses(c, g, look.stream);
  if v_addresses = '[]' then
    perform core.refuse('camera_no_address');
  elsif look.at < now() then
    update core.camera_live l set seen_at = clock_timestamp()
      where l.district_id = look.district_id and l.view_id = look.id;
  else
    v_addresses := '[]';
  end if;
  return jsonb_build_object(
    'view', look.id, 'is_registered', look.at < now(), 'address', v_addresses -> 0 -> 'address',
    'alternatives', v_addresses, 'credential', case when g.auth = 'keyring' then 'keyring:' || g.code end,
    'expires_at', look.expires_at, 'retention_days', c.retention_days);
end $$;

-- A view of this person through this camera that still goes on.
create or replace function core.own_view(p_view bigint, c core.camera) returns audit.camera_view
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  look audit.camera_view;
begin
  select v.* into look from audit.camera_view v
    join core.camera_live l on l.district_id = v.district_id and l.view_id = v.id
    where v.district_id = c.district_id and v.id = p_view and v.camera_id = c.id and v.login = session_user
      and v.expires_at > now();
  if look.id is null then
    perform core.refuse('camera_view_over');
  elsif look.ticket_id is not null then
    perform core.seen_ticket(look.ticket_id);
  end if;
  return look;
end $$;

-- R702 "how long": the entry at a view's end. Cause: closed, silent or revoked.
create or replace function core.end_views(p_views core.camera_live[], p_cause text) returns bigint
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  v_ended bigint;
begin
  with gone as (
    delete from core.camera_live l using unnest(p_views) p
      where l.district_id = p.district_id and l.view_id = p.view_id returning l.*
  )
  select count(core.audit('camera_view_end', c.code, jsonb_build_object(
           'view', v.id, 'camera', c.name, 'login', v.login, 'cause', p_cause, 'seconds', round(extract(epoch from
             case p_cause when 'silent' then g.seen_at else clock_timestamp() end - v.at))),
           '', v.ticket_id, v.district_id))
    into v_ended
    from gone g
    join audit.camera_view v on v.district_id = g.district_id and v.id = g.view_id
    join core.camera c on c.district_id = v.district_id and c.id = v.camera_id;
  return v_ended;
end $$;

-- A desk says which views go on, at least every half minute. Returns those that may: whoever lost the right meanwhile
-- closes the picture.
create or replace function api.keep_views(p_views bigint[]) returns setof bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_district smallint := core.my_district();
  v_lost core.camera_live[];
begin
  if p_views is null or cardinality(p_views) > 100 then
    perform core.bad_payload('views', 'too many');
  end if;
  select array_agg(l) into v_lost
    from core.camera_live l
    where l.district_id = v_district and l.view_id = any (p_views) and l.login = session_user
      and not core.person_opens(l.camera_id, session_user);
  perform core.end_views(v_lost, 'revoked');
  return query
    update core.camera_live l set seen_at = clock_timestamp()
      where l.district_id = v_district and l.view_id = any (p_views) and l.login = session_user
      returning l.view_id;
end $$;

-- True when there was something to close; once more does no harm.
create or replace function api.close_view(p_view bigint) returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_mine core.camera_live[];
begin
  select array_agg(l) into v_mine from core.camera_live l
    where l.district_id = core.my_district() and l.view_id = p_view and l.login = session_user;
  return core.end_views(v_mine, 'closed') > 0;
end $$;

-- Views of desks that have not been heard of for three heartbeats.
create or replace function api.sweep_views() returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_silent core.camera_live[];
begin
  perform core.require_worker();
  select array_agg(l) into v_silent from core.camera_live l where l.seen_at < clock_timestamp() - interval '90 seconds';
  return core.end_views(v_silent, 'silent');
end $$;

create or replace function core.tg_camera_view__register() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.audit('camera_view', c.code, jsonb_build_object('view', new.id, 'camera', c.name, 'unit', new.unit_id,
                       'kind', new.kind, 'stream', new.stream), new.reason, new.ticket_id, new.district_id)
    from core.camera c where c.district_id = new.district_id and c.id = new.camera_id;
  return null;
end $$;
create or replace trigger _500_register after insert on audit.camera_view
  for each row execute function core.tg_camera_view__register();
create or replace trigger _400_immutable before update or delete or truncate on audit.camera_view
  for each statement execute function core.tg_event__immutable();

revoke all on function api.open_camera(integer, text, bigint, text, text, bigint), api.keep_views(bigint[]),
  api.close_view(bigint), api.sweep_views() from public;
grant execute on function api.open_camera(integer, text, bigint, text, text, bigint), api.keep_views(bigint[]),
  api.close_view(bigint), api.sweep_views() to ld_console;
