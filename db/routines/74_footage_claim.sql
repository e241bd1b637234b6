-- The source system's own recording: noted for each ticket, camera and time that matters, asked for before it is
-- overwritten, and what came of it.

-- Note a span of time; one that overlaps an open one makes that longer. Returns the claim.
create or replace function core.note_claim(t core.ticket, p_camera integer, p_from timestamptz, p_until timestamptz) returns bigint
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  v_span tstzrange := tstzrange(p_from, p_until);
  v_days integer := (select c.retention_days from core.camera c where c.district_id = t.district_id and c.id = p_camera);
  v_claim bigint;
begin
  select c.id into v_claim from core.footage_claim c
  where c.district_id = t.district_id and c.ticket_id = t.id and c.camera_id = p_camera and c.span @> v_span
  order by c.id limit 1;
  if found then
    return v_claim;
  end if;
  update core.footage_claim c
  set span = range_merge(c.span, v_span), overwritten_at = greatest(upper(c.span), p_until) + make_interval(days => v_days)
  where c.district_id = t.district_id and c.ticket_id = t.id and c.camera_id = p_camera and c.state = 'open' and c.span && v_span
    and c.overwritten_at > now()
  returning c.id into v_claim;
  if v_claim is null then
    insert into core.footage_claim (district_id, ticket_id, camera_id, span, overwritten_at)
    values (t.district_id, t.id, p_camera, v_span, p_until + make_interval(days => v_days))
    returning id into v_claim;
  end if;
  return v_claim;
end $$;

drop type if exists api.original cascade;
create type api.original as (
  id bigint, ticket_id bigint, camera_id integer, camera_code text, camera_name text, since timestamptz, until timestamptz,
  overwritten_at timestamptz, state text, made_by name, made_at timestamptz, asked_by name, asked_at timestamptz, asked_of text,
  ended_by name, ended_at timestamptz, note text);
comment on type api.original is 'state: open, asked, secured, lost; an open one is lost from overwritten_at on.';

create or replace function core.original_rows(o core.footage_claim) returns setof api.original
language sql stable set search_path = pg_catalog, pg_temp as $$
  select o.id, o.ticket_id, o.camera_id, c.code, c.name, lower(o.span), upper(o.span), o.overwritten_at,
    case when o.state = 'open' and o.overwritten_at <= now() then 'lost' else o.state end,
    o.made_by, o.made_at, o.asked_by, o.asked_at, o.asked_of, o.ended_by, o.ended_at, o.note
  from core.camera c where c.district_id = o.district_id and c.id = o.camera_id
$$;

create or replace function api.originals_of(p_ticket bigint) returns setof api.original
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  t core.ticket := core.seen_ticket(p_ticket);
begin
  return query select r.* from core.footage_claim o, core.original_rows(o) r
    where o.district_id = t.district_id and o.ticket_id = t.id order by o.overwritten_at, o.id;
end $$;

-- A camera recorded something that matters to the ticket, though no picture was kept.
create or replace function api.note_original(p_ticket bigint, p_camera integer, p_from timestamptz, p_until timestamptz)
returns setof api.original language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  actor core.staff := core.actor();
  t core.ticket := core.seen_ticket(p_ticket);
  v_claim bigint;
begin
  t := core.lock_ticket(p_ticket, actor, '{}');
  perform core.find_transition(t, 'note', actor, null, clock_timestamp());
  if not coalesce(core.may_open(p_camera), false) then
    perform core.refuse('no_such_camera', p_state => 'LD004');
  elsif p_from is null or p_until is null or p_until not between p_from + interval '1 second' and p_from + interval '7 days'
        or p_until > clock_timestamp() + interval '1 hour' then
    perform core.bad_payload('until', 'at most seven days, and past');
  end if;
  v_claim := core.note_claim(t, p_camera, p_from, p_until);
  return query select r.* from core.footage_claim o, core.original_rows(o) r
    where o.district_id = t.district_id and o.id = v_claim;
end $$;

-- The claim with its ticket locked, for who may note on it.
create or replace function core.own_claim(p_claim bigint, p_actor core.staff) returns core.footage_claim
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  v_began constant timestamptz := clock_timestamp();
  o core.footage_claim;
  t core.ticket;
begin
  select * into o from core.footage_claim x where x.district_id = p_actor.district_id and x.id = p_claim;
  perform core.seen_ticket(o.ticket_id, v_began);
  t := core.lock_ticket(o.ticket_id, p_actor, '{}');
  perform core.find_transition(t, 'note', p_actor, null, clock_timestamp());
  select * into o from core.footage_claim x where x.district_id = p_actor.district_id and x.id = p_claim for update;
  return o;
end $$;

create or replace function core.tell_claim(o core.footage_claim, p_action text, p_text text, p_actor core.staff, p_key uuid)
returns setof api.original language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  t core.ticket := core.lock_ticket(o.ticket_id, p_actor, '{}');
  c core.camera;
begin
  select * into c from core.camera x where x.district_id = o.district_id and x.id = o.camera_id;
  t := core.append_event(t, p_action, 'R701', p_actor, greatest(clock_timestamp(), t.updated_at), t.state,
    jsonb_build_object('original', o.id, 'camera', c.code, 'camera_name', c.name, 'since', lower(o.span), 'until', upper(o.span),
                       'overwritten_at', o.overwritten_at, 'text', p_text), '{}', p_key);
  perform core.settle_request(p_key, t.id, t.version);
  return query select r.* from core.footage_claim x, core.original_rows(x) r where x.district_id = o.district_id and x.id = o.id;
end $$;

-- I asked whoever keeps the source system's recording; p_of: whom, by which letter or telephone.
create or replace function api.ask_original(p_claim bigint, p_of text, p_key uuid) returns setof api.original
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  actor core.staff := core.actor();
  o core.footage_claim := core.own_claim(p_claim, actor);
  v_of text := core.short_text('asked_of', p_of, 200);
begin
  perform core.need_key(p_key);
  if v_of = '' then
    perform core.bad_payload('asked_of', 'missing');
  elsif (core.claim_request(p_key, actor.login, o.ticket_id, 'ask_original', jsonb_build_array(o.id, v_of))).key is not null then
    return query select r.* from core.original_rows(o) r;
    return;
  elsif o.state <> 'open' then
    perform core.refuse('original_settled');
  elsif o.overwritten_at <= clock_timestamp() then
    perform core.refuse('original_overwritten', jsonb_build_object('at', o.overwritten_at));
  end if;
  update core.footage_claim x set state = 'asked', asked_by = session_user, asked_at = clock_timestamp(), asked_of = v_of
  where x.district_id = o.district_id and x.id = o.id returning * into o;
  return query select * from core.tell_claim(o, 'ask_original', v_of, actor, p_key);
end $$;

-- What came of it: the recording is in hand (where it lies, its number), or it is gone (why).
create or replace function api.original_secured(p_claim bigint, p_secured boolean, p_note text, p_key uuid)
returns setof api.original language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  actor core.staff := core.actor();
  o core.footage_claim := core.own_claim(p_claim, actor);
  v_note text := core.short_text('note', p_note, 500);
begin
  perform core.need_key(p_key);
  if p_secured is null or v_note = '' then
    perform core.bad_payload('note', 'missing');
  elsif (core.claim_request(p_key, actor.login, o.ticket_id, 'original_secured', jsonb_build_array(o.id, p_secured, v_note))).key
        is not null then
    return query select r.* from core.original_rows(o) r;
    return;
  elsif o.state not in ('open', 'asked') then
    perform core.refuse('original_settled');
  end if;
  update core.footage_claim x set state = case when p_secured then 'secured' else 'lost' end, ended_by = session_user,
    ended_at = clock_timestamp(), note = v_note
  where x.district_id = o.district_id and x.id = o.id returning * into o;
  return query select * from core.tell_claim(o, case when p_secured then 'secure_original' else 'lose_original' end, v_note, actor, p_key);
end $$;

do $$
declare
  v_function regprocedure;
begin
  foreach v_function in array array['api.originals_of(bigint)', 'api.note_original(bigint, integer, timestamptz, timestamptz)',
      'api.ask_original(bigint, text, uuid)', 'api.original_secured(bigint, boolean, text, uuid)']::regprocedure[] loop
    execute format('revoke all on function %1$s from public; grant execute on function %1$s to ld_console', v_function);
  end loop;
end $$;
