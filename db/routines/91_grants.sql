-- What the roles may touch. Consoles have USAGE on api alone; columns of core are granted for the views there,
-- and a direct select on core fails for want of USAGE.

revoke all on schema public from public;
revoke all on schema core, audit from public;
grant usage on schema api to ld_console, ld_intake, ld_wall;
alter default privileges for role ld_owner revoke execute on functions from public;

-- Functions: nothing for the public, all of api for consoles, except what other kinds of login call.
do $$
declare
  v_function regprocedure;
begin
  for v_function in select p.oid::regprocedure from pg_proc p
                    where p.pronamespace in ('core'::regnamespace, 'api'::regnamespace, 'audit'::regnamespace) loop
    execute format('revoke all on function %s from public', v_function);
  end loop;
end $$;
grant execute on function
  api.me(), api.change_password(text), api.password_changed(), api.desk(), api.save_desk(jsonb), api.journal_key(), api.here(uuid, bigint, boolean),
  api.save_view(integer, text, jsonb, boolean), api.drop_view(integer), api.reveal(bigint, text),
  api.plan_list(jsonb), api.over_sides(api.list_plan, text, text, text), api.page_sql(api.list_plan, text, text), api.span_sql(int8range),
  api.counts_sql(text), api.tickets_of(bigint[]), api.merged_into(bigint), api.tickets_page(jsonb, text, timestamptz, bigint, integer), api.queue_counts(jsonb),
  api.position(), api.changes_since(pg_snapshot, integer), api.await_changes(bigint, pg_snapshot, integer), api.server_life()
  to ld_console;
grant execute on function api.duplicates(jsonb), api.caller_history(text) to ld_operator, ld_callback, ld_supervisor;
grant execute on function api.wall_counts() to ld_wall;

-- Functions that views and policies call in the name of the person.
grant execute on function
  core.my_district(), core.my_town(), core.my_area(), core.my_dept(), core.my_unit(), core.my_line(), core.my_branch(),
  core.unwatched(),
  core.may_see(core.ticket), core.sees(smallint, bigint), core.mask_name(text), core.mask_phone(text)
  to ld_console;

-- Views, and behind each one just the columns it shows.
revoke all on all tables in schema core, audit from ld_console;
do $$
declare
  v record;
begin
  for v in
    select d.refobjid::regclass as base, string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns
    from pg_class view
    join pg_rewrite r on r.ev_class = view.oid
    join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
      and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0
    join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
    join pg_class base on base.oid = d.refobjid and base.relkind in ('r', 'p')
    where view.relnamespace = 'api'::regnamespace and view.relkind = 'v'
      and view.reloptions::text like '%security_invoker=true%'
    group by d.refobjid
  loop
    execute format('grant select (%s) on %s to ld_console', v.columns, v.base);
  end loop;
end $$;
grant select on all tables in schema api to ld_console;
-- Policies read this in the person's name; nothing in api shows it.
grant select (district_id, ticket_id, unit_id, login) on core.barred to ld_console;
