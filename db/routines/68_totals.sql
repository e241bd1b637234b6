-- How many tickets each of many filters shows, and how many open ones each unit holds with all below it: open tickets
-- are read once for everything together, by the plans of the lists, so that no count can disagree with its list.
-- {"totals": {name: n}, "more": [names that only counted so far], "units": {unit: n}}.
create or replace function api.view_totals(p_filters jsonb) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  v_plans api.list_plan[] := array[api.plan_list('{}')];
  v_names text[] := '{}';
  v_columns text := '';
  v_sums text := '';
  v_totals jsonb := '{}';
  v_more text[] := '{}';
  v_counts jsonb;
  v_open jsonb;
  v_name text;
  v_filter jsonb;
  n integer;
begin
  for v_name, v_filter in select key, value from jsonb_each(p_filters) loop
    if coalesce((v_filter->>'open_only')::boolean, true) and coalesce(v_filter->>'text', '') = '' then
      v_plans := v_plans || api.plan_list(v_filter);
      v_names := v_names || v_name;
      n := cardinality(v_plans);
      v_columns := v_columns || format(', count(*) filter (where %s) as n%s',
                                       replace((v_plans[n]).condition, '($1)', format('($1[%s])', n)), n);
      v_sums := v_sums || format(', sum(n%s)', n);
    else
      v_counts := api.history_counts(v_filter);
      v_totals := v_totals || jsonb_build_object(v_name, v_counts->'total');
      v_more := v_more || case when (v_counts->>'more')::boolean then array[v_name] else '{}' end;
    end if;
  end loop;
  execute format($q$
      with recursive seen as materialized (
        select t.handler_unit_id as unit, count(*) as n %s from (%s) t group by t.handler_unit_id
      ), line as (
        select s.unit, s.n from seen s where s.unit is not null
        union all
        select u.parent_id, l.n from line l join api.units u on u.id = l.unit where u.parent_id is not null
      )
      select jsonb_build_object(
        'units', coalesce((select jsonb_object_agg(b.unit, b.n)
                           from (select l.unit, sum(l.n) as n from line l group by l.unit) b), '{}'),
        'totals', coalesce((select jsonb_object_agg(x.name, coalesce(x.n, 0))
                            from unnest($2, (select (array[count(*)::numeric %s])[2:] from seen)) x(name, n)), '{}'))$q$,
    v_columns, replace(api.over_sides(v_plans[1], 't.*', '', ''), '($1)', '($1[1])'), v_sums)
    into v_open using v_plans, v_names;
  return jsonb_build_object('totals', v_totals || (v_open->'totals'), 'more', to_jsonb(v_more),
                            'units', v_open->'units');
end $$;

create or replace function api.list_totals(p_filters jsonb) returns jsonb
language sql stable set search_path = pg_catalog, pg_temp as $$
  select api.view_totals(p_filters)->'totals'
$$;
revoke all on function api.view_totals(jsonb), api.list_totals(jsonb) from public;
grant execute on function api.view_totals(jsonb), api.list_totals(jsonb) to ld_console;
