-- The steps of a search: walk, ask the index, and what a person may call.

-- Rows of t behind the key ($3, $4) in one part of the table [$6, $7).
create or replace function core.search_range() returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select 't.district_id = (select core.my_district()) and t.id >= $6 and t.id < $7 and (t.created_at, t.id) < ($3, $4)'
$$;

-- Read the $5 newest rows of the person's sides that he may know of, whatever they say: which of them match, how many
-- were read, where that ended. Its cost has a bound: few are kept from anybody; a limit on matching rows would have none.
create function core.walk_sql(s core.search) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  with sides as (
    select unnest(s.sides) as side
    union all
    select format('t.id = any ($8) and %s', s.apart) where s.guests is not null
  ), walked as (
    select string_agg(format('(select t.* from api.tickets t where %s and %s and %s%s%s order by t.created_at desc, t.id desc limit $5)',
      core.search_range(), side, s.guard, case when ((s.plan).filter).open_only then ' and t.is_open' end,
      ' and t.created_at >= ' || quote_literal(s.since)), ' union all ') as rows
    from sides
  )
  select format('select array_agg(x.id order by x.created_at desc, x.id desc) filter (where x.is_hit) as hits, count(*)::integer,'
      || ' (array_agg(x.created_at order by x.created_at, x.id))[1], (array_agg(x.id order by x.created_at, x.id))[1]'
      || ' from (select t.id, t.created_at, %s and %s as is_hit'
      || ' from (select * from (%s) u order by u.created_at desc, u.id desc limit $5) t offset 0) x',
      (s.plan).condition, s.match, rows) from walked
$$;

-- The $5 newest matches of one part by the index, and by hand the few tickets the person sees as a guest ($8).
-- OFFSET 0 keeps the planner from walking by date instead. Null where the index cannot help.
create function core.index_sql(s core.search, p_has_guests boolean) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  with found as (
    select format('(select t.id, t.created_at from (select * from api.tickets t where %s and %s offset 0) t'
        || ' where (%s) and %s and %s and %s order by t.created_at desc, t.id desc limit $5)',
      core.search_range(), question, array_to_string(s.sides, ' or '), (s.plan).condition, s.match, s.guard) as rows
    from unnest(s.sought) question
    union all
    select format('(select t.id, t.created_at from api.tickets t where %s and t.id = any ($8) and %s and %s and %s and %s'
        || ' order by t.created_at desc, t.id desc limit $5)',
      core.search_range(), s.apart, (s.plan).condition, s.match, s.guard) where p_has_guests
  )
  select format('select array_agg(x.id order by x.created_at desc, x.id desc) from (select y.id, y.created_at from (%s) y'
      || ' order by y.created_at desc, y.id desc limit $5) x', string_agg(rows, ' union '))
  from found having s.sought <> '{}'
$$;

create function core.ids_sql(s core.search) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select format('select array_agg(x.id order by x.created_at desc, x.id desc) from ('
      || 'select t.id, t.created_at from api.tickets t where %s and t.id = any ($9)%s and (%s) and %s and %s and %s'
      || ' order by t.created_at desc, t.id desc limit $5) x',
    core.search_range(), ' and t.created_at >= ' || quote_literal(s.since),
    concat_ws(' or ', array_to_string(s.sides, ' or '), 't.id = any ($8)'),
    (s.plan).condition, s.match, s.guard)
$$;

-- Guests of one part of the table.
create function core.guest_ids(s core.search, p_low bigint, p_high bigint, p_among bigint[] default null) returns bigint[]
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  v_ids bigint[];
begin
  if s.guests is not null then
    execute format('select array(select distinct g.ticket_id from core.guest g where %s and g.ticket_id >= $1'
      || ' and g.ticket_id < $2 and ($3 is null or g.ticket_id = any ($3)))', s.guests)
      into v_ids using p_low, p_high, p_among;
  end if;
  return coalesce(v_ids, '{}');
end $$;

-- Would the walk go on for too long, if the words are as frequent as they were so far?
create function core.is_rare(f core.search_found, p_limit integer) returns boolean
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select f.looked >= 400
    and f.looked * (p_limit - cardinality(f.ids)) / greatest(cardinality(f.ids), 0.5) >= 3000
$$;

-- No search holds the server for long, whatever is asked.
create or replace function core.in_time(p_begun timestamptz) returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if clock_timestamp() > p_begun + interval '4 seconds' then
    perform core.refuse('search_too_broad');
  end if;
end $$;

drop function if exists core.month_id(timestamptz, interval);

-- Where a search looks: parts of the table that begin at p_id at the latest, the newest first.
create function core.search_parts(s core.search, p_id bigint) returns table (low bigint, high bigint)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  f constant core.ticket_filter := (s.plan).filter;
  v_tz constant text := (select d.tz from core.district d where d.id = core.my_district());  -- whose months ids have
  v_from constant timestamptz := greatest(s.since, f.created_from);
  v_last constant timestamptz := least(f.created_to - interval '1 microsecond', now());
  v_low constant bigint := coalesce(core.month_start((v_from at time zone v_tz)::date), 0);
  v_high constant bigint := core.month_start((v_last at time zone v_tz)::date) + 1;
  v_open constant integer[] := case when f.open_only then core.my_open_months() end;
begin
  return query
    select p.low, p.high from core.ticket_parts() p
    where p.low <= p_id and p.high > v_low and p.low < v_high
      and (not f.open_only or exists (
        select from unnest(v_open) month where month::bigint * 100000000 >= p.low and month::bigint * 100000000 < p.high));
end $$;

-- The newest p_limit matches behind a key.
create function core.find_ids(s core.search, p_after_at timestamptz, p_after_id bigint, p_limit integer)
returns core.search_found
language plpgsql stable set search_path = pg_catalog, pg_temp
set max_parallel_workers_per_gather = 0 set work_mem = '16MB' as $$
declare
  v_begun constant timestamptz := clock_timestamp();
  v_top constant bigint := 9223372036854775807;
  v_walk constant text := core.walk_sql(s);
  v_index constant text := core.index_sql(s, false);
  v_guest_index constant text := core.index_sql(s, s.guests is not null);
  v_at timestamptz := coalesce(p_after_at, 'infinity');
  v_id bigint := coalesce(p_after_id, v_top);
  v_step integer := 400;
  v_is_walking boolean := true;
  v_lows bigint[];
  v_highs bigint[];
  n integer := 1;
  m integer;
  v_several integer := 1;
  v_guests bigint[];
  v_hits bigint[];
  v_read integer;
  v_last_at timestamptz;
  v_last_id bigint;
  f core.search_found := row('{}'::bigint[], 'walk', 0, 0);
begin
  if s.ids is not null then
    execute core.ids_sql(s) into v_hits
      using s.plan, s.words, v_at, v_id, p_limit, 0::bigint, v_top, core.guest_ids(s, 0, v_top, s.ids), s.ids;
    return row(coalesce(v_hits, '{}'), 'ids', 0, 0)::core.search_found;
  end if;
  select array_agg(p.low order by p.low desc), array_agg(p.high order by p.low desc) into v_lows, v_highs
    from core.search_parts(s, v_id) p;
  while n <= cardinality(v_lows) and cardinality(f.ids) < p_limit loop
    v_guests := core.guest_ids(s, v_lows[n], v_highs[n]);
    loop
      perform core.in_time(v_begun);
      v_is_walking := v_is_walking and (v_index is null or not core.is_rare(f, p_limit));
      exit when not v_is_walking;
      execute v_walk into v_hits, v_read, v_last_at, v_last_id
        using s.plan, s.words, v_at, v_id, v_step, v_lows[n], v_highs[n], v_guests;
      f.ids := f.ids || v_hits;
      f.looked := f.looked + v_read;
      v_at := coalesce(v_last_at, v_at);
      v_id := coalesce(v_last_id, v_id);
      exit when v_read < v_step or cardinality(f.ids) >= p_limit;
      v_step := 2000;
    end loop;
    if not v_is_walking then
      -- Planning costs more than asking: after parts that gave little, take more of them at once.
      m := least(n + v_several - 1, cardinality(v_lows));
      v_guests := core.guest_ids(s, v_lows[m], v_highs[n]);
      execute case v_guests when '{}' then v_index else v_guest_index end into v_hits
        using s.plan, s.words, v_at, v_id, p_limit - cardinality(f.ids), v_lows[m], v_highs[n], v_guests;
      f.ids := f.ids || v_hits;
      f.parts := f.parts + m - n + 1;
      f.path := 'index';
      n := m;
      v_several := least(2 * v_several, 12);
    end if;
    n := n + 1;
  end loop;
  f.ids := f.ids[:p_limit];
  return f;
end $$;

-- The newest tickets that have all the words of p_text and fit the filter of a list. Page on with the last row's
-- created_at and id. hits: the fields that have a word; rank: closeness, worth half once it is old.
create function api.search(
  p_text text, p_filter jsonb default '{"open_only": false}', p_after_at timestamptz default null,
  p_after_id bigint default null, p_limit integer default 50)
returns table (ticket api.tickets, hits text[], rank real)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  s core.search := core.plan_search(p_text, p_filter);
  f core.search_found := core.find_ids(s, p_after_at, p_after_id, least(greatest(p_limit, 1), 1000));
begin
  if f.ids = '{}' then
    return;
  end if;
  return query execute format(
    'select t, %s, (%s * (0.5 + 0.5 * exp(-extract(epoch from now() - t.created_at) / 8640000)))::real'
      || ' from api.tickets t where t.district_id = $1 and t.id = any ($3) order by t.created_at desc, t.id desc',
    s.hits, s.close) using core.my_district(), s.words, f.ids;
end $$;

-- How many there are, by light and state: exactly up to p_most; beyond that only that there are more.
create or replace function api.search_counts(p_text text, p_filter jsonb, p_most integer default 200) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  s core.search := core.plan_search(p_text, p_filter);
  v_most integer := least(greatest(p_most, 1), 1000000);
  v_ids bigint[] := (core.find_ids(s, null, null, v_most + 1)).ids;
  v_counts jsonb;
begin
  if cardinality(v_ids) > v_most then
    return jsonb_build_object('total', v_most, 'more', true, 'lights', '{}'::jsonb, 'states', '{}'::jsonb, 'since', s.since);
  end if;
  execute api.counts_sql('select t.state, t.light from api.tickets t where t.district_id = $1 and t.id = any ($2)')
    into v_counts using core.my_district(), v_ids;
  return v_counts || jsonb_build_object('more', false, 'since', s.since);
end $$;

-- Which way a search takes, and how much it reads.
create or replace function api.search_plan(p_text text, p_filter jsonb default '{"open_only": false}', p_limit integer default 50)
returns jsonb
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  f core.search_found := core.find_ids(core.plan_search(p_text, p_filter), null, null, least(greatest(p_limit, 1), 1000));
begin
  return jsonb_build_object('path', f.path, 'found', cardinality(f.ids), 'looked', f.looked, 'parts', f.parts);
end $$;

revoke all on function api.search(text, jsonb, timestamptz, bigint, integer), api.search_counts(text, jsonb, integer),
  api.search_plan(text, jsonb, integer) from public;
grant execute on function api.search(text, jsonb, timestamptz, bigint, integer), api.search_counts(text, jsonb, integer),
  api.search_plan(text, jsonb, integer) to ld_console;
