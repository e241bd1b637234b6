-- Reading the register: pages of it by what is asked for, and the day's list of reveals with who looked it over.
-- Pages run as the asking person over api.audit_entries, so that row security holds.

drop type if exists core.audit_filter cascade;
create type core.audit_filter as (
  kinds  text[],
  logins name[],
  number text,         -- of a ticket
  since  timestamptz,
  until  timestamptz   -- excluded
);

drop type if exists api.audit_plan cascade;
create type api.audit_plan as (
  filter      core.audit_filter,
  district_id smallint,
  ticket_id   bigint,
  condition   text
);
comment on type api.audit_plan is 'condition is SQL over api.audit_entries e with the plan itself as $1.';

create function core.read_audit_filter(p_filter jsonb) returns core.audit_filter
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  f core.audit_filter := core.read_record(null::core.audit_filter, p_filter, 'filter');
begin
  if cardinality(f.kinds) > 50 or cardinality(f.logins) > 50 then
    perform core.bad_payload('filter', 'at most 50 kinds and 50 persons');
  end if;
  f.number := nullif(upper(btrim(f.number)), '');
  return f;
end $$;

create function api.plan_audit(p_filter jsonb) returns api.audit_plan
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  f core.audit_filter := core.read_audit_filter(p_filter);
  v_district smallint := core.my_district();
begin
  return row(f, v_district,
    (select t.id from core.ticket t where t.district_id = v_district and t.number = f.number and core.may_see(t)),
    concat(
      case when f.logins is not null and f.kinds is not null then ' and e.kind = any ((($1).filter).kinds)' end,
      case when f.number is not null then ' and e.ticket_id = ($1).ticket_id' end,
      case when f.since is not null then ' and e.at >= (($1).filter).since' end,
      case when f.until is not null then ' and e.at < (($1).filter).until' end))::api.audit_plan;
end $$;

-- One select per range of an index that is in order already: the district's rows and the server's, for each
-- person or else each kind asked for.
create function api.audit_sql(p api.audit_plan, p_more text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select format('select * from (%s) e order by e.at desc, e.id desc limit $4', coalesce(string_agg(format(
      '(select e.* from api.audit_entries e where %s%s%s%s order by e.at desc, e.id desc limit $4)',
      side, part, p.condition, p_more), ' union all '), 'select e.* from api.audit_entries e where false'))
  from unnest(array['e.district_id = ($1).district_id', 'e.district_id is null']) side,
       unnest(case
         when (p.filter).logins is not null then
           array(select format(' and e.login = ((($1).filter).logins)[%s]', i) from generate_subscripts((p.filter).logins, 1) i)
         when (p.filter).kinds is not null then
           array(select format(' and e.kind = ((($1).filter).kinds)[%s]', i) from generate_subscripts((p.filter).kinds, 1) i)
         else array[''] end) part
$$;

-- The newest first; page on with the last row's two values. The view is planned as if all of it were wanted: without
-- bitmaps it is read in the order of the index, and no further than the page.
create function api.audit_page(
  p_filter jsonb, p_after_at timestamptz default null, p_after_id bigint default null, p_limit integer default 200)
returns setof api.audit_entries
language plpgsql stable set search_path = pg_catalog, pg_temp set enable_bitmapscan = off as $$
declare
  p api.audit_plan := api.plan_audit(p_filter);
begin
  return query execute api.audit_sql(p, case when p_after_id is null then '' else ' and (e.at, e.id) < ($2, $3)' end)
    using p, p_after_at, p_after_id, least(greatest(p_limit, 1), 1000);
end $$;

-- The same for an export of mine that goes on: what the register has as asked for, and counted there.
create function api.audit_export(p_export bigint, p_after_at timestamptz, p_after_id bigint, p_limit integer)
returns setof api.audit_entries
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  v_rows integer;
begin
  return query select * from api.audit_page(api.export_filter(p_export, 'register'), p_after_at, p_after_id, p_limit);
  get diagnostics v_rows = row_count;
  perform api.count_exported(p_export, v_rows);
end $$;

-- The daily list

-- Whoever answers for the register: a supervisor, inspector, leader or administrator at the centre.
create or replace function core.require_oversight() returns core.staff
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  person core.staff := core.myself();
begin
  if person.login is null or not person.duties && '{supervisor,inspector,leader,admin}'
     or core.my_scope() is distinct from 'all' then
    perform core.refuse('oversight', p_state => '42501');
  end if;
  return person;
end $$;

create or replace function core.my_day(p_at timestamptz) returns date
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select (p_at at time zone d.tz)::date from core.district d where d.id = core.my_district()
$$;

-- Days with reveals since p_since: how many, and whether I looked over all of them. seen_at is null where I did not,
-- or where others came later.
create or replace function api.reveal_days(p_since date)
returns table (day date, reveals bigint, persons bigint, tickets bigint, last_id bigint, seen_at timestamptz)
language sql stable set search_path = pg_catalog, pg_temp as $$
  with mine as (
    select me ->> 'tz' as tz, (me ->> 'district_id')::smallint as district_id,
           p_since::timestamp at time zone (me ->> 'tz') as since
    from api.me() me
  ), days as (
    select (r.at at time zone m.tz)::date as day, count(*) as reveals, count(distinct r.login) as persons,
           count(distinct r.ticket_id) as tickets, max(r.id) as last_id
    from mine m, api.reveals r where r.at >= m.since group by 1
  )
  select d.*, s.at
  from mine m cross join days d
  left join lateral (
    select min(e.at) as at from api.audit_entries e
    where e.district_id = m.district_id and e.kind = 'reveals_seen' and e.login = session_user and e.at >= m.since
      and e.subject = d.day::text and (e.detail ->> 'last')::bigint >= d.last_id) s on true
  order by d.day desc
$$;

-- "I have looked over this day's list as far as its reveal p_last": a row of the register itself. Once is enough.
create or replace function api.see_reveals(p_day date, p_last bigint) returns timestamptz
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  person core.staff := core.require_oversight();
  v_seen timestamptz;
begin
  select case when bool_or(core.may_see(t)) then now() end into v_seen
    from audit.reveal r join core.ticket t on t.district_id = r.district_id and t.id = r.ticket_id
    where r.district_id = person.district_id and r.id = p_last and core.my_day(r.at) = p_day
      and r.at >= p_day - interval '2 days' and r.at < p_day + interval '2 days';
  if v_seen is null then
    perform core.bad_payload('last', 'no reveal of that day');
  end if;
  select min(e.at) into v_seen from audit.entry e
    where e.district_id = person.district_id and e.kind = 'reveals_seen' and e.login = person.login
      and e.subject = p_day::text and (e.detail ->> 'last')::bigint >= p_last;
  if v_seen is null then
    insert into audit.entry (district_id, kind, subject, detail)
      values (person.district_id, 'reveals_seen', p_day::text, jsonb_build_object('last', p_last))
      returning at into v_seen;
  end if;
  return v_seen;
end $$;

revoke all on function api.plan_audit(jsonb), api.audit_sql(api.audit_plan, text),
  api.audit_page(jsonb, timestamptz, bigint, integer), api.audit_export(bigint, timestamptz, bigint, integer),
  api.reveal_days(date), api.see_reveals(date, bigint) from public;
grant execute on function api.plan_audit(jsonb), api.audit_sql(api.audit_plan, text),
  api.audit_page(jsonb, timestamptz, bigint, integer), api.audit_export(bigint, timestamptz, bigint, integer),
  api.reveal_days(date), api.see_reveals(date, bigint) to ld_console;
