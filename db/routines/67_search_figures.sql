-- Figures of everything a search finds, not of its first page. A common word may be in a million tickets: a call counts
-- part after part, the newest first, for about a second, and says where the next one goes on. What it counts is
-- exact; whoever does not go on to the end knows "at least".

-- All matches with ids in [p_low, p_high), as core.find_ids would come to them; a limit that is null is none. Words that
-- most of the newest 200 rows have are walked to: asked for nearly every row, the planner computes the index's keys anew.
create function core.found_in(s core.search, p_low bigint, p_high bigint) returns bigint[]
language plpgsql stable set search_path = pg_catalog, pg_temp
set max_parallel_workers_per_gather = 0 set work_mem = '16MB' as $$
declare
  v_top constant bigint := 9223372036854775807;
  v_guests constant bigint[] := core.guest_ids(s, p_low, p_high, s.ids);
  v_query text := case when s.ids is null then core.walk_sql(s) else core.ids_sql(s) end;
  v_ids bigint[];
  v_probe record;
begin
  if s.ids is null and s.sought <> '{}' then
    execute v_query into v_probe using s.plan, s.words, 'infinity'::timestamptz, v_top, 200, p_low, p_high, v_guests;
    if 2 * coalesce(cardinality(v_probe.hits), 0) <= v_probe.count then
      v_query := core.index_sql(s, v_guests <> '{}');
    end if;
  end if;
  execute v_query into v_ids
    using s.plan, s.words, 'infinity'::timestamptz, v_top, null::integer, p_low, p_high, v_guests, s.ids;
  return coalesce(v_ids, '{}');
end $$;

-- The filter's text is what is sought. figures: of the parts this call has counted, a group once for each part that has
-- it. below: what lies under this id is still to be counted, by a call with it as p_below; null at the end.
create function api.search_figures(p_filter jsonb, p_by text, p_below bigint default null)
returns table (below bigint, figures api.figures[])
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_begun constant timestamptz := clock_timestamp();
  v_filter constant jsonb := api.past(p_filter);
  s constant core.search := core.plan_search(v_filter ->> 'text', v_filter);
  v_count constant text := format('select array_agg(row(f.*)::api.figures) from (%s) f', api.figures_sql(p_by,
    format('select %s from unnest($1) i(id) join api.tickets t on t.id = i.id where t.district_id = $2 and t.id >= $3 and t.id < $4',
           api.figure_row())));
  v_lows bigint[];
  v_highs bigint[];
  v_ids bigint[];
  v_part api.figures[];
  v_at timestamptz;
  v_several integer := 1;
  n integer := 1;
  m integer;
begin
  figures := '{}';
  if s.ids is not null then
    v_lows := '{0}';
    v_highs := '{9223372036854775807}';
  else
    select array_agg(p.low order by p.low desc), array_agg(p.high order by p.low desc) into v_lows, v_highs
      from core.search_parts(s, coalesce(p_below - 1, 9223372036854775807)) p;
  end if;
  while n <= cardinality(v_lows) loop
    v_at := clock_timestamp();
    exit when v_at > v_begun + interval '1 second';
    m := least(n + v_several - 1, cardinality(v_lows));
    v_ids := core.found_in(s, v_lows[m], v_highs[n]);
    if v_ids <> '{}' then
      execute v_count into v_part using v_ids, core.my_district(), v_lows[m], v_highs[n];
      figures := figures || v_part;
    end if;
    n := m + 1;
    -- Planning costs more than asking: after parts that took no time, take more of them at once.
    v_several := case when clock_timestamp() < v_at + interval '100 ms' then least(2 * v_several, 12) else 1 end;
  end loop;
  below := case when n <= cardinality(v_lows) then v_highs[n] end;
  return next;
end $$;
revoke all on function api.search_figures(jsonb, text, bigint) from public;
grant execute on function api.search_figures(jsonb, text, bigint) to ld_console;
