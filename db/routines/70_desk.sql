-- A person and their desk: who I am, what I keep there, what I look at, and the one way to a plain identity.

create or replace function api.me() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_me jsonb;
begin
  select jsonb_build_object(
      'login', s.login, 'name', s.name, 'unit_id', s.unit_id, 'unit', u.name, 'duties', to_jsonb(s.duties),
      'district_id', d.id, 'district', d.name_zh, 'district_en', d.name_en,
      'scope', case when not s.must_change then core.my_scope() end, 'language', s.language, 'now', now(),
      'is_demo', s.is_demo, 'tz', d.tz, 'must_change', s.must_change, 'on_duty', s.on_duty,
      'until', upper(s.valid))
    into v_me
    from core.staff s join core.unit u on u.id = s.unit_id join core.district d on d.id = s.district_id
    where s.login = session_user and s.valid @> clock_timestamp();
  if v_me is null then
    perform core.refuse('not_staff', p_state => '42501');
  end if;
  return v_me;
end $$;

create or replace function core.has_duty(variadic p_duties text[]) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return exists (select from core.staff s where s.login = session_user and s.valid @> clock_timestamp() and s.duties && p_duties);
end $$;

-- Saved views

create or replace function api.save_view(p_id integer, p_name text, p_filter jsonb, p_shared boolean) returns integer
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_owner name := case when p_shared then null else session_user end;
  v_id integer;
begin
  perform core.read_filter(p_filter);
  if btrim(coalesce(p_name, '')) = '' then
    perform core.bad_payload('name', 'missing');
  end if;
  perform core.short_text('name', p_name, 60), core.short_text('filter', p_filter::text, 20000);
  perform core.may_write_view(p_id, p_shared);
  if p_id is null then
    insert into core.saved_view (district_id, owner, name, filter)
      values (core.my_district(), v_owner, btrim(p_name), p_filter)
      on conflict on constraint saved_view_key do update set filter = excluded.filter
      returning id into v_id;
  else
    update core.saved_view set owner = v_owner, name = btrim(p_name), filter = p_filter
      where id = p_id returning id into v_id;
  end if;
  return v_id;
exception when unique_violation then
  perform core.refuse('view_name_taken', jsonb_build_object('name', p_name));
  return null;
end $$;

create or replace function api.drop_view(p_id integer) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.may_write_view(p_id, false);
  delete from core.saved_view where id = p_id;
end $$;

-- Own views are everybody's own business; shared ones belong to supervisors, leaders and administrators.
create or replace function core.may_write_view(p_id integer, p_shared boolean) returns void
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_view core.saved_view;
begin
  if p_id is not null then
    select * into v_view from core.saved_view v where v.id = p_id and v.district_id = core.my_district()
      and coalesce(v.owner, session_user) = session_user;
    if not found then
      perform core.refuse('no_such_view');
    end if;
  end if;
  if (p_shared or v_view.id is not null and v_view.owner is null)
     and not core.has_duty('supervisor', 'leader', 'admin') then
    perform core.refuse('shared_view', p_state => '42501');
  end if;
end $$;

-- Window layout and the key of the local journal

create or replace function api.desk() returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.myself();
  return coalesce((select d.layout from core.desk d where d.login = session_user), '{}');
end $$;

create or replace function api.save_desk(p_layout jsonb) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform core.myself();
  if length(p_layout::text) > 262144 then
    perform core.bad_payload('layout', 'longer than 262144 characters');
  end if;
  insert into core.desk (login, layout) values (session_user, p_layout)
    on conflict (login) do update set layout = excluded.layout;
end $$;

create or replace function api.journal_key() returns bytea
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (core.myself()).journal_key;
end $$;

-- Presence at one ticket: null leaves. Repeated every half minute; the view shows 90 seconds. A console with several
-- tickets open says all at once (api.attend).
create or replace function api.here(p_desk uuid, p_ticket bigint, p_typing boolean) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from core.presence p
    where p.login = session_user and p.desk = p_desk and p.ticket_id is distinct from p_ticket;
  if p_ticket is not null then
    insert into core.presence (login, desk, district_id, ticket_id, typing)
      select session_user, p_desk, t.district_id, t.id, coalesce(p_typing, false) from core.seen_ticket(p_ticket) t
      on conflict (login, desk, ticket_id) do update set typing = excluded.typing, at = clock_timestamp();
  end if;
end $$;

-- The plain identity for a reason that stays in the register (R902, R905). One look is good for reveal_minutes;
-- the same person asking again within them looks at the same row, later at a new one. The row must have been there
-- before this transaction began, so it is committed: whoever asks first only writes it and asks again, and nobody
-- can look and roll the trace back.
create or replace function api.reveal(p_ticket bigint, p_reason text) returns jsonb
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  t core.ticket := core.seen_ticket(p_ticket);
  look audit.reveal;
  identity jsonb := '{"name": null, "phone": null, "address": null, "id_number": null}';
begin
  perform core.require_reveal(t);
  if length(btrim(coalesce(p_reason, ''))) < 4 then
    perform core.bad_payload('reason', 'at least 4 characters');
  end if;
  select r.* into look from audit.reveal r
  where r.login = session_user and r.ticket_id = t.id and r.expires_at > clock_timestamp()
  order by r.expires_at desc limit 1;
  if look.id is null then
    insert into audit.reveal (district_id, ticket_id, reason, expires_at)
    values (t.district_id, t.id, core.short_text('reason', p_reason, 500), now() + make_interval(
      mins => coalesce(core.setting_value(t.district_id, 'reveal_minutes')::int, 10)))
    returning * into look;
  end if;
  if look.at < now() then
    identity := identity || coalesce((
      select jsonb_build_object('name', c.name, 'phone', c.phone, 'address', c.address, 'id_number', c.id_number)
      from core.caller c where c.district_id = t.district_id and c.ticket_id = t.id), '{}');
  end if;
  return identity || jsonb_build_object('expires_at', look.expires_at, 'is_registered', look.at < now());
end $$;

-- Who may learn who called: the desks of the centre, and the handling unit unless the caller forbade it (R901).
create or replace function core.require_reveal(t core.ticket) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if not (core.myself()).on_duty then
    perform core.refuse('off_duty');
  elsif core.has_duty('operator', 'callback', 'supervisor') then
    return;
  elsif not (core.has_duty('unit') and coalesce(t.handler_unit_id = any (core.unit_branch(core.my_unit())), false)) then
    perform core.refuse('reveal', p_state => '42501');
  elsif t.caller_secret then
    perform core.refuse('caller_secret');
  end if;
end $$;
