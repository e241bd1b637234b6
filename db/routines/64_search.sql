-- Search: the newest tickets that have all the words, inside what the person may see. Row security cannot use the
-- index of pairs, whose operators are not leakproof, so these functions run as the owner and apply the same rule
-- themselves (core.person_sees); tests hold the two together.
--
-- A common word is found by walking the newest tickets, a rare one through the index, month by month. The planner
-- takes the wrong one, so the first steps of the walk are the probe: what they find says how far the walk would go.

drop type if exists core.search cascade;
create type core.search as (
  plan    api.list_plan,  -- the filter; $1 in the texts below
  words   text[],         -- $2
  match   text,           -- all words are in t
  sought  text[],         -- the same, the scope and the filter as questions to the index; empty: it cannot help
  sides   text[],         -- where to walk, disjoint
  guests  text,           -- which rows of core.guest g let the person in
  apart   text,           -- t is on none of the sides
  guard   text,           -- the person is not kept off t (R902, R903)
  hits    text,           -- in which fields the words are
  close   text,           -- how close, 0 to 1
  ids     bigint[],       -- only these can be meant
  since   timestamptz     -- only so far back; null: to the beginning
);

drop type if exists core.search_found cascade;
create type core.search_found as (
  ids     bigint[],
  path    text,           -- ids, walk or, once that went too slowly, index
  looked  integer,        -- rows the walk has read and the person may know of
  parts   integer         -- months, mostly, the index was asked about
);

-- Parts of core.ticket by id, newest first: its partitions, or the whole table while it has none.
create or replace function core.ticket_parts() returns table (low bigint, high bigint)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return query
    with bounds as (
      select regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \(''?(\d+)''?\) TO \(''?(\d+)''?\)') as b
      from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = 'core.ticket'::regclass
    ), edges as (
      select 0::bigint as edge union select unnest(b)::bigint from bounds union select 9223372036854775807
    ), gaps as (
      select e.edge as low, lead(e.edge) over (order by e.edge) as high from edges e
    )
    select g.low, g.high from gaps g where g.high is not null order by g.low desc;
end $$;

create or replace function core.and_each(p_conditions text[], p_more text) returns text[]
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select array(select concat_ws(' and ', c, nullif(p_more, '')) from unnest(p_conditions) c)
$$;

-- The scope and the guard of the person who asks, in the pieces of a plan.
create function core.search_scope(s core.search) returns core.search
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  me record;
begin
  perform core.my_unit();  -- refuses whoever works here no more
  select * into me from core.standpoint(session_user);
  s.guard := format(
    'not exists (select from core.barred b where b.district_id = t.district_id and b.ticket_id = t.id and (b.login = %L'
    || case when me.scope = 'all' then '' else ' or b.unit_id = any (%L::integer[])'
         || ' or t.handler_unit_id is distinct from %L::integer and b.unit_id = any (%L::integer[])' end || '))',
    session_user, core.unit_line(me.unit_id), me.unit_id, core.unit_branch(me.unit_id));
  if me.scope = 'all' then
    s.sides := '{true}';
    return s;
  end if;
  s.sides := case me.scope
    when 'town' then array[format('t.p_town = %L::integer', me.town),
      format('t.h_town = %1$L::integer and t.p_town is distinct from %1$L::integer', me.town)]
    when 'area' then array[format('t.p_area = %L::integer', me.area),
      format('t.h_area = %1$L::integer and t.p_area is distinct from %1$L::integer', me.area)]
    else array[format('t.h_dept = %L::integer', me.dept)] end;
  s.guests := case me.scope when 'town' then format('g.h_town = %L::integer', me.town)
                            when 'area' then format('g.h_area = %L::integer', me.area)
                            else format('g.h_dept = %L::integer', me.dept) end;
  s.apart := case me.scope
    when 'town' then format('t.p_town is distinct from %1$L::integer and t.h_town is distinct from %1$L::integer', me.town)
    when 'area' then format('t.p_area is distinct from %1$L::integer and t.h_area is distinct from %1$L::integer', me.area)
    else format('t.h_dept is distinct from %L::integer', me.dept) end;
  s.sought := core.and_each(s.sought, core.has_keys(case me.scope
    when 'town' then core.search_keys_of(1, array[me.town]) || core.search_keys_of(4, array[me.town])
    when 'area' then core.search_keys_of(1, array[me.area]) || core.search_keys_of(5, array[me.area])
    else core.search_keys_of(6, array[me.dept]) end));
  return s;
end $$;

-- What of a filter the index knows.
create function core.search_filter(f core.ticket_filter, p api.list_plan) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select concat_ws(' and ',
    case when f.open_only then core.has_keys(core.search_keys_of(0, '{1}')) end,
    case when f.unit_id is not null then core.has_keys(core.search_keys_of(2, p.unit_ids)) end,
    case when f.category_id is not null then core.has_keys(core.search_keys_of(3, p.category_ids)) end,
    (select core.has_keys(core.search_keys_of(1, array[t.id])) from core.territory t
     where t.id = f.territory_id and t.parent_id is not null))
$$;

create function core.plan_search(p_text text, p_filter jsonb) returns core.search
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  v_words core.search_word[] := core.search_words(p_text);
  v_number text := (select w.forms[1] from unnest(v_words) w where w.is_number limit 1);
  s core.search;
begin
  s.plan := api.plan_list(p_filter - 'text');
  s.words := array(select f from unnest(v_words) w, unnest(w.forms) with ordinality x(f, n) order by w.first, n);
  select string_agg('(' || (select string_agg(p.piece, ' or ') from core.word_places(w) p) || ')', ' and '),
         string_agg((select format('greatest(%s)', string_agg(format('case when %s then %s else 0 end', p.piece, p.weight), ', '))
                     from core.word_places(w) p), ' + ')
    into s.match, s.close from unnest(v_words) w;
  s.close := format('(%s) / %s', s.close, cardinality(v_words));
  s.hits := (
    select format('array_remove(array[%s], null)', string_agg(format('case when %s then %L end', piece, field), ', ' order by field))
    from (select p.field, string_agg(p.piece, ' or ') as piece from unnest(v_words) w, core.word_places(w) p
          group by p.field) x);
  s.sought := core.and_each(core.words_sought(v_words), core.search_filter((s.plan).filter, s.plan));
  s.ids := ((s.plan).filter).ids;
  if v_number is not null and s.ids is null then
    s.ids := array(select t.id from core.ticket t where t.district_id = core.my_district() and t.number = v_number
                     and t.id >= left(v_number, 6)::bigint * 100000000 and t.id < left(v_number, 6)::bigint * 100000000 + 100000000)
          || array(select r.ticket_id from core.external_ref r where r.source in (select o.code from core.source o)
                     and r.number = v_number and r.district_id = core.my_district());
  elsif s.sought = '{}' then
    s.since := date_trunc('hour', now()) - interval '7 days';
  end if;
  return core.search_scope(s);
end $$;
