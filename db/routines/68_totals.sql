-- How many tickets each of many filters shows: open ones are read once for all filters together.
create or replace function api.list_totals(p_filters jsonb) returns jsonb
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  v_plans api.list_plan[] := array[api.plan_list('{}')];
  v_counts text[] := '{}';
  v_totals jsonb := '{}';
  v_open jsonb;
  v_name text;
  v_filter jsonb;
begin
  for v_name, v_filter in select key, value from jsonb_each(p_filters) loop
    if coalesce((v_filter->>'open_only')::boolean, true) and coalesce(v_filter->>'text', '') = '' then
      v_plans := v_plans || api.plan_list(v_filter);
      v_counts := v_counts || format('%L, count(*) filter (where %s)', v_name,
        replace((v_plans[cardinality(v_plans)]).condition, '($1)', format('($1[%s])', cardinality(v_plans))));
    else
      v_totals := v_totals || jsonb_build_object(v_name, api.history_counts(v_filter)->'total');
    end if;
  end loop;
  if v_counts <> '{}' then
    execute format('select jsonb_build_object(%s) from (%s) t', array_to_string(v_counts, ', '),
                   replace(api.over_sides(v_plans[1], 't.*', '', ''), '($1)', '($1[1])'))
      into v_open using v_plans;
  end if;
  return v_totals || coalesce(v_open, '{}');
end $$;
revoke all on function api.list_totals(jsonb) from public;
grant execute on function api.list_totals(jsonb) to ld_console;
